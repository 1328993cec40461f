/** The view of answers in a page of the web, which has no policy: what happens here the view allows by itself. */
import { render } from 'preact';
import Markdown from '@/components/markdown/markdown';
import { markdownLabels as labels } from '@/components/testing/markdown-labels';
import '@/components/markdown/markdown.css';

declare global {
  interface Window {
    showAnswer: (text: string, streaming: boolean) => void;
  }
}

const onCopy = (): Promise<void> => Promise.resolve();

window.showAnswer = (text, streaming) => {
  const root = document.getElementById('answer');
  if (!root) return;
  render(
    <Markdown text={text} streaming={streaming} labels={labels} onCopy={onCopy} onDownload={() => undefined} />,
    root,
  );
};
