/** The words that the Markdown view says itself. */
export interface MarkdownLabels {
  readonly copyCode: string;
  readonly copied: string;
  readonly downloadCode: string;
  /** Names the switch that breaks long lines. */
  readonly wrapLines: string;
  /** Names a drawn diagram. */
  readonly diagram: string;
  /** Names the switch that shows the source of a diagram in its place. */
  readonly diagramSource: string;
  /** The clipboard refused. */
  readonly notCopied: string;
  /** Names a block of code that has no language. */
  readonly code: string;
  /** Names the scrollable area around a table. */
  readonly table: string;
  /** Stands before the words of an image that is not loaded. */
  readonly image: string;
  readonly taskDone: string;
  readonly taskOpen: string;
}
