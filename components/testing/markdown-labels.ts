import type { MarkdownLabels } from '../markdown/labels';

export const markdownLabels: MarkdownLabels = {
  copyCode: 'Copy code',
  downloadCode: 'Download code',
  wrapLines: 'Wrap long lines',
  diagram: 'Diagram',
  diagramSource: 'Show the source of the diagram',
  copied: 'Copied',
  notCopied: 'Not copied',
  code: 'Code',
  table: 'Table',
  image: 'Image',
  taskDone: 'Done',
  taskOpen: 'Open',
  alerts: { note: 'Note', tip: 'Tip', important: 'Important', warning: 'Warning', caution: 'Caution' },
  footnotes: 'Footnotes',
  footnote: 'Footnote',
  backToText: 'Back to the text',
  longAddress: 'Open this long address?',
  openLink: 'Open link',
  cancel: 'Cancel',
};
