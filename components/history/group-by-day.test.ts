import { expect, test } from 'vitest';
import { groupByDay } from './group-by-day';

const at = (text: string): number => new Date(text).getTime();
const summary = (id: string, updatedAt: number) => ({ id, title: id, createdAt: 0, updatedAt });

test('conversations stand under the day of their last change', () => {
  const now = at('2026-03-10T09:00');
  const groups = groupByDay(
    [
      summary('a', at('2026-03-10T08:59')),
      summary('b', at('2026-03-10T00:00')),
      summary('c', at('2026-03-09T23:59')),
      summary('d', at('2026-03-03T12:00')),
      summary('e', at('2024-12-31T12:00')),
    ],
    now,
  );
  expect(groups.map(({ label, summaries }) => [label, ...summaries.map(({ id }) => id)])).toEqual([
    ['Today', 'a', 'b'],
    ['Yesterday', 'c'],
    ['Tuesday, March 3', 'd'],
    ['December 31, 2024', 'e'],
  ]);
});
