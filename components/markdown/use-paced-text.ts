import { useEffect, useReducer, useRef } from 'preact/hooks';

/** A drawing waits so long for its frame, in milliseconds, and costs nothing meanwhile. */
const frameMs = 17;
/** What costs less than this needs no pause after it. */
const freeMs = 8;

/**
 * The text to draw: the newest, or while it grows and drawing it takes long, one that is a little behind. So drawing takes
 * half of the time at most, however long a single block of the text gets.
 */
export function usePacedText(text: string, isGrowing: boolean): string {
  const [, drawAgain] = useReducer((count: number) => count + 1, 0);
  const newest = useRef(text);
  const drawn = useRef('');
  /** When the drawing began that is not over or not yet paused after; undefined when the next may begin. */
  const begunAt = useRef<number | undefined>(undefined);
  newest.current = text;
  if (text !== drawn.current && (!isGrowing || begunAt.current === undefined)) {
    drawn.current = text;
    begunAt.current = performance.now();
  }
  // Effects run when the frame has been painted.
  useEffect(() => {
    if (begunAt.current === undefined) return;
    const costMs = performance.now() - begunAt.current - frameMs;
    const timer = setTimeout(
      () => {
        begunAt.current = undefined;
        if (newest.current !== drawn.current) drawAgain(0);
      },
      costMs > freeMs ? costMs : 0,
    );
    return () => clearTimeout(timer);
  }, [drawn.current]);
  return drawn.current;
}
