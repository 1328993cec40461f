import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createMarkdownReader } from './create-markdown-reader';
import type { Block, CellAlign, Inline, ListItem, TableRow } from './nodes';

const vectors = '../shared/vectors/gfm-spec.json';

interface Example {
  readonly example: number;
  readonly section: string;
  readonly markdown: string;
  readonly html: string;
  readonly class: 'render' | 'raw-html';
}

/** Examples that are read otherwise, and why. */
const differences: Readonly<Record<number, string>> = {
  5: 'a tab that is partly indentation of a list and partly of the code in it counts as a whole',
  6: 'the same in a quote',
  7: 'the same after a bullet',
  82: 'a line of white space inside indented code is empty',
  321: 'the names of HTML 5 alone are not decoded (their table would cost more than the parser)',
  354: 'a raw HTML tag: its source is shown',
  610: 'written for the parser without the autolink extension',
  616: 'written for the parser without the autolink extension',
  619: 'written for the parser without the autolink extension',
  620: 'written for the parser without the autolink extension',
  628: 'ftp addresses are not links',
};

describe.skipIf(!existsSync(vectors))(`the examples of the GFM specification (skipped without ${vectors})`, () => {
  const { examples }: { readonly examples: readonly Example[] } = existsSync(vectors)
    ? JSON.parse(readFileSync(vectors, 'utf8'))
    : { examples: [] };
  const rendered = examples.filter((example) => example.class === 'render');

  it('are read as it says, but for the listed ones', () => {
    const failed = rendered.filter(({ markdown, html }) => toHtml(markdown) !== normalize(html));
    const share = 1 - failed.length / rendered.length;
    process.stdout.write(
      `GFM: ${rendered.length - failed.length} of ${rendered.length} (${(share * 100).toFixed(1)} %)\n`,
    );
    expect(failed.map(({ example }) => example)).toEqual(Object.keys(differences).map(Number));
    expect(share).toBeGreaterThanOrEqual(0.97);
  });

  it('are read from every prefix without an error, and the whole is what one read makes of it', () => {
    for (const { markdown } of examples) {
      const reader = createMarkdownReader();
      for (let end = 0; end < markdown.length; end += 1) reader.read(markdown.slice(0, end));
      expect(reader.read(markdown)).toEqual(createMarkdownReader().read(markdown));
    }
  });

  it('with raw HTML show it as text', () => {
    for (const { markdown } of examples.filter((example) => example.class === 'raw-html')) {
      expect(toHtml(markdown)).not.toMatch(
        /<(?!\/?(?:p|a|em|strong|del|h\d|ul|ol|li|blockquote|pre|code|br|hr|input)\b)/,
      );
    }
  });
});

/** The nodes as the HTML of the specification; it takes relative links, which the extension doesn't. */
function toHtml(markdown: string): string {
  const reader = createMarkdownReader({
    readAddress: (destination) => ({ href: percentEncode(destination), host: '' }),
  });
  return normalize(
    reader
      .read(markdown)
      .blocks.map(({ block }) => blockHtml(block))
      .join('\n'),
  );
}

function blockHtml(block: Block): string {
  switch (block.type) {
    case 'paragraph':
      return `<p>${inlinesHtml(block.children)}</p>`;
    case 'heading':
      return `<h${block.level}>${inlinesHtml(block.children)}</h${block.level}>`;
    case 'list': {
      const items = block.items.map((item) => itemHtml(item, block.tight)).join('\n');
      if (!block.ordered) return `<ul>\n${items}\n</ul>`;
      return `<ol${block.start === 1 ? '' : ` start="${block.start}"`}>\n${items}\n</ol>`;
    }
    case 'quote':
      return ['<blockquote>', ...block.children.map(blockHtml), '</blockquote>'].join('\n');
    case 'code': {
      const language = block.language === '' ? '' : ` class="language-${escape(block.language)}"`;
      return `<pre><code${language}>${escape(block.text)}${block.text === '' ? '' : '\n'}</code></pre>`;
    }
    case 'table': {
      const head = `<thead>\n${rowHtml(block.head, 'th', block.align)}\n</thead>`;
      const rows = block.rows.map((row) => rowHtml(row, 'td', block.align));
      const body = rows.length === 0 ? [] : ['<tbody>', ...rows, '</tbody>'];
      return ['<table>', head, ...body, '</table>'].join('\n');
    }
    case 'rule':
      return '<hr />';
    case 'html':
      return escape(block.text);
  }
}

function itemHtml(item: ListItem, tight: boolean): string {
  const box =
    item.checked === undefined ? '' : `<input ${item.checked ? 'checked="" ' : ''}disabled="" type="checkbox"> `;
  const blocks = item.children.map((block) =>
    tight && block.type === 'paragraph' ? inlinesHtml(block.children) : `\n${blockHtml(block)}\n`,
  );
  return `<li>${box}${blocks.join('')}</li>`;
}

function rowHtml(row: TableRow, cell: 'th' | 'td', align: readonly CellAlign[]): string {
  const sides = { start: 'left', center: 'center', end: 'right' };
  const cells = row.cells.map((inlines, column) => {
    const side = align[column];
    return `<${cell}${side ? ` align="${sides[side]}"` : ''}>${inlinesHtml(inlines)}</${cell}>`;
  });
  return ['<tr>', ...cells, '</tr>'].join('\n');
}

function inlinesHtml(inlines: readonly Inline[]): string {
  return inlines.map(inlineHtml).join('');
}

function inlineHtml(inline: Inline): string {
  switch (inline.type) {
    case 'text':
      return escape(inline.text);
    case 'emphasis':
      return `<em>${inlinesHtml(inline.children)}</em>`;
    case 'strong':
      return `<strong>${inlinesHtml(inline.children)}</strong>`;
    case 'strike':
      return `<del>${inlinesHtml(inline.children)}</del>`;
    case 'code-span':
      return `<code>${escape(inline.text)}</code>`;
    case 'link':
      return `<a href="${escape(inline.href)}"${titleHtml(inline.title)}>${inlinesHtml(inline.children)}</a>`;
    case 'image':
      return `<img src="${escape(inline.href)}" alt="${escape(inline.alt)}"${titleHtml(inline.title)} />`;
    case 'break':
      return '<br />\n';
  }
}

function titleHtml(title: string | undefined): string {
  return title === undefined ? '' : ` title="${escape(title)}"`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** As the reference implementation writes addresses. */
function percentEncode(destination: string): string {
  return destination.replaceAll(/%(?![\da-f]{2})|[^\w.\-~!*'();:@&=+$,/?#%]+/gi, (part) => encodeURIComponent(part));
}

/** White space between blocks says nothing. */
function normalize(html: string): string {
  return html
    .replaceAll(/\s*\n\s*(<\/?(?:li|ul|ol|p|blockquote|h\d|pre|hr|table|thead|tbody|tr|th|td)\b)/g, '$1')
    .replaceAll(
      /(<(?:\/?(?:li|ul|ol|blockquote|table|thead|tbody|tr)|\/(?:p|h\d|pre|th|td)|hr \/)[^>]*>)\s*\n\s*/g,
      '$1',
    )
    .trim();
}
