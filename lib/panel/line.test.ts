import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createChannelPair } from '@/lib/protocol/channel';
import type { BackgroundSide, FromPage, ToPage } from '@/lib/protocol/messages';
import { createLine } from './line';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function createWorld({ isNeeded }: { readonly isNeeded: boolean }) {
  const sides: BackgroundSide[] = [];
  const line = createLine({
    connect: () => {
      const [page, side] = createChannelPair<FromPage, ToPage>();
      sides.push(side);
      return page;
    },
    isNeeded: () => isNeeded,
    now: () => Date.now(),
  });
  return { line, sides };
}

test('a line on which nothing comes is made anew while it is needed, each time more patiently', async () => {
  const { line, sides } = createWorld({ isNeeded: true });
  line.wake();
  await vi.advanceTimersByTimeAsync(700);
  expect(sides).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(700);
  expect(sides).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(1390);
  expect(sides).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(10);
  expect(sides).toHaveLength(4);
});

test('a line that broke soon after its answer makes the next ones wait no longer', async () => {
  const { line, sides } = createWorld({ isNeeded: true });
  line.wake();
  sides[0]?.send({ type: 'saving', failure: null });
  await vi.advanceTimersByTimeAsync(500);
  sides[0]?.close();
  await vi.advanceTimersByTimeAsync(100);
  expect(sides).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1400);
  expect(sides).toHaveLength(4);
});

test('after a line that led nowhere the next is made anew when the background wakes, unless it has answered', async () => {
  const { line, sides } = createWorld({ isNeeded: true });
  line.wake();
  // The first may have woken it.
  line.wake();
  expect(sides).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(700);
  expect(sides).toHaveLength(2);
  line.wake();
  expect(sides).toHaveLength(3);
  sides[2]?.send({ type: 'saving', failure: null });
  await vi.advanceTimersByTimeAsync(1);
  line.wake();
  expect(sides).toHaveLength(3);
});

test('a line that has answered stays, and so does one that nobody needs', async () => {
  const answered = createWorld({ isNeeded: true });
  answered.line.wake();
  answered.sides[0]?.send({ type: 'saving', failure: null });
  const idle = createWorld({ isNeeded: false });
  idle.line.wake();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([answered.sides, idle.sides].map(({ length }) => length)).toEqual([1, 1]);
});

test('a line that breaks after a while comes back at once', async () => {
  const { line, sides } = createWorld({ isNeeded: true });
  line.wake();
  sides[0]?.send({ type: 'saving', failure: null });
  await vi.advanceTimersByTimeAsync(5000);
  sides[0]?.close();
  await vi.advanceTimersByTimeAsync(1);
  expect(sides).toHaveLength(2);
});
