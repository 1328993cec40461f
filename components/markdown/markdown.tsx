import { useSignal } from '@preact/signals';
import { Fragment } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { createMarkdownReader } from '@/lib/markdown/create-markdown-reader';
import type { TopBlock } from '@/lib/markdown/nodes';
import { blockRenderers } from './block-renderers';
import { copyFormulas } from './copy-formulas';
import { FootnoteLabels, Footnotes } from './footnotes';
import { inlineRenderers } from './inline-renderers';
import type { MarkdownLabels } from './labels';
import { LongAddress } from './long-address';
import { Once } from './once';
import { usePacedText } from './use-paced-text';
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
  const drawn = usePacedText(text, streaming);
  const { blocks, footnotes } = useMemo(() => reader.read(drawn, { isGrowing: streaming }), [reader, drawn, streaming]);
  const footnoteLabels = useMemo(() => footnotes.map(({ label }) => label), [footnotes]);
  return (
    <FootnoteLabels.Provider value={footnoteLabels}>
      <div class="markdown" data-streaming={streaming ? '' : undefined} onCopy={copyFormulas}>
        {cutIntoRuns(blocks).map((run) => (
          <Once
            key={run[0]?.key}
            of={[view, ...run]}
            make={() => run.map((top) => <Fragment key={top.key}>{view.blocks([top.block])}</Fragment>)}
          />
        ))}
        {footnotes.length > 0 && <Footnotes footnotes={footnotes} view={view} />}
      </div>
      {longAddress !== undefined && (
        <LongAddress href={longAddress} labels={labels} onClose={() => askBeforeOpening(undefined)} />
      )}
    </FootnoteLabels.Provider>
  );
}

/** Blocks of a run are passed over at once while none of them changes: a long answer has hundreds. */
const blocksPerRun = 24;

function cutIntoRuns(blocks: readonly TopBlock[]): readonly (readonly TopBlock[])[] {
  return Array.from({ length: Math.ceil(blocks.length / blocksPerRun) }, (_, run) =>
    blocks.slice(run * blocksPerRun, (run + 1) * blocksPerRun),
  );
}
