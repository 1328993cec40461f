/** Kinds of block in the source. */
export type SourceKind =
  | 'document'
  | 'quote'
  | 'list'
  | 'item'
  | 'footnote'
  | 'paragraph'
  | 'heading'
  | 'rule'
  | 'indented-code'
  | 'fenced-code'
  | 'html'
  | 'math'
  | 'table'
  | 'row';

/**
 * A block of the source while its lines come. All fields are there from the start, so that a copy of them is all there
 * is to know, and what a line changed can be taken back.
 */
export interface SourceBlock {
  kind: SourceKind;
  readonly parent: SourceBlock | undefined;
  readonly children: SourceBlock[];
  /** Blocks around it. */
  readonly depth: number;
  /** Where its first line begins in the text. */
  readonly from: number;
  firstLine: number;
  lastLine: number;
  isOpen: boolean;
  /** The lines of a leaf without the marks of the blocks around it, each with its '\n'; of fenced code, with one between them. */
  text: string;
  /** Of a heading: its level. Of fenced code: the length of its fence. Of HTML: the kind of its end. */
  level: number;
  /** The character of a fence, the bullet or delimiter of a list, what opens a formula. */
  mark: string;
  /** Columns before a list mark or a fence. */
  indent: number;
  /** Columns from the list mark to the text of the item. */
  padding: number;
  /** The first number of an ordered list. */
  start: number;
  isOrdered: boolean;
  isLoose: boolean;
  /** Of fenced code: its closing fence has come. */
  hasEnd: boolean;
  /** Words after a fence, the delimiter row of a table, the label of a footnote. */
  words: string;
  /** What came of it as it is now, and the labels in it: when their meaning changes, it is read again. */
  read: { readonly node: unknown; readonly labels: ReadonlySet<string> } | undefined;
}

export function createSourceBlock(
  kind: SourceKind,
  place: { readonly parent: SourceBlock | undefined; readonly from: number; readonly line: number },
): SourceBlock {
  return {
    kind,
    parent: place.parent,
    children: [],
    depth: place.parent ? place.parent.depth + 1 : 0,
    from: place.from,
    firstLine: place.line,
    lastLine: place.line,
    isOpen: true,
    text: '',
    level: 0,
    mark: '',
    indent: 0,
    padding: 0,
    start: 1,
    isOrdered: false,
    isLoose: false,
    hasEnd: false,
    words: '',
    read: undefined,
  };
}

/** The innermost block that is still open. */
export function findTip(root: SourceBlock): SourceBlock {
  let tip = root;
  for (let last = tip.children.at(-1); last?.isOpen; last = tip.children.at(-1)) tip = last;
  return tip;
}

/** Whether lines are added to it as they stand, without a look for blocks that begin in them. */
export function isVerbatim({ kind }: SourceBlock): boolean {
  return kind === 'indented-code' || kind === 'fenced-code' || kind === 'html' || kind === 'math';
}

/** The blocks that are open, from the outermost to the innermost. */
export function listOpenBlocks(root: SourceBlock): readonly SourceBlock[] {
  const open: SourceBlock[] = [];
  for (let block: SourceBlock | undefined = root; block?.isOpen; block = block.children.at(-1)) open.push(block);
  return open;
}

/** Remembers blocks as they are, and gives back a function that undoes whatever has happened to them since. */
export function rememberBlocks(blocks: readonly SourceBlock[]): () => void {
  const remembered = blocks.map((block) => {
    const fields = { ...block };
    const { length } = block.children;
    const last = block.children.at(-1);
    return (): void => {
      Object.assign(block, fields);
      block.children.length = length;
      if (last) block.children[length - 1] = last;
    };
  });
  return () => {
    for (const undo of remembered) undo();
  };
}
