import { decodeEscapes } from './decode-escapes';
import type { AlertKind, Block, Code, Inline, List, ListItem, Quote, Table, TableRow } from './nodes';
import { readWholeMath } from './math-syntax';
import type { SourceBlock } from './source-block';
import { readDelimiterRow, splitRow } from './table-syntax';

export interface BlockContext {
  /** Reads the text of a block; of the last one of a text that grows, what is half typed is left out. */
  readonly readText: (text: string, isLast: boolean) => readonly Inline[];
  /** The open block whose text is still being written, if there is one. */
  readonly growing: SourceBlock | undefined;
  /** Keeps what came of a block that is closed for good. */
  readonly once: <Node>(source: SourceBlock, make: () => Node) => Node;
}

/** Reads one block; one that shows nothing is undefined. */
export function readBlock(source: SourceBlock, context: BlockContext): Block | undefined {
  return context.once(source, () => makeBlock(source, context));
}

export function readChildren(source: SourceBlock, context: BlockContext): readonly Block[] {
  return source.children.flatMap((child) => readBlock(child, context) ?? []);
}

function makeBlock(source: SourceBlock, context: BlockContext): Block | undefined {
  const readWords = (text: string): readonly Inline[] => context.readText(text, source === context.growing);
  switch (source.kind) {
    case 'paragraph': {
      const children = readWords(source.text.replace(trailingSpace, ''));
      return children.length > 0 ? { type: 'paragraph', children } : undefined;
    }
    case 'heading':
      return { type: 'heading', level: levelOf(source), children: readWords(source.text.replace(trailingSpace, '')) };
    case 'quote':
      return readQuote(source, context);
    case 'list':
      return readList(source, context);
    case 'fenced-code':
    case 'indented-code':
      return readCode(source);
    case 'html':
      return { type: 'html', text: source.text.replace(trailingSpace, '') };
    case 'math':
      return { type: 'math-block', tex: readWholeMath(source.text) ?? source.text };
    case 'table':
      return readTable(source, context);
    case 'rule':
      return { type: 'rule' };
    case 'document':
    case 'item':
    case 'row':
    case 'footnote':
      return undefined;
  }
}

/** A look-behind keeps it linear: without it every run of spaces inside would be tried from each of its places. */
const trailingSpace = /(?<![ \t\n])[ \t\n]+$/;

const levels = [1, 2, 3, 4, 5, 6] as const;

function levelOf({ level }: SourceBlock): (typeof levels)[number] {
  return levels[level - 1] ?? 6;
}

const alertLine = /^\[!(note|tip|important|warning|caution)\][ \t]*(?:\n|$)/i;

const alertKinds: readonly AlertKind[] = ['note', 'tip', 'important', 'warning', 'caution'];

function readQuote(source: SourceBlock, context: BlockContext): Quote {
  const children = readChildren(source, context);
  const [first] = source.children;
  const mark = first?.kind === 'paragraph' ? alertLine.exec(first.text) : undefined;
  const alert = alertKinds.find((kind) => kind === mark?.[1]?.toLowerCase());
  if (!first || !mark || !alert) return { type: 'quote', children };
  const text = first.text.slice(mark[0].length).replace(trailingSpace, '');
  const words = context.readText(text, first === context.growing);
  const rest = children.slice(1);
  return {
    type: 'quote',
    alert,
    children: words.length > 0 ? [{ type: 'paragraph', children: words }, ...rest] : rest,
  };
}

function readList(source: SourceBlock, context: BlockContext): List {
  return {
    type: 'list',
    ordered: source.isOrdered,
    start: source.start,
    tight: !source.isLoose,
    items: source.children.map((item) => context.once(item, () => readItem(item, context))),
  };
}

/** https://github.github.com/gfm/#task-list-items-extension- */
function readItem(source: SourceBlock, context: BlockContext): ListItem {
  const children = readChildren(source, context);
  const [first] = source.children;
  const mark = first?.kind === 'paragraph' ? /^\[([ x])\][ \t]+(?=\S)/i.exec(first.text) : undefined;
  if (!first || !mark) return { type: 'item', children };
  const text = first.text.slice(mark[0].length).replace(trailingSpace, '');
  return {
    type: 'item',
    checked: mark[1] !== ' ',
    children: [
      { type: 'paragraph', children: context.readText(text, first === context.growing) },
      ...children.slice(1),
    ],
  };
}

function readCode({ kind, words, text, hasEnd }: SourceBlock): Code {
  const isFenced = kind === 'fenced-code';
  return {
    type: 'code',
    language: isFenced ? decodeEscapes(words.split(/\s/)[0] ?? '') : '',
    text: isFenced ? text : text.slice(0, -1),
    isClosed: hasEnd,
  };
}

/** Cells without a source that a table may have: its rows are as long as its head, whatever is in them. */
const maxEmptyCells = 10_000;

function readTable(source: SourceBlock, context: BlockContext): Table {
  const align = readDelimiterRow(source.words) ?? [];
  let emptyCells = 0;
  const rows = source.children.map((row) => {
    const read = context.once(row, (): TableRow => {
      const cells = splitRow(row.text).slice(0, align.length);
      const isLast = row === context.growing;
      return {
        type: 'row',
        cells: cells.map((cell, index) => context.readText(cell, isLast && index === cells.length - 1)),
      };
    });
    const missing = align.length - read.cells.length;
    emptyCells += missing;
    if (missing === 0 || emptyCells > maxEmptyCells) return read;
    return { ...read, cells: align.map((_, index) => read.cells[index] ?? []) };
  });
  const [head = { type: 'row', cells: [] }, ...body] = rows;
  return { type: 'table', align, head, rows: body };
}
