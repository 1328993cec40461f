import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMarkdownReader } from './create-markdown-reader';
import type { Block, Inline } from './nodes';
import { cuts, documents, prefixes } from './testing/documents';

describe('a text that grows', () => {
  it('ends up as one read of the whole, wherever it was cut', () => {
    fc.assert(
      fc.property(documents, cuts, (text, places) => {
        const reader = createMarkdownReader();
        for (const prefix of prefixes(text, places)) {
          expect(reader.read(prefix)).toEqual(createMarkdownReader().read(prefix));
        }
      }),
      { numRuns: 2000 },
    );
  }, 600_000);

  it('ends up as one read of the whole when what was half typed was held back', () => {
    fc.assert(
      fc.property(documents, cuts, (text, places) => {
        const reader = createMarkdownReader();
        for (const prefix of prefixes(text, places)) {
          expect(reader.read(prefix, { isGrowing: true })).toEqual(
            createMarkdownReader().read(prefix, { isGrowing: true }),
          );
        }
        expect(reader.read(text)).toEqual(createMarkdownReader().read(text));
      }),
      { numRuns: 2000 },
    );
  }, 600_000);

  it('keeps every block that is equal to what it was as the same object', () => {
    fc.assert(
      fc.property(documents, cuts, (text, places) => {
        const reader = createMarkdownReader();
        let before = reader.read('');
        for (const prefix of prefixes(text, places)) {
          const after = reader.read(prefix);
          for (const top of after.blocks) {
            const same = before.blocks.find(({ key }) => key === top.key);
            if (same && JSON.stringify(same) === JSON.stringify(top)) expect(top).toBe(same);
          }
          before = after;
        }
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('keeps finished blocks, and finished items of the list that still grows', () => {
    const reader = createMarkdownReader();
    const before = reader.read('# One\n\nTwo\n\n- a\n- b\n- c');
    const after = reader.read('# One\n\nTwo\n\n- a\n- b\n- c and more\n');
    expect(after.blocks[0]).toBe(before.blocks[0]);
    expect(after.blocks[1]).toBe(before.blocks[1]);
    const [listBefore, listAfter] = [before.blocks[2]?.block, after.blocks[2]?.block];
    if (listBefore?.type !== 'list' || listAfter?.type !== 'list') throw new Error('no list');
    expect(listAfter.items[1]).toBe(listBefore.items[1]);
    expect(listAfter.items[2]).not.toBe(listBefore.items[2]);
  });

  it('has distinct keys', () => {
    fc.assert(
      fc.property(documents, (text) => {
        const keys = createMarkdownReader()
          .read(text)
          .blocks.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('turns a reference into a link when its definition comes at last', () => {
    const reader = createMarkdownReader();
    const text = 'See [the docs].\n\nUnrelated.\n\nMore.\n\n';
    const before = reader.read(text);
    expect(linksOf(before.blocks[0]?.block)).toEqual([]);
    const after = reader.read(`${text}[The Docs]: https://docs.example/\n`);
    expect(linksOf(after.blocks[0]?.block)).toEqual(['https://docs.example/']);
    expect(after.blocks[1]).toBe(before.blocks[1]);
  });

  it('that is replaced by another is read anew', () => {
    const reader = createMarkdownReader();
    reader.read('# One\n\n[a]\n\n[a]: https://a.example/\n\ntext\n\ntext\n');
    expect(reader.read('[a]\n\nother')).toEqual(createMarkdownReader().read('[a]\n\nother'));
  });
});

describe('links', () => {
  it.each([
    ['[a](https://a.example/b?c=d)', 'https://a.example/b?c=d'],
    ['[a](HTTP://A.example)', 'http://a.example/'],
    ['<https://a.example>', 'https://a.example/'],
    ['www.a.example', 'http://www.a.example/'],
    ['me@a.example', 'mailto:me@a.example'],
    ['[https://a.example/b](https://a.example/b)', 'https://a.example/b'],
  ])('%s opens %s', (text, href) => {
    expect(linksOf(createMarkdownReader().read(text).blocks[0]?.block)).toEqual([href]);
  });

  it.each([
    '[a](javascript:alert(1))',
    '[a](java&#10;script:alert(1))',
    '[a](<java\tscript:alert(1)>)',
    '[a](data:text/html,b)',
    '[a](file:///etc/passwd)',
    '[a](chrome-extension://b/c)',
    '[a](/relative)',
    '[a](//host.example/)',
    '[a]()',
    '<javascript:alert(1)>',
    '![a](javascript:alert(1))',
  ])('%s is its text alone', (text) => {
    const [top] = createMarkdownReader().read(text).blocks;
    expect(linksOf(top?.block)).toEqual([]);
    expect(JSON.stringify(top)).not.toContain('href');
  });

  it('say where they lead, whatever stands before the @', () => {
    const block = createMarkdownReader().read('[a](https://bank.example@evil.example:8443/)').blocks[0]?.block;
    expect(block).toMatchObject({ children: [{ type: 'link', host: 'evil.example:8443' }] });
  });
});

describe('hostile text', () => {
  const makeTexts = (size: number): Readonly<Record<string, string>> => {
    const repeat = (part: string) => part.repeat(Math.ceil(size / part.length));
    return {
      'quote marks': repeat('>'),
      'quote marks on lines': repeat(`${'>'.repeat(500)} a\n`),
      'open brackets': repeat('['),
      'closed brackets': '['.repeat(size / 2) + ']'.repeat(size / 2),
      'links in links': repeat('[a]('),
      'image marks': repeat('!['),
      'nested bullets': `${repeat('- ')}a${'\n'.repeat(size / 10)}b`,
      'nested numbers': repeat('1. '),
      emphasis: repeat('*a_'),
      'open and closed emphasis': `${'**'.repeat(size / 4)}a${'**'.repeat(size / 4)}`,
      'emphasis opened over and over': repeat('*a **b '),
      'code marks of all lengths': Array.from({ length: Math.floor(Math.sqrt(size * 2)) }, (_, index) =>
        '`'.repeat(index + 1),
      ).join('a'),
      tags: repeat('<a '),
      comments: repeat('<!--'),
      entities: repeat('&amp;'),
      'one word': repeat('a'),
      spaces: `a${repeat(' ')}b`,
      'spaces below a row': `a\nb|c\n${repeat(' ')}x`,
      'a table row': `${repeat('|a')}\n${repeat('|-')}`,
      'an unfinished definition': `[a]: b "${repeat('\nx')}`,
      'an unfinished label': `[a${repeat('\nx')}`,
      'a deep list': Array.from(
        { length: Math.floor(Math.sqrt(size)) },
        (_, depth) => `${' '.repeat(depth * 2)}- a\n`,
      ).join(''),
      'mail addresses': repeat('a@'),
      'bare addresses': repeat('www.'),
      strikes: repeat('~~a '),
      dollars: repeat('$a '),
      'open formulas': repeat(String.raw`\(a `),
      'formulas on lines': repeat('$$\na\n'),
      'formulas without an end': `$$${repeat('\na')}`,
      'footnote marks': repeat('[^a'),
      'footnotes in footnotes': repeat('[^a]: '),
      'alerts in alerts': repeat('> [!NOTE]\n>'),
      'angle brackets': repeat('<'),
      'wide empty rows': `|${'a|'.repeat(100)}\n|${'-|'.repeat(100)}\n${repeat('|\n')}`,
      'lines of code': `\`\`\`\n${repeat('a\n')}`,
      'one long line of code': `\`\`\`\n${repeat('a ')}`,
    };
  };
  const [small, large] = [makeTexts(10_000), makeTexts(160_000)];

  /** This thread's time on the processor for so many reads, in ms; the least of some: what the machine does besides only adds. */
  function measure(text: string, reads: number): number {
    const times = Array.from({ length: 3 }, () => {
      const before = process.threadCpuUsage();
      for (let read = 0; read < reads; read += 1) {
        const reader = createMarkdownReader();
        reader.read(text.slice(0, text.length / 2), { isGrowing: true });
        reader.read(text);
      }
      const { user, system } = process.threadCpuUsage(before);
      return (user + system) / 1000;
    });
    return Math.min(...times);
  }

  it.each(Object.keys(small))(
    'costs as much as it is long, and is as deep and as large as the limits say: %s',
    (name) => {
      const text = large[name] ?? '';
      const { blocks } = createMarkdownReader().read(text);
      expect(Math.max(0, ...blocks.map(({ block }) => depthOf(block)))).toBeLessThanOrEqual(130);
      expect(countObjects(blocks)).toBeLessThanOrEqual(text.length * 2 + 30_000);
      // 16 times as long: as much work as 16 of the short ones, and 16 times that if it were quadratic. The system counts
      // in steps of 10 ms: what is fast is left out.
      const time = measure(text, 1);
      if (time > 60) expect(time / Math.max(10, measure(small[name] ?? '', 16))).toBeLessThan(7);
    },
    120_000,
  );
});

describe('a long block that still grows', () => {
  const count = 600;
  const line = (index: number): string => `word https://a.example/${index}/end **bold** word`;
  const lines = Array.from({ length: count }, (_, index) => line(index));
  const texts: Readonly<Record<string, { readonly text: string; readonly readsOfALink: number }>> = {
    'a list': { text: lines.map((words) => `- ${words}`).join('\n'), readsOfALink: 6 },
    'a table': {
      text: `| a |\n|---|\n${lines.map((words) => `| ${words} |`).join('\n')}`,
      readsOfALink: 6,
    },
    'a quote of paragraphs': { text: lines.map((words) => `> ${words}\n>`).join('\n'), readsOfALink: 8 },
    // What is read again is the open piece of 4,000 characters.
    'a paragraph': { text: lines.join('\n'), readsOfALink: 150 },
    'one line': { text: lines.join(' '), readsOfALink: 150 },
  };

  it.each(Object.entries(texts))(
    'has each part read a bounded number of times: %s',
    (_name, { text, readsOfALink }) => {
      const reads = new Map<string, number>();
      const reader = createMarkdownReader({
        readAddress(destination) {
          reads.set(destination, (reads.get(destination) ?? 0) + 1);
          return { href: destination, host: '' };
        },
      });
      for (let end = 0; end < text.length; end += 32) reader.read(text.slice(0, end), { isGrowing: true });
      reader.read(text);
      // Addresses that were half typed are others.
      const whole = [...reads].filter(([destination]) => destination.endsWith('/end'));
      expect(whole).toHaveLength(count);
      expect(Math.max(...whole.map(([, times]) => times))).toBeLessThanOrEqual(readsOfALink);
    },
    120_000,
  );
});

function linksOf(block: Block | undefined): readonly string[] {
  return block && 'children' in block && block.type !== 'quote' ? block.children.flatMap(hrefsOf) : [];
}

function hrefsOf(inline: Inline): readonly string[] {
  if (inline.type === 'link') return [inline.href];
  return 'children' in inline ? inline.children.flatMap(hrefsOf) : [];
}

/** Nesting of objects and arrays: the depth that a view has to walk. */
function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Math.max(0, ...Object.values(value).map(depthOf));
}

function countObjects(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Object.values(value).reduce((sum: number, inner) => sum + countObjects(inner), 0);
}
