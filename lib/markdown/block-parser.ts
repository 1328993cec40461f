import {
  type BlockParser,
  type LeafBlock,
  type MarkdownConfig,
  type MarkdownParser,
  parser,
  Table,
  TaskList,
} from '@lezer/markdown';

/** Containers (quotes, lists and their items each count) that may be inside each other. What is deeper is text. */
export const maxBlockDepth = 32;

/** A paragraph longer than this ends at the next line, so that no text costs more than its length. */
const maxParagraphLength = 16_000;

/** The longest line that can be the second line of a table. */
const maxDelimiterLineLength = 2_000;

/** Inline syntax is read when a block becomes a node, by the parser that knows the definitions; see inline-parser.ts. */
const inlineParsers = [
  'Escape',
  'Entity',
  'InlineCode',
  'HTMLTag',
  'Emphasis',
  'HardBreak',
  'Link',
  'Image',
  'LinkEnd',
];

/** Parses the block structure alone: CommonMark, tables and task lists. */
export function createBlockParser(): MarkdownParser {
  return parser.configure([
    boundedTable(),
    TaskList,
    { remove: inlineParsers, parseBlock: [depthLimit, createParagraphLimit()] },
  ]);
}

const depthLimit: BlockParser = {
  name: 'DepthLimit',
  before: 'LinkReference',
  parse(context, line) {
    // The document itself is the first level.
    if (context.depth <= maxBlockDepth) return false;
    if (!/^(?:>|[-+*](?:\s|$)|\d{1,9}[.)])/.test(line.text.slice(line.pos, line.pos + 12))) return false;
    context.addElement(context.elt('Paragraph', context.lineStart + line.pos, context.lineStart + line.text.length));
    context.nextLine();
    return true;
  },
};

function createParagraphLimit(): BlockParser {
  const tables = new WeakMap<LeafBlock, boolean>();
  return {
    name: 'ParagraphLimit',
    endLeaf(_context, _line, leaf) {
      if (leaf.content.length < maxParagraphLength) return false;
      const isTable = tables.get(leaf) ?? hasDelimiterLine(leaf.content);
      tables.set(leaf, isTable);
      return !isTable;
    },
  };
}

function hasDelimiterLine(content: string): boolean {
  const second = content.split('\n', 2)[1] ?? '';
  return /^[\s|:-]+$/.test(second) && second.includes('|') && second.includes('-');
}

/** The table extension tries an expression on the next line that is quadratic in leading white space: short lines only. */
function boundedTable(): MarkdownConfig {
  const parsers = Table.parseBlock ?? [];
  return { ...Table, parseBlock: parsers.map(boundedTableParser) };
}

function boundedTableParser(table: BlockParser): BlockParser {
  return {
    ...table,
    endLeaf: (context, line, leaf) =>
      context.peekLine().length <= maxDelimiterLineLength && (table.endLeaf?.(context, line, leaf) ?? false),
  };
}
