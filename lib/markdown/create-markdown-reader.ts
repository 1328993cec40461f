import { type BlockParser, createBlockParser } from './block-parser';
import { cutIntoPieces } from './cut-into-pieces';
import { cutHalfTyped, isHalfFence, isUnknownLine } from './half-typed';
import type { Definition } from './link-definition';
import { normalizeLabel } from './link-syntax';
import type { Block, Footnote, Inline, MarkdownDocument, TopBlock } from './nodes';
import { type BlockContext, readBlock, readChildren } from './read-blocks';
import { readInlines } from './read-inlines';
import { shareUnchanged } from './share-unchanged';
import { findTip, type SourceBlock } from './source-block';
import { readWebAddress, type WebAddress } from './web-address';

export interface MarkdownReader {
  /**
   * Reads a text that is, as a rule, the previous one with more at its end. Only lines that came since then are parsed,
   * and only blocks that they can change are read again. The result equals what a new reader would make of the whole
   * text, and every part of it that equals its counterpart in the previous result is the same object.
   */
  readonly read: (text: string, growth?: Growth) => MarkdownDocument;
}

export interface Growth {
  /** More is to come: marks that are half typed at the end of the text are not shown yet. */
  readonly isGrowing: boolean;
}

export interface MarkdownReaderOptions {
  /** Decides which destinations become links, and to which address. By default http, https and mailto. */
  readonly readAddress?: (destination: string) => WebAddress | undefined;
}

/** A piece of text that was read, and the labels that were asked for. */
interface ReadText {
  readonly node: readonly Inline[];
  readonly labels: ReadonlySet<string>;
}

type Definitions = ReadonlyMap<string, Definition>;

/**
 * Reads CommonMark with the tables, task lists, strikethrough and autolinks of GFM, the footnotes and alerts of GitHub,
 * and formulas. https://spec.commonmark.org/0.31.2/ · https://github.github.com/gfm/
 */
export function createMarkdownReader(options: MarkdownReaderOptions = {}): MarkdownReader {
  const readAddress = options.readAddress ?? readWebAddress;
  let parser: BlockParser = createBlockParser();
  /** The text of the last read, and how much of it were whole lines. */
  let text = '';
  let parsedTo = 0;
  let document: MarkdownDocument = { blocks: [], footnotes: [] };
  let isGrowing = false;
  let definitions: Definitions = new Map();
  let footnotes: ReadonlySet<string> = new Set();
  /** Those of the last read that were not closed for good, by their keys. */
  let open: ReadonlyMap<string, TopBlock> = new Map();
  /** By their blocks, so that a block that is the same is in the same object. */
  const tops = new WeakMap<Block, TopBlock>();
  /** Pieces of text that were read lately: what is still open is read again and again. */
  let recent = new Map<string, ReadText>();
  let previous = new Map<string, ReadText>();
  /** The labels that were asked for by the text that is being read, defined or not. */
  let labels = new Set<string>();
  let context: BlockContext = { readText, once, growing: undefined };

  function findDefinition(label: string): Definition | undefined {
    const name = normalizeLabel(label);
    labels.add(name);
    return definitions.get(name);
  }

  function findFootnote(label: string): string | undefined {
    const name = normalizeLabel(label);
    labels.add(footnoteMark + name);
    return footnotes.has(name) ? name : undefined;
  }

  /** Runs `make` and adds the labels that it asked for to those of what is around it. */
  function collectLabels<Node>(make: () => Node): { readonly node: Node; readonly labels: ReadonlySet<string> } {
    const outer = labels;
    labels = new Set();
    const made = { node: make(), labels };
    labels = outer;
    addLabels(made.labels);
    return made;
  }

  function addLabels(found: ReadonlySet<string>): void {
    for (const label of found) labels.add(label);
  }

  function readText(source: string, isLast: boolean): readonly Inline[] {
    const isLastOfAll = isLast && isGrowing;
    const pieces = cutIntoPieces(isLastOfAll ? cutHalfTyped(source) : source);
    const last = pieces.length - 1;
    const inlines = pieces.map((piece, index) => readPiece(piece, isLastOfAll && index === last));
    return inlines.length === 1 ? (inlines[0] ?? []) : joinTexts(inlines.flat());
  }

  function readPiece(piece: string, isLastOfAll: boolean): readonly Inline[] {
    const name = isLastOfAll ? `\0${piece}` : piece;
    let found = recent.get(name) ?? previous.get(name);
    if (found) addLabels(found.labels);
    else {
      found = collectLabels(() =>
        readInlines(piece, { isGrowing: isLastOfAll, readAddress, findDefinition, findFootnote }),
      );
    }
    recent.set(name, found);
    return found.node;
  }

  /** What came of a block stays with it until the parser takes back what was done to the block. */
  function once<Node>(source: SourceBlock, make: () => Node): Node {
    if (source.read) addLabels(source.read.labels);
    else source.read = collectLabels(make);
    // What is kept was made by the same call for the same block.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    return source.read.node as Node;
  }

  /** Takes the definitions of the text as it is now; what refers to those that have changed is to be read again. */
  function updateDefinitions(): boolean {
    const changed = changedLabels(definitions, parser.definitions);
    for (const name of footnotes) if (!parser.footnotes.has(name)) changed.add(footnoteMark + name);
    for (const name of parser.footnotes.keys()) if (!footnotes.has(name)) changed.add(footnoteMark + name);
    if (changed.size === 0) return false;
    definitions = new Map(parser.definitions);
    footnotes = new Set(parser.footnotes.keys());
    recent = new Map();
    previous = new Map();
    forgetReferring(parser.root, changed);
    return true;
  }

  /** The text as if it ended here, without its last line if that is `undefined`. */
  function readAll(lastLine: string | undefined): MarkdownDocument {
    const { root } = parser;
    const closedCount = root.children.filter((child) => !child.isOpen).length;
    const before = findLastBlock(root);
    if (lastLine !== undefined) parser.addLine(lastLine);
    const last = findLastBlock(root);
    const growing = last !== before || last.isOpen ? last : undefined;
    parser.finish({ isGrowing });
    const known = updateDefinitions() ? new Map(document.blocks.map((top) => [top.key, top])) : open;

    context = { readText, once, growing: isGrowing ? growing : undefined };
    const nextOpen = new Map<string, TopBlock>();
    const blocks: TopBlock[] = [];
    for (const [index, source] of root.children.entries()) {
      const top = readTop(source, known);
      if (!top) continue;
      blocks.push(top);
      // The last that is closed may be opened again by the block below it, if that turns out to be no formula.
      if (index >= closedCount - 1) nextOpen.set(top.key, top);
    }
    open = nextOpen;
    return { blocks, footnotes: footnotes.size === 0 ? [] : readFootnotes(root) };
  }

  function readTop(source: SourceBlock, known: ReadonlyMap<string, TopBlock>): TopBlock | undefined {
    if (source.kind === 'footnote') return undefined;
    const key = String(source.from);
    const block = readBlock(source, context);
    const before = known.get(key);
    if (!block || before?.block === block) return block && before;
    const made = tops.get(block);
    const top = made?.key === key ? made : shareUnchanged(before, { key, block });
    tops.set(top.block, top);
    if (source.read) source.read = { ...source.read, node: top.block };
    return top;
  }

  /** In the order in which they are referred to; what a footnote refers to comes after what the text does. */
  function readFootnotes(root: SourceBlock): readonly Footnote[] {
    const names = new Set<string>();
    const addNames = (source: SourceBlock | undefined): void => {
      for (const label of source?.read?.labels ?? []) {
        if (label.startsWith(footnoteMark) && footnotes.has(label.slice(1))) names.add(label.slice(1));
      }
    };
    for (const source of root.children) if (source.kind !== 'footnote') addNames(source);
    const found: Footnote[] = [];
    // Names that are added on the way are visited, too.
    for (const label of names) {
      const source = parser.footnotes.get(label);
      if (!source) continue;
      found.push(once(source, () => ({ type: 'footnote', label, children: readChildren(source, context) })));
      addNames(source);
    }
    return shareUnchanged(document.footnotes, found);
  }

  return {
    read(nextText, growth) {
      // As a rule only the end is new, and there is nothing in it to be changed.
      const isLonger = nextText.startsWith(text) && !/[\r\0]/.test(nextText.slice(text.length));
      const normalized = isLonger ? nextText : normalizeText(nextText);
      const nextGrowing = growth?.isGrowing ?? false;
      if (normalized === text && nextGrowing === isGrowing) return document;
      if (!isLonger && !normalized.startsWith(text)) {
        parser = createBlockParser();
        parsedTo = 0;
        recent = new Map();
        previous = new Map();
      }
      text = normalized;
      isGrowing = nextGrowing;
      const lines = copyText(text.slice(parsedTo)).split('\n');
      const lastLine = lines.pop() ?? '';
      for (const line of lines) parser.addLine(line);
      parsedTo = text.length - lastLine.length;
      const isHeldBack = isGrowing && isHalfTypedLine(lastLine, findTip(parser.root));
      document = parser.attempt(() => readAll(lastLine === '' || isHeldBack ? undefined : lastLine));
      previous = recent;
      recent = new Map();
      return document;
    },
  };
}

/** Stands before the labels of footnotes, where they are among those of links. */
const footnoteMark = '^';

/**
 * The text in a memory of its own. A slice keeps the whole that it was cut from: blocks of an answer of 200 kB, each cut from
 * another state of it, would keep 200 MB.
 */
function copyText(text: string): string {
  return ` ${text}`.slice(1);
}

/** Line endings are '\n'; a NUL is not text. https://spec.commonmark.org/0.31.2/#insecure-characters */
function normalizeText(text: string): string {
  const withLineFeeds = text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text;
  return withLineFeeds.includes('\0') ? withLineFeeds.replaceAll('\0', '\uFFFD') : withLineFeeds;
}

function isHalfTypedLine(line: string, tip: SourceBlock): boolean {
  if (tip.kind === 'fenced-code') return isHalfFence(line, tip.mark);
  return tip.kind !== 'table' && tip.kind !== 'html' && isUnknownLine(line);
}

/** The last block of all, open or not. */
function findLastBlock(root: SourceBlock): SourceBlock {
  let block = root;
  for (let last = block.children.at(-1); last; last = block.children.at(-1)) block = last;
  return block;
}

function forgetReferring(block: SourceBlock, changed: ReadonlySet<string>): void {
  if (block.read?.labels.isDisjointFrom(changed)) return;
  block.read = undefined;
  for (const child of block.children) forgetReferring(child, changed);
}

function changedLabels(before: Definitions, after: Definitions): Set<string> {
  const changed = new Set<string>();
  for (const label of new Set([...before.keys(), ...after.keys()])) {
    const [old, current] = [before.get(label), after.get(label)];
    if (old?.destination !== current?.destination || old?.title !== current?.title) changed.add(label);
  }
  return changed;
}

/** Pieces of one text: where two texts meet they are one. */
function joinTexts(inlines: readonly Inline[]): readonly Inline[] {
  const joined: Inline[] = [];
  for (const inline of inlines) {
    const last = joined.at(-1);
    if (inline.type === 'text' && last?.type === 'text') {
      joined[joined.length - 1] = { type: 'text', text: last.text + inline.text };
    } else joined.push(inline);
  }
  return joined;
}
