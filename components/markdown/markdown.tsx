import { useSignal } from '@preact/signals';
import { Fragment } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { createMarkdownReader } from '@/lib/markdown/create-markdown-reader';
import { blockRenderers } from './block-renderers';
import { copyFormulas } from './copy-formulas';
import { FootnoteLabels, Footnotes } from './footnotes';
import { inlineRenderers } from './inline-renderers';
import type { MarkdownLabels } from './labels';
import { LongAddress } from './long-address';
import { createView } from './view';

export type { MarkdownLabels } from './labels';

export interface MarkdownProps {
  readonly text: string;
  /** More is to come: shows the caret after the last text, and holds back marks that are half typed. */
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
  const [longAddress, askBeforeOpening] = useState<string>();
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
        askBeforeOpening,
        blockRenderers,
        inlineRenderers,
      }),
    [labels],
  );
  const { blocks, footnotes } = useMemo(() => reader.read(text, { isGrowing: streaming }), [reader, text, streaming]);
  const footnoteLabels = useMemo(() => footnotes.map(({ label }) => label), [footnotes]);
  return (
    <FootnoteLabels.Provider value={footnoteLabels}>
      <div class="markdown" data-streaming={streaming ? '' : undefined} onCopy={copyFormulas}>
        {blocks.map((top) =>
          view.once('top', top, () => <Fragment key={top.key}>{view.blocks([top.block])}</Fragment>),
        )}
        {footnotes.length > 0 && <Footnotes footnotes={footnotes} view={view} />}
      </div>
      {longAddress !== undefined && (
        <LongAddress href={longAddress} labels={labels} onClose={() => askBeforeOpening(undefined)} />
      )}
    </FootnoteLabels.Provider>
  );
}
