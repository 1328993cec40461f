// @vitest-environment happy-dom
import { act, cleanup, render } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { usePacedText } from './use-paced-text';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const drawn: string[] = [];

function Paced({ text, isGrowing }: { readonly text: string; readonly isGrowing: boolean }) {
  const shown = usePacedText(text, isGrowing);
  if (drawn.at(-1) !== shown) drawn.push(shown);
  return <p>{shown}</p>;
}

test('what comes faster than it can be drawn is drawn in one, and the newest is drawn in the end', async () => {
  drawn.splice(0);
  const shown = render(<Paced text="a" isGrowing />);
  for (const text of ['ab', 'abc', 'abcd']) shown.rerender(<Paced text={text} isGrowing />);
  expect(shown.container.textContent).toBe('a');
  await act(async () => void (await vi.runAllTimersAsync()));
  expect(shown.container.textContent).toBe('abcd');
  expect(drawn).toEqual(['a', 'abcd']);
});

test('what is over is drawn at once', () => {
  const shown = render(<Paced text="a" isGrowing />);
  shown.rerender(<Paced text="ab" isGrowing />);
  shown.rerender(<Paced text="abc" isGrowing={false} />);
  expect(shown.container.textContent).toBe('abc');
});
