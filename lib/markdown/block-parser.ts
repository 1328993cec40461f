import { readVerbatim, startBlock, takeQuoteMark } from './block-starts';
import { endsAtBlankLine, isHtmlEnd } from './html-syntax';
import {
  createLineCursor,
  indentOf,
  isBlank,
  type LineCursor,
  restOfLine,
  skipColumns,
  skipSpace,
} from './line-cursor';
import { type Definition, takeDefinition } from './link-definition';
import { normalizeLabel } from './link-syntax';
import { checkMath } from './math-syntax';
import {
  createSourceBlock,
  findTip,
  isVerbatim,
  listOpenBlocks,
  rememberBlocks,
  type SourceBlock,
  type SourceKind,
} from './source-block';

/** A paragraph longer than this ends at the next line, so that no text costs more than its length. */
const maxParagraphLength = 16_000;

export interface BlockParser {
  readonly root: SourceBlock;
  /** Link definitions by their labels; the first of a label counts. */
  readonly definitions: ReadonlyMap<string, Definition>;
  /** Footnotes by their labels; the first of a label counts. */
  readonly footnotes: ReadonlyMap<string, SourceBlock>;
  /** Takes one line, without its '\n'. What was closed before stays as it is for ever. */
  readonly addLine: (line: string) => void;
  /** Closes all blocks, as the end of the text does. Of a text that grows, a formula without its end is left out. */
  readonly finish: (growth: { readonly isGrowing: boolean }) => void;
  /** Runs `act` and takes back what it did to the blocks and definitions. */
  readonly attempt: <Result>(act: () => Result) => Result;
}

/**
 * Parses the block structure of CommonMark, tables, footnotes and formulas line by line, as the specification tells it:
 * the cost of a line depends on the line alone. https://spec.commonmark.org/0.31.2/#phase-1-block-structure
 */
export function createBlockParser(): BlockParser {
  const root = createSourceBlock('document', { parent: undefined, from: 0, line: 0 });
  const definitions = new Map<string, Definition>();
  const footnotes = new Map<string, SourceBlock>();
  let added: (() => void)[] = [];

  let from = 0;
  let previousFrom = 0;
  let lineNumber = 0;
  let cursor: LineCursor = createLineCursor('');
  let tip = root;
  /** The innermost block that goes on in this line. */
  let matched = root;
  /** The lines of the formula that is open, as they came; the blocks that it closed, and what opens them again. */
  let mathLines: string[] = [];
  let beforeMath: readonly SourceBlock[] = [];
  let undoMath = (): void => undefined;

  function remember<Value>(map: Map<string, Value>, name: string, value: Value): void {
    const label = normalizeLabel(name);
    if (map.has(label)) return;
    map.set(label, value);
    added.push(() => map.delete(label));
  }

  function takeDefinitions(paragraph: SourceBlock): boolean {
    while (paragraph.text.startsWith('[')) {
      const found = takeDefinition(paragraph.text);
      if (!found) break;
      remember(definitions, found.label, found.definition);
      paragraph.text = paragraph.text.slice(found.end);
    }
    return paragraph.text.trim() !== '';
  }

  function close(block: SourceBlock, line: number): void {
    block.isOpen = false;
    block.lastLine = line;
    switch (block.kind) {
      case 'paragraph':
        if (!takeDefinitions(block)) block.parent?.children.pop();
        return;
      case 'indented-code':
        block.text = block.text.replace(/\n(?:[ \t]*\n)+$/, '\n');
        block.lastLine = block.firstLine + block.text.split('\n').length - 2;
        return;
      case 'list':
        block.isLoose = block.isLoose || isLoose(block);
        block.lastLine = block.children.at(-1)?.lastLine ?? line;
        return;
      case 'item':
      case 'footnote':
        block.lastLine = block.children.at(-1)?.lastLine ?? block.firstLine;
        return;
      case 'document':
      case 'quote':
      case 'heading':
      case 'rule':
      case 'fenced-code':
      case 'html':
      case 'math':
      case 'table':
      case 'row':
    }
  }

  /** Closes the blocks that do not go on in this line. */
  function closeUnmatched(): void {
    while (tip !== matched) {
      const { parent } = tip;
      if (tip.isOpen) close(tip, lineNumber - 1);
      tip = parent ?? root;
    }
  }

  function begin(kind: SourceKind, fields: Partial<SourceBlock> = {}): SourceBlock {
    if (kind === 'math') {
      beforeMath = listOpenBlocks(root);
      undoMath = rememberBlocks(beforeMath);
    }
    closeUnmatched();
    while (!canHold(tip, kind)) {
      const { parent } = tip;
      if (tip.isOpen) close(tip, lineNumber - 1);
      tip = parent ?? root;
    }
    const block = createSourceBlock(kind, { parent: tip, from, line: lineNumber });
    Object.assign(block, fields);
    tip.children.push(block);
    if (kind === 'footnote') remember(footnotes, block.words, block);
    if (block.isOpen) tip = block;
    matched = tip;
    return block;
  }

  function goesOn(block: SourceBlock): boolean {
    switch (block.kind) {
      case 'document':
      case 'list':
        return true;
      case 'quote':
        if (indentOf(cursor) > 3 || cursor.text[cursor.nextOffset] !== '>') return false;
        takeQuoteMark(cursor);
        return true;
      case 'item':
        return goesOnInside(block, block.indent + block.padding);
      case 'footnote':
        return goesOnInside(block, 4);
      case 'indented-code':
        if (indentOf(cursor) >= 4) skipColumns(cursor, 4);
        else if (isBlank(cursor)) skipSpace(cursor);
        else return false;
        return true;
      case 'html':
        return !(isBlank(cursor) && endsAtBlankLine(block.level));
      case 'fenced-code':
        return true;
      case 'paragraph':
        return !isBlank(cursor) && block.text.length < maxParagraphLength;
      case 'table':
      case 'math':
        return !isBlank(cursor);
      case 'heading':
      case 'rule':
      case 'row':
        return false;
    }
  }

  function goesOnInside(block: SourceBlock, columns: number): boolean {
    if (isBlank(cursor)) {
      // An item that begins with a blank line ends at the next one.
      if (block.children.length === 0) return false;
      skipSpace(cursor);
      return true;
    }
    if (indentOf(cursor) < columns) return false;
    skipColumns(cursor, columns);
    return true;
  }

  function isClosingFence(block: SourceBlock): boolean {
    if (block.kind !== 'fenced-code' || indentOf(cursor) > 3) return false;
    const fence = cursor.text.slice(cursor.nextOffset).trimEnd();
    return fence.length >= block.level && fence === block.mark.repeat(fence.length);
  }

  function addLine(line: string, isMathAllowed = true): void {
    lineNumber += 1;
    cursor = createLineCursor(line);
    tip = findTip(root);
    if (tip.kind === 'math') mathLines.push(line);
    matched = root;
    for (let next = root.children.at(-1); next?.isOpen; next = matched.children.at(-1)) {
      if (isClosingFence(next)) {
        close(tip, lineNumber);
        tip.hasEnd = true;
        endLine(line);
        return;
      }
      if (!goesOn(next)) break;
      matched = next;
    }
    if (tip.kind === 'math' && tip !== matched) {
      readMathAgain(tip);
      return;
    }
    startBlocks(isMathAllowed);
    addText();
    if (tip.kind === 'math' && tip.isOpen) {
      if (tip.firstLine === lineNumber) mathLines = [line];
      const state = checkMath(tip.text);
      if (state === 'whole') {
        close(tip, lineNumber);
        beforeMath = [];
      }
      if (state === 'none') {
        readMathAgain(tip);
        return;
      }
    }
    endLine(line);
  }

  /** Whether the line goes on with a paragraph although it lacks the marks of the blocks around it. */
  function isLazy(): boolean {
    return matched !== tip && tip.kind === 'paragraph' && !isBlank(cursor) && tip.text.length < maxParagraphLength;
  }

  function startBlocks(isMathAllowed: boolean): void {
    if (isVerbatim(matched)) return;
    for (;;) {
      const started = startBlock({
        cursor,
        container: matched,
        isLazy: isLazy(),
        begin,
        takeDefinitions,
        previousFrom,
        isMathAllowed,
      });
      if (started !== 'container') return;
    }
  }

  function addText(): void {
    if (isLazy()) {
      tip.text += `${cursor.text.slice(cursor.nextOffset)}\n`;
      return;
    }
    closeUnmatched();
    switch (tip.kind) {
      case 'paragraph':
        tip.text += `${cursor.text.slice(cursor.nextOffset)}\n`;
        return;
      case 'html':
        tip.text += `${restOfLine(cursor)}\n`;
        if (isHtmlEnd(tip.level, cursor.text.slice(cursor.offset))) close(tip, lineNumber);
        return;
      case 'fenced-code':
        // The line of the fence itself is none of the code.
        if (tip.firstLine === lineNumber) return;
        // Only ever added to: a string that is cut is copied, and there may be very many lines.
        tip.text += `${tip.lastLine === tip.firstLine ? '' : '\n'}${readVerbatim(tip, cursor)}`;
        tip.lastLine = lineNumber;
        return;
      case 'indented-code':
        tip.text += `${restOfLine(cursor)}\n`;
        return;
      case 'math':
        tip.text += `${cursor.text.slice(cursor.nextOffset)}\n`;
        return;
      case 'table':
        // Its first two lines are its head and its delimiter row.
        if (tip.firstLine < lineNumber - 1) begin('row', { text: cursor.text.slice(cursor.nextOffset), isOpen: false });
        return;
      case 'heading':
      case 'rule':
        close(tip, lineNumber);
        return;
      case 'document':
      case 'quote':
      case 'list':
      case 'item':
      case 'footnote':
      case 'row':
        if (!isBlank(cursor)) begin('paragraph', { text: `${cursor.text.slice(cursor.nextOffset)}\n` });
    }
  }

  /** It was no formula: its lines, and the one that showed it, are read as any others. */
  function readMathAgain(block: SourceBlock): void {
    const lines = mathLines;
    mathLines = [];
    beforeMath = [];
    undoMath();
    lineNumber -= lines.length;
    from = block.from;
    for (const line of lines) addLine(line, false);
  }

  function endLine(line: string): void {
    previousFrom = from;
    from += line.length + 1;
  }

  function finish({ isGrowing }: { readonly isGrowing: boolean }): void {
    tip = findTip(root);
    if (tip.kind === 'math') {
      if (isGrowing) tip.parent?.children.pop();
      else readMathAgain(tip);
    }
    tip = findTip(root);
    lineNumber += 1;
    matched = root;
    closeUnmatched();
  }

  return {
    root,
    definitions,
    footnotes,
    addLine,
    finish,
    attempt(act) {
      const undo = rememberBlocks([...new Set([...listOpenBlocks(root), ...beforeMath])]);
      const state = { from, previousFrom, lineNumber, beforeMath, undoMath, mathLines: [...mathLines] };
      added = [];
      const result = act();
      for (const takeBack of added) takeBack();
      undo();
      ({ from, previousFrom, lineNumber, beforeMath, undoMath, mathLines } = state);
      return result;
    },
  };
}

function canHold(block: SourceBlock, kind: SourceKind): boolean {
  switch (block.kind) {
    case 'document':
    case 'quote':
    case 'item':
    case 'footnote':
      return kind !== 'item' && kind !== 'row';
    case 'list':
      return kind === 'item';
    case 'table':
      return kind === 'row';
    case 'paragraph':
    case 'heading':
    case 'rule':
    case 'indented-code':
    case 'fenced-code':
    case 'html':
    case 'math':
    case 'row':
      return false;
  }
}

/** https://spec.commonmark.org/0.31.2/#loose */
function isLoose(list: SourceBlock): boolean {
  return hasBlankLine(list.children) || list.children.some((item) => hasBlankLine(item.children));
}

function hasBlankLine(blocks: readonly SourceBlock[]): boolean {
  return blocks.some((block, index) => {
    const next = blocks[index + 1];
    return next !== undefined && next.firstLine !== block.lastLine + 1;
  });
}
