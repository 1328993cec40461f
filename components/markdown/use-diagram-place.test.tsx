// @vitest-environment happy-dom
import { act, cleanup, render } from '@testing-library/preact';
import { useRef } from 'preact/hooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mostDiagrams, useDiagramPlace } from './use-diagram-place';

const tellers = new Map<Element, (isIntersecting: boolean) => void>();

beforeEach(() => {
  tellers.clear();
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      readonly #tell: (entries: readonly { isIntersecting: boolean }[]) => void;
      constructor(tell: (entries: readonly { isIntersecting: boolean }[]) => void) {
        this.#tell = tell;
      }
      observe(element: Element): void {
        tellers.set(element, (isIntersecting) => void act(() => this.#tell([{ isIntersecting }])));
      }
      disconnect(): void {}
    },
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Place({ number }: { readonly number: number }) {
  const place = useRef<HTMLDivElement>(null);
  const has = useDiagramPlace(place);
  return (
    <div ref={place} data-number={number}>
      {has && <i>{number}</i>}
    </div>
  );
}

function show(count: number) {
  const { container } = render(Array.from({ length: count }, (_, number) => <Place key={number} number={number} />));
  const look = (number: number, isIntersecting: boolean): void => {
    const element = container.querySelector(`[data-number="${number}"]`);
    if (element) tellers.get(element)?.(isIntersecting);
  };
  const drawn = (): string[] => [...container.querySelectorAll('i')].map(({ textContent }) => textContent);
  return { look, drawn };
}

test('nothing is drawn that was not in view, and what was stays while there is room', () => {
  const { look, drawn } = show(3);
  expect(drawn()).toEqual([]);
  look(1, true);
  look(1, false);
  look(2, true);
  expect(drawn()).toEqual(['1', '2']);
});

test('however many are passed by, a few are drawn at a time, and one that comes back is drawn again', () => {
  const { look, drawn } = show(40);
  for (let number = 0; number < 40; number += 1) {
    look(number, true);
    look(number, false);
    expect(drawn().length).toBeLessThanOrEqual(mostDiagrams);
  }
  expect(drawn()).toContain('39');
  expect(drawn()).not.toContain('0');
  look(0, true);
  expect(drawn()).toContain('0');
});

test('what is in view keeps its place, and one more has to wait for it', () => {
  const { look, drawn } = show(mostDiagrams + 1);
  for (let number = 0; number <= mostDiagrams; number += 1) look(number, true);
  expect(drawn()).toEqual(Array.from({ length: mostDiagrams }, (_, number) => String(number)));
  look(3, false);
  look(mostDiagrams, true);
  expect(drawn()).toContain(String(mostDiagrams));
  expect(drawn()).not.toContain('3');
});
