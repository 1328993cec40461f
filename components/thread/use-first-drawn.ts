import { useEffect, useReducer, useRef } from 'preact/hooks';

/** What fills the tallest panel. */
const atOnce = 12;
/** So many more each time the page has nothing else to do. */
const perSlice = 8;
/** A page that is never idle, because an answer streams, gets on all the same. In milliseconds. */
const slicePatienceMs = 200;

/**
 * The index of the first message that is drawn. A long conversation opens with its newest messages; those before them follow
 * when there is time, and the browser keeps what is in view where it is.
 */
export function useFirstDrawn(conversationId: string | null, count: number): number {
  const [, drawAgain] = useReducer((slices: number) => slices + 1, 0);
  const drawn = useRef<{ readonly conversationId: string | null; readonly first: number } | undefined>(undefined);
  const isKnown = drawn.current?.conversationId === conversationId && drawn.current.first < count;
  if (count === 0) drawn.current = undefined;
  else if (!isKnown) drawn.current = { conversationId, first: Math.max(0, count - atOnce) };
  const first = drawn.current?.first ?? 0;
  useEffect(() => {
    if (first === 0) return;
    const slice = requestIdleCallback(
      () => {
        drawn.current = { conversationId, first: Math.max(0, first - perSlice) };
        drawAgain(0);
      },
      { timeout: slicePatienceMs },
    );
    return () => cancelIdleCallback(slice);
  }, [conversationId, first]);
  return first;
}
