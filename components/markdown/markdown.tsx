import { useSignal } from '@preact/signals';
import { Fragment } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { createMarkdownReader } from '@/lib/markdown/create-markdown-reader';
import { blockRenderers } from './block-renderers';
import { inlineRenderers } from './inline-renderers';
import type { MarkdownLabels } from './labels';
import { createView } from './view';

export type { MarkdownLabels } from './labels';
export { loadCodeBlock } from './lazy-code-block';

export interface MarkdownProps {
  readonly text: string;
  /** Shows the caret after the last text. */
  readonly streaming: boolean;
  /** Keep it the same object between renders: a new one draws every block again. */
  readonly labels: MarkdownLabels;
  /** Puts the text of a code block on the clipboard; rejects when it refuses. */
  readonly onCopy: (text: string) => Promise<void>;
  /** Saves the text of a code block as a file; called in the user's act. */
  readonly onDownload: (name: string, text: string) => void;
}

/**
 * A Markdown text as elements of a closed list. Blocks that are finished are not rendered again while the text grows,
 * and no string is parsed as HTML. Loaded by `import()`, because the parser is larger than the rest of the panel.
 */
export default function Markdown({ text, streaming, labels, onCopy, onDownload }: MarkdownProps) {
  const reader = useMemo(() => createMarkdownReader(), []);
  const latestCopy = useRef(onCopy);
  latestCopy.current = onCopy;
  const latestDownload = useRef(onDownload);
  latestDownload.current = onDownload;
  const isStreaming = useSignal(streaming);
  isStreaming.value = streaming;
  const view = useMemo(
    () =>
      createView({
        labels,
        isStreaming,
        copy: (code) => latestCopy.current(code),
        download: (name, code) => latestDownload.current(name, code),
        blockRenderers,
        inlineRenderers,
      }),
    [labels],
  );
  const { blocks } = useMemo(() => reader.read(text), [reader, text]);
  return (
    <div class="markdown" data-streaming={streaming ? '' : undefined}>
      {blocks.map((top) => view.once('top', top, () => <Fragment key={top.key}>{view.blocks([top.block])}</Fragment>))}
    </div>
  );
}
