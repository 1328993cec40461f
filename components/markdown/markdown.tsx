import { Fragment } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { createMarkdownReader } from '@/lib/markdown/create-markdown-reader';
import type { TopBlock } from '@/lib/markdown/nodes';
import { blockRenderers } from './block-renderers';
import { inlineRenderers } from './inline-renderers';
import type { MarkdownLabels } from './labels';
import { Once } from './once';
import { usePacedText } from './use-paced-text';
import { createView } from './view';

export type { MarkdownLabels } from './labels';

export interface MarkdownProps {
  readonly text: string;
  /** Shows the caret after the last text. */
  readonly streaming: boolean;
  /** Keep it the same object between renders: a new one draws every block again. */
  readonly labels: MarkdownLabels;
  /** Puts the text of a code block on the clipboard; rejects when it refuses. */
  readonly onCopy: (text: string) => Promise<void>;
}

/**
 * A Markdown text as elements of a closed list. Blocks that are finished are not rendered again while the text grows,
 * and no string is parsed as HTML. Loaded by `import()`, because the parser is larger than the rest of the panel.
 */
export default function Markdown({ text, streaming, labels, onCopy }: MarkdownProps) {
  const reader = useMemo(() => createMarkdownReader(), []);
  const latestCopy = useRef(onCopy);
  latestCopy.current = onCopy;
  const view = useMemo(
    () => createView({ labels, copy: (code) => latestCopy.current(code), blockRenderers, inlineRenderers }),
    [labels],
  );
  const drawn = usePacedText(text, streaming);
  const { blocks } = useMemo(() => reader.read(drawn), [reader, drawn]);
  return (
    <div class="markdown" data-streaming={streaming ? '' : undefined}>
      {cutIntoRuns(blocks).map((run) => (
        <Once
          key={run[0]?.key}
          of={[view, ...run]}
          make={() => run.map((top) => <Fragment key={top.key}>{view.blocks([top.block])}</Fragment>)}
        />
      ))}
    </div>
  );
}

/** Blocks of a run are passed over at once while none of them changes: a long answer has hundreds. */
const blocksPerRun = 24;

function cutIntoRuns(blocks: readonly TopBlock[]): readonly (readonly TopBlock[])[] {
  return Array.from({ length: Math.ceil(blocks.length / blocksPerRun) }, (_, run) =>
    blocks.slice(run * blocksPerRun, (run + 1) * blocksPerRun),
  );
}
