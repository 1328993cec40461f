import type { AlertKind } from '@/lib/markdown/nodes';

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
  /** Stands above an alert of each kind. */
  readonly alerts: Readonly<Record<AlertKind, string>>;
  /** Names the footnotes below a text, and one of them, before its number. */
  readonly footnotes: string;
  readonly footnote: string;
  readonly backToText: string;
  /** Asks whether the address that it stands above is to be opened. */
  readonly longAddress: string;
  readonly openLink: string;
  readonly cancel: string;
}
