/** What a Markdown text says, as plain objects. Nothing in here is HTML, and no text of a model is ever parsed as HTML. */
export interface MarkdownDocument {
  /** Top-level blocks in order. A finished block is the same object in every read while the text only grows. */
  readonly blocks: readonly TopBlock[];
  /** Those that are referred to, in the order of their first reference, which is their number. */
  readonly footnotes: readonly Footnote[];
}

export interface Footnote {
  readonly type: 'footnote';
  readonly label: string;
  readonly children: readonly Block[];
}

/** A top-level block and where its text begins: `key` stays the same for as long as the text before it does. */
export interface TopBlock {
  readonly key: string;
  readonly block: Block;
}

export type Block = Paragraph | Heading | List | Quote | Code | Table | Rule | Html | MathBlock;

export interface Paragraph {
  readonly type: 'paragraph';
  readonly children: readonly Inline[];
}

export interface Heading {
  readonly type: 'heading';
  readonly level: 1 | 2 | 3 | 4 | 5 | 6;
  readonly children: readonly Inline[];
}

export interface List {
  readonly type: 'list';
  readonly ordered: boolean;
  /** The first number of an ordered list. */
  readonly start: number;
  /** A tight list shows the paragraphs of its items without space around them. https://spec.commonmark.org/0.31.2/#tight */
  readonly tight: boolean;
  readonly items: readonly ListItem[];
}

export interface ListItem {
  readonly type: 'item';
  /** Only items of a task list have it. */
  readonly checked?: boolean;
  readonly children: readonly Block[];
}

/** https://docs.github.com/en/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#alerts */
export type AlertKind = 'note' | 'tip' | 'important' | 'warning' | 'caution';

export interface Quote {
  readonly type: 'quote';
  /** Only alerts have it: quotes whose first line is `[!NOTE]` or another of the five kinds. */
  readonly alert?: AlertKind;
  readonly children: readonly Block[];
}

export interface Code {
  readonly type: 'code';
  /** The first word after the fence, '' where there is none. */
  readonly language: string;
  /** Lines joined by '\n', without one after the last. */
  readonly text: string;
  /** Its closing fence has come. */
  readonly isClosed: boolean;
}

export type CellAlign = 'start' | 'center' | 'end' | undefined;

export interface Table {
  readonly type: 'table';
  /** One entry for each column. */
  readonly align: readonly CellAlign[];
  readonly head: TableRow;
  readonly rows: readonly TableRow[];
}

/** As many cells as the table has columns; fewer only where a table has very many that are empty. */
export interface TableRow {
  readonly type: 'row';
  readonly cells: readonly (readonly Inline[])[];
}

export interface Rule {
  readonly type: 'rule';
}

/** A block of HTML source: it is shown as the text it is. */
export interface Html {
  readonly type: 'html';
  readonly text: string;
}

/** A formula on lines of its own. */
export interface MathBlock {
  readonly type: 'math-block';
  /** TeX, without the marks around it. */
  readonly tex: string;
}

export type Inline =
  | Text
  | Emphasis
  | Strong
  | Strike
  | CodeSpan
  | Link
  | Image
  | InlineImage
  | Math
  | FootnoteReference
  | Break;

/** Text as it is shown; a '\n' in it is a soft line break. Inline HTML is text, too. */
export interface Text {
  readonly type: 'text';
  readonly text: string;
}

export interface Emphasis {
  readonly type: 'emphasis';
  readonly children: readonly Inline[];
}

export interface Strong {
  readonly type: 'strong';
  readonly children: readonly Inline[];
}

export interface Strike {
  readonly type: 'strike';
  readonly children: readonly Inline[];
}

export interface CodeSpan {
  readonly type: 'code-span';
  readonly text: string;
}

/** A link to an address that may be opened. A link to anything else is its text alone. */
export interface Link {
  readonly type: 'link';
  readonly href: string;
  /** What is asked when the link is opened: the host, or a mail address. */
  readonly host: string;
  readonly title?: string;
  readonly children: readonly Inline[];
}

/** An image of the web. It is never fetched: it is shown as its words and its host, and opens in a tab. */
export interface Image {
  readonly type: 'image';
  readonly alt: string;
  readonly href: string;
  readonly host: string;
  readonly title?: string;
}

/** An image that is all in its address: `data:` of one of the usual raster types. */
export interface InlineImage {
  readonly type: 'inline-image';
  readonly alt: string;
  readonly src: string;
}

/** A formula inside a text. */
export interface Math {
  readonly type: 'math';
  /** TeX, without the marks around it. */
  readonly tex: string;
  /** Shown on a line of its own. */
  readonly isDisplay: boolean;
}

export interface FootnoteReference {
  readonly type: 'footnote-reference';
  /** The normalized label of a footnote of the document. */
  readonly label: string;
}

export interface Break {
  readonly type: 'break';
}
