import { useEffect, useRef, useState } from 'preact/hooks';
import { diagramVersion, maxSource, readFromDiagram, type Theme, type ToDiagram } from '@/lib/diagram/messages';
import { useDiagramPlace } from './use-diagram-place';
import './diagram-view.css';

interface DiagramViewProps {
  readonly source: string;
  readonly label: string;
  readonly isShown: boolean;
  /** false, too, when what was drawn is no longer. */
  readonly onDrawn: (isDrawn: boolean) => void;
}

const tallest = 2_000;

/**
 * A diagram, drawn in a frame that has an opaque origin, no API of the extension and no network: what draws it parses
 * HTML, and what it draws was written by a model. All it can tell is how high the picture is.
 */
export function DiagramView({ source, label, isShown, onDrawn }: DiagramViewProps) {
  const place = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const has = useDiagramPlace(place);
  const [isReady, setIsReady] = useState(false);
  const [height, setHeight] = useState(0);
  const theme = useTheme();

  useEffect(() => {
    function listen({ data, source: from, origin }: MessageEvent): void {
      if (from === null || from !== frame.current?.contentWindow || origin !== 'null') return;
      const message = readFromDiagram(data);
      if (message?.type === 'ready') setIsReady(true);
      if (message?.type === 'failed') onDrawn(false);
      if (message?.type !== 'drawn') return;
      setHeight(Math.min(Math.max(message.height, 1), tallest));
      onDrawn(true);
    }
    addEventListener('message', listen);
    return () => removeEventListener('message', listen);
  }, [onDrawn]);

  useEffect(() => {
    if (has) return;
    // Its page is gone, with what was drawn.
    setIsReady(false);
    onDrawn(false);
  }, [has, onDrawn]);

  useEffect(() => {
    if (!isReady) return;
    const message: ToDiagram = { version: diagramVersion, type: 'draw', source, theme };
    // An opaque origin can't be named.
    frame.current?.contentWindow?.postMessage(message, '*');
  }, [isReady, source, theme]);

  if (source.length > maxSource) return null;
  return (
    <div class="diagram-place" ref={place}>
      {has && (
        <iframe
          class={isShown ? 'diagram' : 'diagram diagram-hidden'}
          ref={frame}
          // Where the manifest can't say it, this does.
          sandbox="allow-scripts"
          src="/diagram.html"
          title={label}
          height={Math.max(height, 1)}
          aria-hidden={isShown ? undefined : true}
          tabIndex={isShown ? undefined : -1}
        />
      )}
    </div>
  );
}

function useTheme(): Theme {
  const [query] = useState(() => matchMedia('(prefers-color-scheme: dark)'));
  const [isDark, setIsDark] = useState(query.matches);
  useEffect(() => {
    const listen = (): void => setIsDark(query.matches);
    query.addEventListener('change', listen);
    return () => query.removeEventListener('change', listen);
  }, [query]);
  return isDark ? 'dark' : 'light';
}
