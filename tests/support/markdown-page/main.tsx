/** The view of answers in a page of the web, which has no policy: what happens here the view allows by itself. */
import { render } from 'preact';
import Markdown, { type MarkdownLabels } from '@/components/markdown/markdown';
import '@/components/markdown/markdown.css';

declare global {
  interface Window {
    showAnswer: (text: string, streaming: boolean) => void;
  }
}

const labels: MarkdownLabels = {
  copyCode: 'Copy code',
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
  openLink: 'Open',
  cancel: 'Cancel',
};

const onCopy = (): Promise<void> => Promise.resolve();

window.showAnswer = (text, streaming) => {
  const root = document.getElementById('answer');
  if (root) render(<Markdown text={text} streaming={streaming} labels={labels} onCopy={onCopy} />, root);
};
