import {
  indentOf,
  isBlank,
  isSpaceAt,
  type LineCursor,
  restOfLine,
  skipColumns,
  skipOneSpace,
  skipSpace,
} from './line-cursor';
import { htmlStartOf } from './html-syntax';
import { isMathStart } from './math-syntax';
import type { SourceBlock, SourceKind } from './source-block';
import { readDelimiterRow, splitRow } from './table-syntax';

/** Containers (quotes, lists and their items each count) that may be inside each other. What is deeper is text. */
export const maxBlockDepth = 32;

/** What a start of a block is found with. */
export interface StartContext {
  readonly cursor: LineCursor;
  /** The innermost block that goes on in this line. */
  readonly container: SourceBlock;
  /** The line may as well be one more of a paragraph. */
  readonly isLazy: boolean;
  /** Closes what does not go on and begins a block inside what does. */
  readonly begin: (kind: SourceKind, fields?: Partial<SourceBlock>) => SourceBlock;
  /** Puts link definitions at the beginning of a paragraph away; false if nothing is left of it. */
  readonly takeDefinitions: (paragraph: SourceBlock) => boolean;
  /** Where the line before this one begins. */
  readonly previousFrom: number;
  /** The lines are read once more because the formula that they began with has no end. */
  readonly isMathAllowed: boolean;
}

/** `container`: others may begin in the rest of the line. `leaf`: none may. */
export type Started = 'container' | 'leaf' | undefined;

/** Tries all kinds of block at the next character of the line. */
export function startBlock(context: StartContext): Started {
  const { cursor } = context;
  if (indentOf(cursor) >= 4) return startIndentedCode(context);
  const starts = startsByCharacter[cursor.text[cursor.nextOffset] ?? ''];
  for (const start of starts ?? []) {
    const started = start(context);
    if (started) return started;
  }
  return undefined;
}

type Start = (context: StartContext) => Started;

const digitStarts: readonly Start[] = [startList];
const delimiterStarts: readonly Start[] = [startTable];

/** By the first character of a line, in the order in which they are tried. */
const startsByCharacter: Readonly<Record<string, readonly Start[]>> = {
  '>': [startQuote],
  '#': [startHeading],
  '`': [startFence],
  '~': [startFence],
  '<': [startHtml],
  '=': [startUnderline],
  '-': [startUnderline, startTable, startRule, startList],
  '*': [startRule, startList],
  _: [startRule],
  '+': [startList],
  '[': [startFootnote],
  $: [startMath],
  '\\': [startMath],
  '|': delimiterStarts,
  ':': delimiterStarts,
  ...Object.fromEntries(Array.from('0123456789', (digit) => [digit, digitStarts])),
};

function restAt({ cursor }: StartContext): string {
  return cursor.text.slice(cursor.nextOffset);
}

function isTooDeep({ container }: StartContext): boolean {
  return container.depth >= maxBlockDepth;
}

function startQuote(context: StartContext): Started {
  if (isTooDeep(context)) return undefined;
  takeQuoteMark(context.cursor);
  context.begin('quote');
  return 'container';
}

/** Moves past `>` and the space after it. */
export function takeQuoteMark(cursor: LineCursor): void {
  skipSpace(cursor);
  skipColumns(cursor, 1);
  skipOneSpace(cursor);
}

/** https://spec.commonmark.org/0.31.2/#atx-headings */
function startHeading(context: StartContext): Started {
  const mark = /^#{1,6}(?=[ \t]|$)/.exec(restAt(context))?.[0];
  if (mark === undefined) return undefined;
  const words = restAt(context).slice(mark.length).trim();
  const closing = /#*$/.exec(words)?.index ?? words.length;
  const isClosed = closing === 0 || /[ \t]/.test(words[closing - 1] ?? '');
  context.begin('heading', { level: mark.length, text: isClosed ? words.slice(0, closing).trim() : words });
  return 'leaf';
}

/** https://spec.commonmark.org/0.31.2/#fenced-code-blocks */
function startFence(context: StartContext): Started {
  const { cursor } = context;
  const fence = /^(?:`{3,}(?!.*`)|~{3,})/.exec(restAt(context))?.[0];
  if (fence === undefined) return undefined;
  const words = cursor.text.slice(cursor.nextOffset + fence.length).trim();
  const indent = indentOf(cursor);
  context.begin('fenced-code', { mark: fence[0] ?? '', level: fence.length, indent, words });
  return 'leaf';
}

function startHtml(context: StartContext): Started {
  const { container, isLazy } = context;
  const level = htmlStartOf(restAt(context), container.kind === 'paragraph' || isLazy);
  if (level === undefined) return undefined;
  context.begin('html', { level });
  return 'leaf';
}

/** https://spec.commonmark.org/0.31.2/#setext-headings */
function startUnderline(context: StartContext): Started {
  const { container } = context;
  if (container.kind !== 'paragraph' || !/^(?:=+|-+)[ \t]*$/.test(restAt(context))) return undefined;
  if (!context.takeDefinitions(container)) return undefined;
  container.kind = 'heading';
  container.level = restAt(context).startsWith('=') ? 1 : 2;
  return 'leaf';
}

function startRule(context: StartContext): Started {
  if (!/^(?:(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}|(?:-[ \t]*){3,})$/.test(restAt(context))) return undefined;
  context.begin('rule');
  return 'leaf';
}

/** The last line of a paragraph is the head of a table if this line is its delimiter row. */
function startTable(context: StartContext): Started {
  const { container } = context;
  if (container.kind !== 'paragraph') return undefined;
  const words = restAt(context);
  const align = readDelimiterRow(words);
  if (!align) return undefined;
  const head = container.text.slice(container.text.lastIndexOf('\n', container.text.length - 2) + 1);
  if (splitRow(head).length !== align.length) return undefined;
  // What is left of it closes, or goes if nothing is left.
  container.text = container.text.slice(0, -head.length);
  const table = context.begin('table', { words, from: context.previousFrom });
  table.firstLine -= 1;
  container.lastLine -= 1;
  context.begin('row', { text: head, isOpen: false });
  return 'leaf';
}

/** https://spec.commonmark.org/0.31.2/#list-items */
function startList(context: StartContext): Started {
  const { cursor, container } = context;
  const found = /^(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)/.exec(restAt(context));
  if (!found || isTooDeep(context)) return undefined;
  const [source, number] = found;
  const isOrdered = number !== undefined;
  if (container.kind === 'paragraph') {
    const isEmpty = cursor.text.slice(cursor.nextOffset + source.length).trim() === '';
    if (isEmpty || (isOrdered && Number(number) !== 1)) return undefined;
  }
  const list = { mark: source.at(-1) ?? '', isOrdered, start: Number(number ?? 1) };
  const item = { indent: indentOf(cursor), padding: takeListMark(cursor, source.length) };
  if (container.kind !== 'list' || container.mark !== list.mark) context.begin('list', list);
  context.begin('item', item);
  return 'container';
}

/** Moves past the mark and the space after it; the columns of both. */
function takeListMark(cursor: LineCursor, length: number): number {
  skipSpace(cursor);
  skipColumns(cursor, length);
  const spaces = indentOf(cursor);
  if (spaces >= 5 || isBlank(cursor)) {
    skipOneSpace(cursor);
    return length + 1;
  }
  skipColumns(cursor, spaces);
  return length + spaces;
}

function startIndentedCode(context: StartContext): Started {
  if (context.container.kind === 'paragraph' || context.isLazy || isBlank(context.cursor)) return undefined;
  skipColumns(context.cursor, 4);
  context.begin('indented-code');
  return 'leaf';
}

/** `[^label]:` at the beginning of a line of the document itself. */
function startFootnote(context: StartContext): Started {
  if (context.container.kind !== 'document') {
    if (!(context.container.kind === 'paragraph' && context.container.parent?.kind === 'document')) return undefined;
  }
  const found = /^\[\^([^\s[\]]{1,100})\]:/.exec(restAt(context));
  if (!found) return undefined;
  skipSpace(context.cursor);
  skipColumns(context.cursor, found[0].length);
  context.begin('footnote', { words: found[1] ?? '' });
  return 'container';
}

/** A line that begins with `$$` or `\[` begins a formula; what makes no whole formula is read again without it. */
function startMath(context: StartContext): Started {
  if (!context.isMathAllowed || !isMathStart(restAt(context))) return undefined;
  context.begin('math', { mark: restAt(context).slice(0, 2) });
  return 'leaf';
}

/** Whether a line begins with white space that its block does not count. */
export function readVerbatim(block: SourceBlock, cursor: LineCursor): string {
  if (block.kind === 'fenced-code') {
    for (let left = block.indent; left > 0 && isSpaceAt(cursor); left -= 1) skipColumns(cursor, 1);
  }
  return restOfLine(cursor);
}
