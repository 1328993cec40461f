// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest';
import { createBottomKeeper } from './stick-to-bottom';

/** A scrolling element 100 px high whose content can be made to grow. */
function makeScroller() {
  let grow: () => void = () => {};
  vi.stubGlobal(
    'ResizeObserver',
    class {
      constructor(callback: () => void) {
        grow = callback;
      }
      observe(): void {}
      disconnect(): void {}
    },
  );
  const element = document.createElement('div');
  const size = { top: 0, height: 300 };
  Object.defineProperties(element, {
    scrollHeight: { get: () => size.height },
    clientHeight: { get: () => 100 },
    scrollTop: {
      get: () => size.top,
      set: (top: number) => {
        size.top = Math.max(0, Math.min(top, size.height - 100));
      },
    },
  });
  const scroll = (top: number): void => {
    element.scrollTop = top;
    element.dispatchEvent(new Event('scroll'));
  };
  const setHeight = (height: number): void => {
    size.height = height;
    size.top = Math.min(size.top, height - 100);
    grow();
  };
  const resizeSilently = (height: number): void => {
    size.height = height;
  };
  const keeper = createBottomKeeper(() => true);
  keeper.watch(element, document.createElement('div'));
  return { keeper, scroll, setHeight, resizeSilently, top: () => size.top };
}

test('growing text takes a reader at the end along', () => {
  const { setHeight, top } = makeScroller();
  expect(top()).toBe(200);
  setHeight(500);
  expect(top()).toBe(400);
});

test('a reader who scrolled up, however little, is left alone', () => {
  const { keeper, scroll, setHeight, top } = makeScroller();
  scroll(190);
  expect(keeper.isAtBottom.value).toBe(false);
  setHeight(500);
  expect(top()).toBe(190);
});

test('going back to the end takes part again', () => {
  const { keeper, scroll, setHeight, top } = makeScroller();
  scroll(50);
  scroll(200);
  expect(keeper.isAtBottom.value).toBe(true);
  setHeight(500);
  expect(top()).toBe(400);
  scroll(50);
  keeper.toBottom();
  expect(top()).toBe(400);
});

test('text that shrinks and moves the view up is not the reader', () => {
  const { keeper, setHeight, scroll, top } = makeScroller();
  setHeight(250);
  scroll(top());
  expect(keeper.isAtBottom.value).toBe(true);
});

test('a jump far up is the reader, also where what is seen for the first time is smaller than it was taken for', () => {
  const { keeper, scroll, setHeight, resizeSilently, top } = makeScroller();
  setHeight(5000);
  // As the browser's search does it: what was found gets its height, and is shown, before anybody hears of either.
  resizeSilently(4850);
  scroll(600);
  expect(keeper.isAtBottom.value).toBe(false);
  setHeight(4800);
  expect(top()).toBe(600);
});
