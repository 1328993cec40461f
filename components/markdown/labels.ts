/** The words that the Markdown view says itself. */
export interface MarkdownLabels {
  readonly copyCode: string;
  readonly copied: string;
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
