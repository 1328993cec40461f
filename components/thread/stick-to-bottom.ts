import { type Signal, signal } from '@preact/signals';

/** Keeps a growing text at its end for a reader who is there, and leaves one who scrolled up alone. */
export interface BottomKeeper {
  readonly isAtBottom: Signal<boolean>;
  readonly toBottom: () => void;
  /** Starts with the scrolling element and what grows in it; the result stops. */
  watch(scroller: HTMLElement, content: HTMLElement): () => void;
}

/** Closer than this to the end is the end, in CSS pixels: fractions of a pixel, and a zoomed page. */
const nearPx = 4;
/** For a reader on the way down it is more: the end runs away while they go there. */
const reachPx = 48;

/** `hasText`: whether there is anything to be at the end of; a page without it starts at its top, as pages do. */
export function createBottomKeeper(hasText: () => boolean): BottomKeeper {
  const isAtBottom = signal(true);
  let scroller: HTMLElement | undefined;
  let lastTop = 0;
  let lastHeight = 0;

  function remember(): void {
    if (!scroller) return;
    lastTop = scroller.scrollTop;
    lastHeight = scroller.scrollHeight;
  }

  function shrunkPx(scrollHeight: number): number {
    return scrollHeight < lastHeight ? lastHeight - scrollHeight + nearPx : 0;
  }

  function toBottom(): void {
    isAtBottom.value = true;
    if (!scroller) return;
    scroller.scrollTop = scroller.scrollHeight;
    remember();
  }

  function onScroll(): void {
    if (!scroller) return;
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    const rest = scrollHeight - scrollTop - clientHeight;
    if (rest <= (scrollTop > lastTop ? reachPx : nearPx)) isAtBottom.value = true;
    // Growing text never moves the view upwards, and shrinking text does by as much as it has shrunk (messages that nobody
    // has seen yet only seem to have a height): the rest is the reader, by whatever means.
    else if (lastTop - scrollTop > shrunkPx(scrollHeight)) isAtBottom.value = false;
    remember();
  }

  function onKeyDown(event: KeyboardEvent): void {
    // The browser goes to where the end was at the key press.
    if (event.key === 'End' && event.target === scroller) toBottom();
  }

  return {
    isAtBottom,
    toBottom,
    watch: (element, content) => {
      scroller = element;
      const observer = new ResizeObserver(() => {
        if (isAtBottom.peek() && hasText()) toBottom();
      });
      observer.observe(element);
      observer.observe(content);
      element.addEventListener('scroll', onScroll, { passive: true });
      element.addEventListener('keydown', onKeyDown);
      if (hasText()) toBottom();
      return () => {
        observer.disconnect();
        element.removeEventListener('scroll', onScroll);
        element.removeEventListener('keydown', onKeyDown);
        scroller = undefined;
      };
    },
  };
}
