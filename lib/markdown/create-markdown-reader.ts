import type { SyntaxNode, Tree } from '@lezer/common';
import type { MarkdownParser } from '@lezer/markdown';
import { createBlockParser } from './block-parser';
import { createInlineParser } from './inline-parser';
import { normalizeLabel, readDestination, readTitle } from './link-syntax';
import type { Inline, MarkdownDocument, TopBlock } from './nodes';
import { readBlock } from './read-blocks';
import { type Definition, readInlines } from './read-inlines';
import { shareUnchanged } from './share-unchanged';
import { readWebAddress, type WebAddress } from './web-address';

export interface MarkdownReader {
  /**
   * Reads a text that is, as a rule, the previous one with more at its end. Only blocks that the new text can change are
   * parsed again. The result equals what a new reader would make of the whole text, and every part of it that equals
   * its counterpart in the previous result is the same object.
   */
  read(text: string): MarkdownDocument;
}

export interface MarkdownReaderOptions {
  /** Decides which destinations become links, and to which address. By default http, https and mailto. */
  readonly readAddress?: (destination: string) => WebAddress | undefined;
}

/** A top-level block and the source it was read from. */
interface Section {
  readonly from: number;
  readonly to: number;
  /** Undefined for a link definition, which shows nothing. */
  readonly top: TopBlock | undefined;
  /** The labels that its text may refer to, defined or not: when their definition changes, it is read again. */
  readonly labels: ReadonlySet<string>;
}

interface ReadText {
  readonly inlines: readonly Inline[];
  readonly labels: ReadonlySet<string>;
}

type Definitions = ReadonlyMap<string, Definition>;

/** It holds no state, so one serves all readers; made at the first use. */
let blockParser: MarkdownParser | undefined;

/** Reads CommonMark with the tables, task lists, strikethrough and autolinks of GFM. https://github.github.com/gfm/ */
export function createMarkdownReader(options: MarkdownReaderOptions = {}): MarkdownReader {
  const readAddress = options.readAddress ?? readWebAddress;
  blockParser ??= createBlockParser();
  const blocks = blockParser;
  const inlineParser = createInlineParser((label) => findDefinition(label) !== undefined);

  let text = '';
  let document: MarkdownDocument = { blocks: [] };
  /** Sections that no further text can change but for their definitions, and where the rest begins. */
  let closed: Section[] = [];
  let closedTo = 0;
  let closedDefinitions: Definitions = new Map();
  let definitions: Definitions = new Map();
  /** The other sections of the last read by their place. */
  let open: ReadonlyMap<number, Section> = new Map();
  /** Text that was read lately: blocks that are still open are read again and again. */
  let recent = new Map<string, ReadText>();
  let previous = new Map<string, ReadText>();
  let labelsInUse = new Set<string>();

  function findDefinition(label: string): Definition | undefined {
    const name = normalizeLabel(label);
    labelsInUse.add(name);
    return definitions.get(name);
  }

  function readText(source: string, sectionLabels: Set<string>): readonly Inline[] {
    let found = recent.get(source) ?? previous.get(source);
    if (!found) {
      labelsInUse = new Set();
      found = {
        inlines: readInlines(source, { parser: inlineParser, findDefinition, readAddress }),
        labels: labelsInUse,
      };
    }
    recent.set(source, found);
    for (const label of found.labels) sectionLabels.add(label);
    return found.inlines;
  }

  function readSection(node: SyntaxNode, source: string, offset: number): Section {
    const labels = new Set<string>();
    const block = readBlock(node, { source, readInlines: (inlineSource) => readText(inlineSource, labels) });
    const from = offset + node.from;
    return { from, to: offset + node.to, top: block && { key: String(from), block }, labels };
  }

  function share(section: Section): Section {
    return { ...section, top: shareUnchanged(open.get(section.from)?.top, section.top) };
  }

  /** Reads closed sections again whose labels have got another meaning. */
  function updateClosed(changed: ReadonlySet<string>): void {
    recent = new Map();
    previous = new Map();
    closed = closed.map((section) => {
      if (section.labels.isDisjointFrom(changed)) return section;
      const lineStart = text.lastIndexOf('\n', section.from - 1) + 1;
      const source = copyText(text.slice(lineStart, section.to));
      const node = blocks.parse(source).topNode.firstChild;
      if (!node) return section;
      const again = readSection(node, source, lineStart);
      return { ...again, top: shareUnchanged(section.top, again.top) };
    });
  }

  return {
    read(nextText) {
      const normalized = normalizeText(nextText);
      if (normalized === text) return document;
      if (!normalized.startsWith(text)) {
        closed = [];
        closedTo = 0;
        closedDefinitions = new Map();
      }
      text = normalized;
      const source = copyText(text.slice(closedTo));
      const tree = blocks.parse(source);
      const nodes = childrenOf(tree);

      const nextDefinitions = addDefinitions(closedDefinitions, nodes, source);
      const changed = changedLabels(definitions, nextDefinitions);
      definitions = nextDefinitions;
      if (changed.size > 0) updateClosed(changed);

      const offset = closedTo;
      const sections = nodes.map((node) => share(readSection(node, source, offset)));
      previous = recent;
      recent = new Map();
      document = { blocks: [...closed, ...sections].flatMap(({ top }) => top ?? []) };

      const closedCount = countClosed(nodes, source);
      if (closedCount > 0) {
        closed.push(...sections.slice(0, closedCount));
        closedDefinitions = addDefinitions(closedDefinitions, nodes.slice(0, closedCount), source);
        const rest = nodes[closedCount];
        closedTo = offset + (rest ? source.lastIndexOf('\n', rest.from - 1) + 1 : source.length);
      }
      open = new Map(sections.slice(closedCount).map((section) => [section.from, section]));
      return document;
    },
  };
}

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

function childrenOf(tree: Tree): readonly SyntaxNode[] {
  const nodes: SyntaxNode[] = [];
  for (let node = tree.topNode.firstChild; node; node = node.nextSibling) nodes.push(node);
  return nodes;
}

/**
 * How many of the blocks can't change whatever is appended.
 *
 * Block structure is found line by line, so a block is closed when the next one begins on a line that is complete. One
 * more complete line is asked for, because a table is known by its second line; and a definition is closed only when the
 * block right below it is, because a title that began there may yet end.
 */
function countClosed(nodes: readonly SyntaxNode[], source: string): number {
  const lastLine = source.lastIndexOf('\n') + 1;
  const lastCompleteLine = lastLine > 0 ? source.lastIndexOf('\n', lastLine - 2) + 1 : 0;
  for (let index = nodes.length - 1; index > 0; index -= 1) {
    const node = nodes[index];
    const before = nodes[index - 1];
    if (!node || !before || node.from >= lastCompleteLine) continue;
    const isBelowDefinition = before.name === 'LinkReference' && !/\n[ \t]*\n/.test(source.slice(before.to, node.from));
    if (!isBelowDefinition) return index;
  }
  return 0;
}

/** The first definition of a label counts: https://spec.commonmark.org/0.31.2/#link-reference-definitions */
function addDefinitions(before: Definitions, nodes: readonly SyntaxNode[], source: string): Definitions {
  const found = new Map(before);
  for (const top of nodes) {
    top.cursor().iterate((node) => {
      if (node.name === 'LinkReference') {
        const { label, definition } = readDefinition(node.node, source);
        if (!found.has(label)) found.set(label, definition);
      }
      return !node.type.is('LeafBlock');
    });
  }
  return found;
}

function readDefinition(node: SyntaxNode, source: string): { readonly label: string; readonly definition: Definition } {
  const slice = (name: string) => {
    const child = node.getChild(name);
    return child ? source.slice(child.from, child.to) : '';
  };
  const title = slice('LinkTitle');
  return {
    label: normalizeLabel(slice('LinkLabel').slice(1, -1)),
    definition: { destination: readDestination(slice('URL')), ...(title === '' ? {} : { title: readTitle(title) }) },
  };
}

function changedLabels(before: Definitions, after: Definitions): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const label of new Set([...before.keys(), ...after.keys()])) {
    const [old, current] = [before.get(label), after.get(label)];
    if (old?.destination !== current?.destination || old?.title !== current?.title) changed.add(label);
  }
  return changed;
}
