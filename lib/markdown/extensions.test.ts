import { describe, expect, it } from 'vitest';
import { createMarkdownReader } from './create-markdown-reader';
import { readLinkWords } from './link-words';
import type { Block, Inline } from './nodes';
import { carriesText, readImageSource } from './web-address';

function read(text: string): readonly Block[] {
  return createMarkdownReader()
    .read(text)
    .blocks.map(({ block }) => block);
}

/** The formulas of a text, in order. */
function formulas(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('tex' in value) return [String(value.tex)];
  return Object.values(value).flatMap(formulas);
}

describe('a formula', () => {
  it.each([
    ['$x$', ['x']],
    ['a $x^2 + y$, b', ['x^2 + y']],
    ['$5$ and $2x$ and $3n - 1$', ['5', '2x', '3n - 1']],
    ['$a$-$b$', ['a', 'b']],
    ['($x$)', ['x']],
    ['costs $5, and $n$ of them', ['n']],
    [String.raw`\(a\) and \[b\]`, ['a', 'b']],
    [String.raw`\[` + '\na\n= b\n- c\n' + String.raw`\]`, ['a\n= b\n- c']],
    ['$$x$$', ['x']],
    ['words\n$$\nx\n$$\nmore', ['x']],
    ['- item\n\n  $$\n  x\n  $$\n', ['x']],
    ['> $$\n> x\n> $$', ['x']],
    ['words $$x$$ words', ['x']],
    ['| a |\n|---|\n| $x$ |', ['x']],
    [String.raw`$\text{costs \$5}$`, [String.raw`\text{costs \$5}`]],
  ])('%j is %j', (text, expected) => {
    expect(formulas(read(text))).toEqual(expected);
  });

  it.each([
    '$5 and $10',
    'US$5 and US$10',
    'costs $5-$10',
    'from $5/$10 to $1,000',
    '$5 and 10$',
    '$5 (US$)',
    '**$5**–**$10**',
    '$20 million, or A$30',
    '$HOME/$PATH and $USER',
    'echo $HOME $',
    '`$x$`',
    '```\n$x$\n```',
    '    $$\n    x\n    $$',
    String.raw`\$x\$`,
    String.raw`\\(x\\)`,
    String.raw`\(\)`,
    '$ x $',
    '$$',
    '$$\n\nx\n\n$$',
    '$(x)j$(y)',
    '[a](https://a.example/$b$)',
  ])('%j is none', (text) => {
    expect(formulas(read(text))).toEqual([]);
  });

  it('without its end leaves the blocks after it as they are', () => {
    expect(read('a\n$$\n- b\n\n# c').map(({ type }) => type)).toEqual(
      read('a\n$ $\n- b\n\n# c').map(({ type }) => type),
    );
  });
});

describe('a footnote', () => {
  it('is numbered by its first reference, and those that nothing refers to are left out', () => {
    const { blocks, footnotes } = createMarkdownReader().read(
      'b[^b] a[^A] b[^b] no[^no]\n\n[^a]: one\n[^b]: two\n\n    still[^c]\n[^unused]: three\n[^c]: four\n',
    );
    expect(footnotes.map(({ label, children }) => [label, children.length])).toEqual([
      ['B', 2],
      ['A', 1],
      ['C', 1],
    ]);
    expect(blocks).toHaveLength(1);
    expect(JSON.stringify(blocks)).toContain('no[^no]');
  });

  it('that comes at last turns its references into marks, and leaves other blocks alone', () => {
    const reader = createMarkdownReader();
    const before = reader.read('see[^1]\n\nother\n\n');
    const after = reader.read('see[^1]\n\nother\n\n[^1]: it\n');
    expect(JSON.stringify(after.blocks[0])).toContain('footnote-reference');
    expect(after.blocks[1]).toBe(before.blocks[1]);
  });
});

describe('an alert', () => {
  it.each(['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION', 'Note'])('[!%s] has its kind', (kind) => {
    expect(read(`> [!${kind}]\n> words\n>\n> more`)).toMatchObject([
      { type: 'quote', alert: kind.toLowerCase(), children: [{ type: 'paragraph' }, { type: 'paragraph' }] },
    ]);
  });

  it.each(['> [!OTHER]\n> a', '> [!NOTE] a\n> b', '> a\n> [!NOTE]', '[!NOTE]\na'])('%j is none', (text) => {
    expect(JSON.stringify(read(text))).not.toContain('alert');
  });
});

describe('a fenced block', () => {
  it.each([
    ['```\na\n```', true],
    ['```\na\n``', false],
    ['```\na\n\n# b', false],
    ['~~~\na\n```\n~~~~', true],
    ['> ```\n> a\n\nb', false],
    ['    a', false],
  ])('%j has its end: %s', (text, isClosed) => {
    expect(JSON.stringify(read(text))).toContain(`"isClosed":${isClosed}`);
  });
});

describe('an image', () => {
  it.each(['png', 'jpeg', 'gif', 'webp', 'avif'])('of the type %s that is all in its address is shown', (type) => {
    expect(readImageSource(`data:image/${type};base64,AAAA`)).toBe(`data:image/${type};base64,AAAA`);
  });

  it.each([
    'data:image/svg+xml;base64,AAAA',
    'data:image/png,AAAA',
    'data:image/png;base64,AA"A',
    'data:text/html;base64,AAAA',
    'https://a.example/b.png',
    `data:image/png;base64,${'A'.repeat(500_000)}`,
  ])('%.60s is not', (address) => {
    expect(readImageSource(address)).toBeUndefined();
  });

  it('is whole, however long its address is, and is not shown before', () => {
    const text = `${'word '.repeat(700)}![dot](data:image/png;base64,${'A'.repeat(20_000)}) words`;
    expect(JSON.stringify(read(text))).toContain('inline-image');
    const growing = createMarkdownReader().read(text.slice(0, 15_000), { isGrowing: true });
    expect(JSON.stringify(growing)).not.toContain('AAAA');
  });
});

describe('the words of a link', () => {
  it.each([
    ['[docs](https://a.example/)', 'nothing'],
    ['https://a.example/b', 'host'],
    ['[a.example](https://www.a.example/)', 'host'],
    ['[bank.example](https://evil.example/)', 'other-host'],
    ['[https://bank.example/](https://bank.example@evil.example/)', 'other-host'],
    ['[**bank**.example](https://evil.example/)', 'other-host'],
    ['[bank.example](https://bank.example.evil.example/)', 'other-host'],
    ['[аррlе.com](https://evil.example/)', 'other-host'],
  ])('%s say %s of its host', (text, expected) => {
    const [block] = read(text);
    const [link] = block?.type === 'paragraph' ? block.children : [];
    expect(link?.type === 'link' && readLinkWords(link)).toBe(expected);
  });

  it('lead to an address that is shown first when it may carry a text away', () => {
    expect(carriesText('https://a.example/b/c?d=e#f')).toBe(false);
    expect(carriesText(`https://a.example/?q=${'a'.repeat(80)}`)).toBe(true);
    expect(carriesText(`https://a.example/#${'a'.repeat(80)}`)).toBe(true);
    expect(carriesText(`https://a.example/${'a'.repeat(300)}`)).toBe(true);
    expect(carriesText('https://name@a.example/')).toBe(true);
    expect(carriesText(`https://a:${'a'.repeat(80)}@a.example/`)).toBe(true);
    expect(carriesText(`https://${'a'.repeat(40)}.${'a'.repeat(40)}.a.example/`)).toBe(true);
    expect(carriesText(`mailto:a@a.example?body=${'a'.repeat(80)}`)).toBe(true);
  });
});

describe('what is half typed', () => {
  /** All texts that are on screen while a text comes, character by character. */
  function shownWhile(text: string): readonly string[] {
    const reader = createMarkdownReader();
    return Array.from(text, (_, end) =>
      wordsOf(reader.read(text.slice(0, end + 1), { isGrowing: true }).blocks.map(({ block }) => block)),
    );
  }

  it.each([
    ['a **bold** word', /\*/],
    ['a ***bold*** word', /\*/],
    ['an _emphasis_ word', /_/],
    ['some ~~struck~~ words', /~/],
    ['some `code` here', /`/],
    ['a [link](https://a.example/b) here', /[[\]()]|example/],
    ['an ![image](https://a.example/b.png) here', /[![\]()]/],
    ['a formula $x^2$ here', /\$/],
    ['a formula $$x^2$$ here', /\$/],
    [String.raw`a formula \(x\) here`, /[\\(]/],
    ['Words.\n\n$$\nx\n$$\n', /\$/],
    ['Words.\n\n```ts\ncode\n```\n', /`/],
    ['Words.\n\n# Heading\n', /#/],
    ['Words.\n\n---\n', /-/],
    ['Words.\n\n- one\n- two\n', /-/],
    ['1. one\n2. two\n', /\d/],
    ['> quote\n', />/],
    ['> [!NOTE]\n> words\n', /[[!]/],
    ['- [x] done\n- [ ] open\n', /[[\]]/],
    ['| a | b |\n|---|---|\n| c | d |\n', /[|-]/],
    ['a &amp; b', /&a/],
    [String.raw`an \*asterisk`, /\\/],
  ])('is not seen as marks: %j', (text, marks) => {
    expect(shownWhile(text).filter((shown) => marks.test(shown))).toEqual([]);
  });

  it.each([
    'In bash `$$` is the number of the shell, and more words come',
    'the regex `\\(` matches a bracket, and more words come',
    'here `$x` is a variable of its own, and more words come',
    'the macro `vec![` makes a list, and more words come',
    'an index `a](` that is none, and more words come',
    'an escaped \\` and `$$` then, and more words come',
    '``a ` b $$`` and more words come',
  ])('is not what stands in code: %j', (text) => {
    expect(shownWhile(text).at(-1)).toMatch(/and more words come$/);
  });

  it.each(['vec![1, ', 'a link [a](b '])('is shown after a while where it never ends: %j', (text) => {
    const reader = createMarkdownReader();
    const { blocks } = reader.read(text + 'and on '.repeat(400), { isGrowing: true });
    expect(wordsOf(blocks.map(({ block }) => block))).toMatch(/and on\s*$/);
  });

  it('is no heading or list for a moment', () => {
    const reader = createMarkdownReader();
    for (const text of ['Words', 'Words\n', 'Words\n-', 'Words\n--', 'Words\n=', 'Words\n1', 'Words\n1.']) {
      const types = reader.read(text, { isGrowing: true }).blocks.map(({ block }) => block.type);
      expect(types).toEqual(['paragraph']);
    }
  });

  it('is shown as it stands when nothing more comes', () => {
    const reader = createMarkdownReader();
    reader.read('a **b [c](d', { isGrowing: true });
    expect(reader.read('a **b [c](d')).toEqual(createMarkdownReader().read('a **b [c](d'));
    expect(wordsOf(reader.read('a **b [c](d').blocks.map(({ block }) => block))).toBe('a **b [c](d');
  });
});

/** The words on screen; of an image its alt text, of a formula nothing. */
function wordsOf(nodes: readonly (Block | Inline)[]): string {
  return nodes.map(toWords).join('');
}

function toWords(node: Block | Inline): string {
  if ('children' in node) return wordsOf(node.children);
  if ('text' in node) return node.text;
  if (node.type === 'list') return node.items.map(({ children }) => wordsOf(children)).join('');
  if (node.type === 'table') return [node.head, ...node.rows].flatMap(({ cells }) => cells.map(wordsOf)).join('');
  return 'alt' in node ? node.alt : '';
}
