import { signal } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { createChunker } from '@/lib/code/create-chunker';
import type { Painter } from '@/lib/code/create-painter';
import { fileEndingOf } from '@/lib/code/languages';
import type { Code } from '@/lib/markdown/nodes';
import { useNearView } from '../ui/use-near-view';
import { CodeActions } from './code-actions';
import { CodeButton } from './code-button';
import { CodeText } from './code-text';
import type * as CodeTools from './code-tools';
import type { View } from './view';

const copiedForMs = 2_000;

const copyPath =
  'M7.100 5.500h4.800a1.600 1.600 0 0 1 1.600 1.600v4.800a1.600 1.600 0 0 1-1.600 1.600H7.100a1.600 1.600 0 0 1-1.600-1.600V7.100a1.600 1.600 0 0 1 1.600-1.600ZM10.500 5.500v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2';
const checkPath = 'm3 8.500 3.500 3.500 6.500-7.500';

/** What the first sight of an answer can do without: its colours and its drawings. */
const tools = signal<typeof CodeTools | undefined>(undefined);

export interface CodeBlockProps {
  readonly code: Code;
  readonly view: Pick<View, 'labels' | 'isStreaming' | 'copy' | 'download'>;
}

/**
 * Code with its language, and what can be done with it; its text is handed over exactly as it stands. It gets its colours
 * when it comes near what is seen. The source of a diagram is drawn, too, once it is finished.
 */
export function CodeBlock({ code: { language, text, isClosed }, view }: CodeBlockProps) {
  const { labels } = view;
  const [said, setSaid] = useState('');
  const [isWrapped, setIsWrapped] = useState(false);
  const [isDrawn, setIsDrawn] = useState(false);
  const [isSource, setIsSource] = useState(false);
  const [found, setFound] = useState<{ readonly language: string; readonly painter: Painter | undefined }>();
  const figure = useRef<HTMLElement>(null);
  const isNear = useNearView(figure);
  const isFinished = isClosed || !view.isStreaming.value;
  const chunks = useMemo(createChunker, []).chunk(text);
  const painter = found?.language === language ? found.painter : undefined;
  const isDiagram = isDrawn && !isSource;
  const more = isNear ? tools.value : undefined;

  useEffect(() => {
    if (said === '') return undefined;
    const timer = setTimeout(() => setSaid(''), copiedForMs);
    return () => clearTimeout(timer);
  }, [said]);

  useEffect(() => {
    if (!isNear) return undefined;
    let isLeft = false;
    async function load(): Promise<void> {
      try {
        tools.value ??= await import('./code-tools');
        const loaded = await tools.value.loadPainter(language);
        if (!isLeft) setFound({ language, painter: loaded });
      } catch {
        // The page was closing, as a rule. If it was not, this code stays in one colour.
      }
    }
    void load();
    return () => {
      isLeft = true;
    };
  }, [language, isNear]);

  function copy(): void {
    void view.copy(text).then(
      () => setSaid(labels.copied),
      () => setSaid(labels.notCopied),
    );
  }

  const name = language === '' ? labels.code : `${labels.code}: ${language}`;
  return (
    <figure class="code" aria-label={isDiagram ? labels.diagram : name} dir="ltr" ref={figure}>
      <div class="code-header">
        <span class="code-language">{language}</span>
        <output class="code-copied">{said}</output>
        <CodeActions
          labels={labels}
          isWrapped={isWrapped}
          onWrap={isDiagram ? undefined : setIsWrapped}
          isSource={isSource}
          onSource={isDrawn ? setIsSource : undefined}
          onDownload={() => view.download(`code.${fileEndingOf(language)}`, text)}
        />
        <CodeButton label={labels.copyCode} path={said === labels.copied ? checkPath : copyPath} onClick={copy} />
      </div>
      {more && isFinished && language === 'mermaid' && (
        <more.DiagramView source={text} label={labels.diagram} isShown={isDiagram} onDrawn={setIsDrawn} />
      )}
      {/* A region that scrolls has to be reachable for the keyboard that scrolls it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabindex={0} class={isWrapped ? 'code-wrapped' : undefined} hidden={isDiagram}>
        <CodeText chunks={painter?.paint(chunks, isFinished) ?? chunks} />
      </pre>
    </figure>
  );
}
