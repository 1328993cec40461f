// @vitest-environment happy-dom
import { existsSync, readFileSync } from 'node:fs';
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createMarkdownReader } from '@/lib/markdown/create-markdown-reader';
import { makeAnswer } from '@/tests/bench/bench-answer';
import { blockRenderers } from './block-renderers';
import { chunkLines } from './code-block';
import { inlineRenderers } from './inline-renderers';
import Markdown, { type MarkdownLabels } from './markdown';
import { createView } from './view';

const labels: MarkdownLabels = {
  copyCode: 'Copy code',
  copied: 'Copied',
  notCopied: 'Not copied',
  code: 'Code',
  table: 'Table',
  image: 'Image',
  taskDone: 'Done',
  taskOpen: 'Open',
};

function markdown(text: string, onCopy: (text: string) => Promise<void> = () => Promise.resolve(), streaming = false) {
  return <Markdown text={text} streaming={streaming} labels={labels} onCopy={onCopy} />;
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
      copy: () => Promise.resolve(),
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

  it('is cut into chunks that together are the text', () => {
    for (const text of ['', 'a', '\n', '\n'.repeat(32), '\n'.repeat(33), `${'a\n'.repeat(64)}b`]) {
      expect(chunkLines(text).join('')).toBe(text);
    }
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

const vectors = '../shared/vectors/xss-vectors.json';

/** All elements there are, and the attributes each may have. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  div: ['class'],
  p: ['dir', 'class'],
  h1: ['dir'],
  h2: ['dir'],
  h3: ['dir'],
  h4: ['dir'],
  h5: ['dir'],
  h6: ['dir'],
  ul: ['dir'],
  ol: ['dir', 'start'],
  li: ['dir', 'class'],
  input: ['type', 'disabled', 'checked', 'aria-label'],
  blockquote: ['dir'],
  hr: [],
  br: [],
  em: [],
  strong: [],
  del: [],
  code: ['dir'],
  pre: ['tabindex'],
  span: ['class'],
  small: [],
  output: ['class'],
  a: ['href', 'title', 'target', 'rel', 'class'],
  figure: ['class', 'aria-label', 'tabindex', 'dir'],
  table: ['dir'],
  thead: [],
  tbody: [],
  tr: [],
  th: ['class', 'scope', 'dir'],
  td: ['class', 'dir'],
  button: ['class', 'type', 'aria-label', 'title'],
  svg: ['viewBox', 'aria-hidden'],
  path: ['d'],
  rect: ['x', 'y', 'width', 'height', 'rx'],
};

const classes =
  /^(?:markdown|source|task|table|image-chip|image-chip-label|code|code-header|code-language|code-copied|code-copy|code-lines|align-(?:start|center|end))$/;

describe.skipIf(!existsSync(vectors))(`script vectors (skipped without ${vectors})`, () => {
  const { vectors: cases }: { readonly vectors: readonly { readonly id: string; readonly input: string }[] } =
    existsSync(vectors) ? JSON.parse(readFileSync(vectors, 'utf8')) : { vectors: [] };

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
        for (let end = 0; end < text.length; end += 97) shown.rerender(markdown(text.slice(0, end)));
        shown.rerender(markdown(text));
        expect({ id, foreign: foreignIn(shown.container) }).toEqual({ id, foreign: [] });
      }
    },
    120_000,
  );
});

function foreignIn(container: Element): readonly string[] {
  const foreign: string[] = [];
  for (const element of container.querySelectorAll('*')) {
    const name = element.localName;
    const attributes = allowed[name];
    if (!attributes) foreign.push(name);
    for (const attribute of element.attributes) {
      if (!attributes?.includes(attribute.name)) foreign.push(`${name}.${attribute.name}`);
    }
    for (const className of element.classList) if (!classes.test(className)) foreign.push(`class ${className}`);
    const href = element.getAttribute('href');
    if (href !== null && !/^(?:https?|mailto):/.test(href)) foreign.push(href);
    if (name === 'a' && element.getAttribute('rel') !== 'noopener noreferrer') foreign.push('rel');
  }
  return foreign;
}
