import type { SyntaxNode } from '@lezer/common';
import { decodeEscapes } from './decode-escapes';
import type { Block, CellAlign, Heading, Inline, List, ListItem, Paragraph, Table, TableRow } from './nodes';

export interface BlockContext {
  /** The text that the tree was parsed from. */
  readonly source: string;
  readonly readInlines: (text: string) => readonly Inline[];
}

/** Reads one block node; a node that shows nothing (a mark, a definition) is undefined. */
export function readBlock(node: SyntaxNode, context: BlockContext): Block | undefined {
  return blockReaders[node.name]?.(node, context);
}

/** One reader for each kind of block node of the grammar. */
const blockReaders: Readonly<Record<string, (node: SyntaxNode, context: BlockContext) => Block>> = {
  Paragraph: readParagraph,
  // Outside the first place of a list item, where `readItem` takes its mark, a task is a paragraph.
  Task: readParagraph,
  ATXHeading1: readHeading(1),
  ATXHeading2: readHeading(2),
  ATXHeading3: readHeading(3),
  ATXHeading4: readHeading(4),
  ATXHeading5: readHeading(5),
  ATXHeading6: readHeading(6),
  SetextHeading1: readHeading(1),
  SetextHeading2: readHeading(2),
  BulletList: readList,
  OrderedList: readList,
  Blockquote: (node, context) => ({ type: 'quote', children: readChildren(node, context) }),
  FencedCode: (node, context) => ({
    type: 'code',
    language: decodeEscapes(readChildText(node, 'CodeInfo', context).split(/\s/)[0] ?? ''),
    text: readFencedText(node, context.source),
    isClosed: isClosed(node),
  }),
  CodeBlock: (node, context) => ({
    type: 'code',
    language: '',
    text: joinCodeText(node, context.source),
    isClosed: false,
  }),
  Table: readTable,
  HorizontalRule: () => ({ type: 'rule' }),
  HTMLBlock: readHtml,
  CommentBlock: readHtml,
  ProcessingInstructionBlock: readHtml,
};

function readParagraph(node: SyntaxNode, context: BlockContext): Paragraph {
  return { type: 'paragraph', children: context.readInlines(readLines(node, node.from, context)) };
}

function readHeading(level: Heading['level']) {
  return (node: SyntaxNode, context: BlockContext): Block => {
    const marks = node.getChildren('HeaderMark');
    const isAtx = node.name.startsWith('ATX');
    const from = isAtx ? (marks[0]?.to ?? node.from) : node.from;
    const closing = isAtx ? marks[1] : marks[0];
    const text = readLines(node, from, context, closing?.from ?? node.to);
    return { type: 'heading', level, children: context.readInlines(text) };
  };
}

function readHtml(node: SyntaxNode, context: BlockContext): Block {
  return { type: 'html', text: withoutQuoteMarks(node, node.from, node.to, context.source) };
}

function readList(node: SyntaxNode, context: BlockContext): List {
  const items = node.getChildren('ListItem');
  const ordered = node.name === 'OrderedList';
  return {
    type: 'list',
    ordered,
    start: ordered ? Number.parseInt(items[0] ? readChildText(items[0], 'ListMark', context) : '1', 10) : 1,
    tight:
      !hasBlankLine(items, context.source) && items.every((item) => !hasBlankLine(contentOf(item), context.source)),
    items: items.map((item) => readItem(item, context)),
  };
}

function readItem(node: SyntaxNode, context: BlockContext): ListItem {
  const first = contentOf(node)[0];
  const children = readChildren(node, context);
  if (first?.name !== 'Task') return { type: 'item', children };
  const mark = first.getChild('TaskMarker');
  const text = readLines(first, mark?.to ?? first.from, context);
  return {
    type: 'item',
    checked: mark !== null && /x/i.test(context.source.slice(mark.from, mark.to)),
    children: [{ type: 'paragraph', children: context.readInlines(text) }, ...children.slice(1)],
  };
}

function readChildren(node: SyntaxNode, context: BlockContext): readonly Block[] {
  const blocks: Block[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    const block = readBlock(child, context);
    if (block) blocks.push(block);
  }
  return blocks;
}

function contentOf(node: SyntaxNode): readonly SyntaxNode[] {
  const content: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (!child.name.endsWith('Mark')) content.push(child);
  }
  return content;
}

function hasBlankLine(siblings: readonly SyntaxNode[], source: string): boolean {
  return siblings.some((node, index) => {
    const next = siblings[index + 1];
    return next !== undefined && /\n[ \t>]*\n/.test(source.slice(node.to, next.from));
  });
}

/** Every row has a cell for each column, so wide tables are bounded. A wider one is shown as its source. */
const maxColumns = 100;

function readTable(node: SyntaxNode, context: BlockContext): Table | Paragraph {
  const align = splitRow(readChildText(node, 'TableDelimiter', context)).map(readAlign);
  if (align.length > maxColumns) return readParagraph(node, context);
  const readRow = (row: SyntaxNode | null): TableRow => {
    const cells = row ? splitRow(withoutQuoteMarks(row, row.from, row.to, context.source)) : [];
    return { type: 'row', cells: align.map((_, index) => context.readInlines(cells[index] ?? '')) };
  };
  return {
    type: 'table',
    align,
    head: readRow(node.getChild('TableHeader')),
    rows: node.getChildren('TableRow').map(readRow),
  };
}

/** The cells of a line, `\|` unescaped: https://github.github.com/gfm/#tables-extension- */
function splitRow(line: string): readonly string[] {
  const trimmed = line.trim().replace(/^\|/, '');
  const cells = trimmed.match(/(?:[^|\\]|\\[^]?)+|\|/g) ?? [];
  const read: string[] = [''];
  for (const cell of cells) {
    if (cell === '|') read.push('');
    else read[read.length - 1] += cell.replaceAll(/\\\|/g, '|').trim();
  }
  if (read.length > 1 && read.at(-1) === '') read.pop();
  return read;
}

function readAlign(cell: string): CellAlign {
  if (/^:-+:$/.test(cell)) return 'center';
  if (cell.endsWith(':')) return 'end';
  return cell.startsWith(':') ? 'start' : undefined;
}

/** The lines of a leaf block without the marks of quotes around it and without white space before and after. */
function readLines(node: SyntaxNode, from: number, context: BlockContext, to = node.to): string {
  return withoutQuoteMarks(node, from, to, context.source)
    .replaceAll(/^[ \t]+/gm, '')
    .replace(/^[ \t\n]+/, '')
    .replace(trailingSpace, '');
}

/** A look-behind keeps it linear: without it every run of spaces inside would be tried from each of its places. */
const trailingSpace = /(?<![ \t\n])[ \t\n]+$/;

function withoutQuoteMarks(node: SyntaxNode, from: number, to: number, source: string): string {
  let text = '';
  let position = from;
  for (const mark of node.getChildren('QuoteMark')) {
    if (mark.from < position || mark.to > to) continue;
    text += source.slice(position, mark.from);
    position = mark.to;
  }
  return text + source.slice(position, to);
}

function readChildText(node: SyntaxNode, name: string, context: BlockContext): string {
  const child = node.getChild(name);
  return child ? context.source.slice(child.from, child.to) : '';
}

function joinCodeText(node: SyntaxNode, source: string): string {
  return node
    .getChildren('CodeText')
    .map((part) => source.slice(part.from, part.to))
    .join('');
}

function isClosed(fence: SyntaxNode): boolean {
  return fence.getChildren('CodeMark').length > 1;
}

/** The lines of a fenced block lose as much indentation as their fence has: https://spec.commonmark.org/0.31.2/#fenced-code-blocks */
function readFencedText(node: SyntaxNode, source: string): string {
  // The line that the last '\n' of an open fence began may yet become the closing one.
  const text = isClosed(node) ? joinCodeText(node, source) : joinCodeText(node, source).replace(/\n$/, '');
  const firstLine = node.getChildren('CodeText').find((part) => source[part.from] !== '\n');
  if (!firstLine) return text;
  const indent = columnOf(node.from, source) - columnOf(firstLine.from, source);
  return indent > 0 ? text.replaceAll(new RegExp(`^ {1,${indent}}`, 'gm'), '') : text;
}

function columnOf(position: number, source: string): number {
  return position - (source.lastIndexOf('\n', position - 1) + 1);
}
