import { createMarkdownReader } from '../create-markdown-reader';
import type { Block, CellAlign, Inline, ListItem, TableRow } from '../nodes';

/** The nodes as the HTML of the specification; it takes relative links, which the extension doesn't. */
export function toHtml(markdown: string): string {
  const reader = createMarkdownReader({
    readAddress: (destination) => ({ href: percentEncode(destination), host: '' }),
  });
  return normalizeHtml(
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
    case 'math-block':
      return `<p>$$${escape(block.tex)}$$</p>`;
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
    case 'inline-image':
      return `<img src="${inline.src}" alt="${escape(inline.alt)}" />`;
    case 'math':
      return `$${escape(inline.tex)}$`;
    case 'footnote-reference':
      return `<sup>${escape(inline.label)}</sup>`;
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
export function normalizeHtml(html: string): string {
  return html
    .replaceAll(/\s*\n\s*(<\/?(?:li|ul|ol|p|blockquote|h\d|pre|hr|table|thead|tbody|tr|th|td)\b)/g, '$1')
    .replaceAll(
      /(<(?:\/?(?:li|ul|ol|blockquote|table|thead|tbody|tr)|\/(?:p|h\d|pre|th|td)|hr \/)[^>]*>)\s*\n\s*/g,
      '$1',
    )
    .trim();
}
