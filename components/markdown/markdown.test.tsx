// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { tests } from 'commonmark-spec';
import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMarkdownReader } from '@/lib/markdown/create-markdown-reader';
import { cuts, documents, prefixes } from '@/lib/markdown/testing/documents';
import { findForeign } from '@/tests/support/find-foreign';
import { readXssVectors } from '@/tests/support/read-xss-vectors';
import { makeAnswer } from '@/tests/bench/bench-answer';
import { blockRenderers } from './block-renderers';
import { inlineRenderers } from './inline-renderers';
import { markdownLabels as labels } from '../testing/markdown-labels';
import Markdown from './markdown';
import { createView } from './view';

/** Every beginning is drawn: the pace is tested on its own. */
vi.mock('./use-paced-text', () => ({ usePacedText: (text: string) => text }));

/** What reads formulas is large: the first one waits for it. */
const patience = { timeout: 20_000 };

function markdown(text: string, onCopy: (text: string) => Promise<void> = () => Promise.resolve(), streaming = false) {
  return <Markdown text={text} streaming={streaming} labels={labels} onCopy={onCopy} onDownload={() => {}} />;
}

function view(text: string): Element {
  const root = render(markdown(text)).container.querySelector('.markdown');
  if (!root) throw new Error('nothing was rendered');
  return root;
}

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('what stands inside a link', () => {
  it('is no link and no button of its own', () => {
    const root = view('[![build](https://img.example/b.svg) and[^1]](https://repo.example)\n\n[^1]: Note.');
    const link = root.querySelector('p a');
    expect(link?.getAttribute('href')).toBe('https://repo.example/');
    expect(link?.textContent).toContain('build');
    expect(link?.querySelector('.image-chip')?.tagName).toBe('SPAN');
    expect(link?.querySelectorAll('a, button')).toHaveLength(0);
    expect(link?.querySelector('sup')?.textContent).toBe('1');
  });
});

describe('a text that grows', () => {
  it('keeps the elements of its finished blocks and items', () => {
    const shown = render(markdown('# One\n\nTwo *words*\n\n- a\n- b\n- c'));
    const before = ['h1', 'p', 'ul', 'li:nth-child(1)', 'li:nth-child(3)'].map((selector) =>
      shown.container.querySelector(selector),
    );
    shown.rerender(markdown('# One\n\nTwo *words*\n\n- a\n- b\n- c grows\n- d\n'));
    const after = ['h1', 'p', 'ul', 'li:nth-child(1)', 'li:nth-child(3)'].map((selector) =>
      shown.container.querySelector(selector),
    );
    expect(after).toEqual(before);
    expect(after.every((element, index) => element !== null && element === before[index])).toBe(true);
    expect(shown.container.querySelectorAll('li')).toHaveLength(4);
  });

  it('renders each finished block a bounded number of times, however long the text becomes', () => {
    const counts = new Map<string, number>();
    const counting = createView({
      labels,
      isStreaming: signal(false),
      copy: () => Promise.resolve(),
      download: () => {},
      askBeforeOpening: () => undefined,
      inlineRenderers,
      blockRenderers: {
        ...blockRenderers,
        paragraph(block, inner) {
          const [first] = block.children;
          const name = first?.type === 'text' ? (first.text.split(' ')[0] ?? '') : '';
          counts.set(name, (counts.get(name) ?? 0) + 1);
          return blockRenderers.paragraph(block, inner);
        },
      },
    });
    const reader = createMarkdownReader();
    const shown = render(null);
    let text = '';
    for (let paragraph = 0; paragraph < 200; paragraph += 1) {
      for (const piece of [`p${paragraph} `, 'and ', 'more\n', '\n']) {
        text += piece;
        shown.rerender(<div>{counting.blocks(reader.read(text).blocks.map(({ block }) => block))}</div>);
      }
    }
    expect(counts.size).toBe(200);
    // Once for each piece that changes its words.
    expect(Math.max(...counts.values())).toBeLessThanOrEqual(3);
  });

  it('shows the same in the end as a view of the whole', () => {
    const text =
      'a\n\n1. b\n   ```ts\n   c\n   ```\n2. d\n\n| e | f |\n|---|--:|\n| g | h |\n\n> i\n\n![j](https://k.example/l.png)\n';
    const grown = render(markdown(''));
    for (let end = 0; end <= text.length; end += 3) grown.rerender(markdown(text.slice(0, end)));
    grown.rerender(markdown(text));
    const whole = render(markdown(text));
    expect(grown.container.isEqualNode(whole.container)).toBe(true);
    expect(grown.container.textContent).toBe(whole.container.textContent);
  });

  it('adds each element about once while the text grows', () => {
    const shown = render(markdown(''));
    const root = shown.container.querySelector('.markdown');
    if (!root) throw new Error('nothing was rendered');
    let added = 0;
    const observer = new MutationObserver(() => undefined);
    observer.observe(root, { childList: true, subtree: true });
    const tokens = makeAnswer('mixed', 2000);
    for (let end = 0; end <= tokens.length; end += 25) {
      shown.rerender(markdown(tokens.slice(0, end).join('')));
      for (const { addedNodes } of observer.takeRecords()) added += addedNodes.length;
    }
    observer.disconnect();
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
    let nodes = 0;
    while (walker.nextNode()) nodes += 1;
    expect(added).toBeGreaterThan(0);
    expect(added / nodes).toBeLessThan(1.5);
  });

  it('shows all of it in the moment in which it has ended, whatever the pace was', async () => {
    const shown = render(markdown('a', undefined, true));
    shown.rerender(markdown('a b', undefined, true));
    shown.rerender(markdown('a b c', undefined, false));
    expect(shown.container.textContent).toBe('a b c');
  });

  it('shows the newest text a moment later, also when no more comes', async () => {
    const shown = render(markdown('a', undefined, true));
    shown.rerender(markdown('a b', undefined, true));
    shown.rerender(markdown('a b c', undefined, true));
    await waitFor(() => expect(shown.container.textContent).toBe('a b c'));
  });

  it('says so while it streams, and adds no element for it', () => {
    const shown = render(markdown('a', undefined, true));
    const root = shown.container.firstElementChild;
    expect(root?.hasAttribute('data-streaming')).toBe(true);
    const html = root?.innerHTML;
    shown.rerender(markdown('a', undefined, false));
    expect(root?.hasAttribute('data-streaming')).toBe(false);
    expect(root?.innerHTML).toBe(html);
  });
});

describe('a link', () => {
  it('opens a new tab without an opener and shows its address', () => {
    const link = view('[words](https://a.example/?q=1 "not the address")').querySelector('a');
    expect(Object.fromEntries([...(link?.attributes ?? [])].map(({ name, value }) => [name, value]))).toEqual({
      href: 'https://a.example/?q=1',
      'data-host': 'a.example',
      title: 'https://a.example/?q=1',
      target: '_blank',
      rel: 'noopener noreferrer',
    });
  });

  it('for an image is a chip with its words and host, and nothing is loaded', () => {
    const root = view('![a *cat*](https://img.example/cat.png?leak=1)');
    expect(root.querySelector('img')).toBeNull();
    expect(root.querySelector('a')?.textContent).toBe('Image a cat img.example');
    expect(root.querySelector('a')?.getAttribute('href')).toBe('https://img.example/cat.png?leak=1');
  });
});

describe('a block of code', () => {
  const code = Array.from({ length: 100 }, (_, line) => `line ${line}${line % 7 === 0 ? '\n' : ''}`).join('\n');

  it('is its text exactly, in elements of 32 lines', () => {
    const root = view(`\`\`\`ts\n${code}\n\`\`\``);
    expect(root.querySelector('pre')?.textContent).toBe(code);
    const chunks = [...root.querySelectorAll('.code-lines')];
    expect(chunks).toHaveLength(Math.ceil(code.split('\n').length / 32));
    expect(chunks.every((chunk) => (chunk.textContent ?? '').split('\n').length <= 33)).toBe(true);
  });

  it('keeps its finished chunks while lines come', () => {
    const shown = render(markdown(`\`\`\`\n${code}`));
    const first = shown.container.querySelector('.code-lines')?.firstChild;
    shown.rerender(markdown(`\`\`\`\n${code}\nmore`));
    expect(shown.container.querySelector('.code-lines')?.firstChild).toBe(first);
    expect(shown.container.querySelector('pre')?.textContent).toBe(`${code}\nmore`);
  });

  it('is copied by its button, which says so for a while', async () => {
    vi.useFakeTimers();
    const copied: string[] = [];
    const copy = (text: string): Promise<void> => Promise.resolve(void copied.push(text));
    render(markdown('```ts\nconst a = "<b>";\n\n  a;\n```', copy));
    fireEvent.click(screen.getByRole('button', { name: 'Copy code' }));
    await act(async () => void (await vi.advanceTimersByTimeAsync(0)));
    expect(copied).toEqual(['const a = "<b>";\n\n  a;']);
    expect(screen.getByRole('status').textContent).toBe('Copied');
    void act(() => {
      vi.advanceTimersByTime(5_000);
    });
    expect(screen.getByRole('status').textContent).toBe('');
  });

  it('is not called copied when the clipboard refuses', async () => {
    render(markdown('```\na\n```', () => Promise.reject(new Error('not allowed'))));
    fireEvent.click(screen.getByRole('button', { name: 'Copy code' }));
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Not copied'));
  });

  it('has a language, a name, and a place for the keyboard that scrolls it', () => {
    const root = view('```rust\nlet a;\n```');
    expect(root.querySelector('.code-language')?.textContent).toBe('rust');
    expect(root.querySelector('figure')?.getAttribute('aria-label')).toBe('Code: rust');
    expect(root.querySelector('pre')?.getAttribute('tabindex')).toBe('0');
  });
});

describe('direction', () => {
  it('is found for each block by itself', () => {
    const root = view('مرحبا\n\nhello\n\n- שלום\n\n> a\n\n# b');
    for (const element of root.querySelectorAll('p, ul, li, blockquote, h1')) {
      expect(element.getAttribute('dir')).toBe('auto');
    }
  });
});

describe('what an answer may hold', () => {
  it('is the same on screen however it came: every example of CommonMark, grown and whole', () => {
    for (const { markdown: text } of tests) {
      const grown = render(markdown(''));
      for (let end = 0; end < text.length; end += 5) grown.rerender(markdown(text.slice(0, end), undefined, true));
      grown.rerender(markdown(text));
      const whole = render(markdown(text));
      expect(grown.container.isEqualNode(whole.container)).toBe(true);
      cleanup();
    }
  }, 120_000);

  it('is the same on screen however it came: random texts, cut anywhere', () => {
    fc.assert(
      fc.property(documents, cuts, (text, places) => {
        const grown = render(markdown(''));
        for (const prefix of prefixes(text, places)) grown.rerender(markdown(prefix, undefined, true));
        grown.rerender(markdown(text));
        const whole = render(markdown(text));
        expect(grown.container.isEqualNode(whole.container)).toBe(true);
        cleanup();
      }),
      { numRuns: 300 },
    );
  }, 120_000);

  it('are alerts of five kinds, each with its title', () => {
    const root = view('> [!CAUTION]\n> Hot.\n');
    expect(root.querySelector('.alert-caution .alert-title')?.textContent).toBe('Caution');
    expect(root.querySelector('.alert')?.textContent).toBe('CautionHot.');
  });

  it('are footnotes, found by their place and not by an id', () => {
    const root = view('a[^x] b[^y]\n\n[^y]: two\n[^x]: one\n');
    expect([...root.querySelectorAll('.footnote-mark')].map(({ textContent }) => textContent)).toEqual(['1', '2']);
    expect([...root.querySelectorAll('.footnotes li p')].map(({ textContent }) => textContent)).toEqual(['one', 'two']);
    fireEvent.click(screen.getByRole('button', { name: 'Footnote 2' }));
    expect(document.activeElement?.textContent).toContain('two');
    expect(root.querySelector('[id]')).toBeNull();
  });

  it('are numbers of footnotes that follow when another comes before them', () => {
    const shown = render(markdown('a[^x] b[^y]\n\n[^y]: two\n'));
    expect(shown.container.querySelector('.footnote-mark')?.textContent).toBe('1');
    shown.rerender(markdown('a[^x] b[^y]\n\n[^y]: two\n[^x]: one\n'));
    expect([...shown.container.querySelectorAll('.footnote-mark')].map(({ textContent }) => textContent)).toEqual([
      '1',
      '2',
    ]);
  });

  it('are formulas as MathML, with their source behind, and without an inline style', async () => {
    const root = view(String.raw`a $\frac{\color{red}a}{b}$ and $\frac{1$ end`);
    await waitFor(() => expect(root.querySelector('math mfrac')).not.toBeNull(), patience);
    expect(root.querySelector('.math-source')?.textContent).toBe(String.raw`$\frac{\color{red}a}{b}$`);
    expect(root.querySelector('code.math')?.textContent).toBe(String.raw`$\frac{1$`);
    expect(root.querySelector('[style]')).toBeNull();
  });

  it.each([
    ['roots in roots', `${String.raw`\sqrt{`.repeat(500)}x${'}'.repeat(500)}`],
    ['fractions in fractions', `${String.raw`\frac{`.repeat(300)}x${'}{y}'.repeat(300)}`],
    [
      'macros of macros',
      String.raw`\def\a{xxxxxxxxxx}\def\b{\a\a\a\a\a\a\a\a\a\a}\def\c{\b\b\b\b\b\b\b\b\b\b}\c\c\c\c\c\c\c\c\c\c`,
    ],
    ['a link', String.raw`\href{javascript:alert(1)}{x}`],
    ['an image', String.raw`\includegraphics{https://a.example/b.png}`],
    ['an id, a class, a style', String.raw`\id{a}{x}\class{b}{y}\style{color:red}{z}`],
  ])('is the source of a formula that is too much, or wants what it may not have: %s', async (_name, tex) => {
    const root = view(`$${tex}$ and $y$`);
    await waitFor(() => expect(root.querySelectorAll('math')).toHaveLength(1), patience);
    expect(root.querySelector('code.math')?.textContent).toBe(`$${tex}$`);
    expect(findForeign(root)).toEqual([]);
  });

  it('is an image that is all in its address', () => {
    const root = view('![a dot](data:image/gif;base64,R0lGODlhAQABAAAAACw=)');
    expect(root.querySelector('img')?.getAttribute('alt')).toBe('a dot');
  });
});

describe('a link', () => {
  it('whose words could be taken for another host shows its own', () => {
    expect(view('[https://bank.example](https://evil.example/a)').textContent).toBe(
      'https://bank.example (evil.example)',
    );
    cleanup();
    expect(view('[words](https://evil.example/a)').querySelector('a')?.dataset['host']).toBe('evil.example');
    cleanup();
    expect(view('https://a.example/b').querySelector('a')?.hasAttribute('data-host')).toBe(false);
  });

  it('with a long query opens only once its address was seen', () => {
    const href = `https://evil.example/?q=${'secret'.repeat(20)}`;
    const root = view(`[words](${href}) ![image](${href})`);
    for (const link of root.querySelectorAll('a')) {
      expect(fireEvent.click(link)).toBe(false);
      expect(document.querySelector('dialog .long-address-text')?.textContent).toBe(href);
      expect(screen.getByRole('link', { name: 'Open link' }).getAttribute('rel')).toBe('noopener noreferrer');
      fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    }
  });
});

const cases = readXssVectors();

describe.skipIf(cases.length === 0)('script vectors (left out without ../shared/vectors)', () => {
  const places: Readonly<Record<string, (input: string) => string>> = {
    alone: (input) => input,
    'in an item': (input) => `- a\n- ${input}`,
    'in a table cell': (input) => `| a | b |\n|---|---|\n| ${input.replaceAll('\n', ' ')} | c |`,
    'in a quote': (input) => `> ${input.replaceAll('\n', '\n> ')}`,
    'in the text of a link': (input) => `[${input}](https://a.example)`,
    'as the address of a link': (input) => `[a](<${input.replaceAll('\n', '')}>)`,
    'as a language': (input) => `\`\`\`${input.replaceAll('\n', '')}\ncode\n\`\`\``,
  };

  it.each(Object.entries(places))(
    '%s become no element, attribute or address outside the list',
    (_place, put) => {
      const shown = render(markdown(''));
      for (const { id, input } of cases) {
        const text = put(input);
        for (const end of randomPlaces(text.length)) shown.rerender(markdown(text.slice(0, end), undefined, true));
        shown.rerender(markdown(text));
        expect({ id, foreign: findForeign(shown.container) }).toEqual({ id, foreign: [] });
      }
    },
    120_000,
  );
});

/** Some places in their order. */
function randomPlaces(length: number): readonly number[] {
  return Array.from({ length: 6 }, () => Math.floor(Math.random() * length)).toSorted((one, other) => one - other);
}
