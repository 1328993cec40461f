import { expect, test } from 'vitest';
import { costOf, findPrice, pricesIn } from './prices';

const prices = [
  { model: 'gpt-*', input: 1, output: 2 },
  { model: 'gpt-5-mini', input: 3, output: 4 },
  { model: 'gpt-5*', input: 5, output: 6 },
];

test.each([
  ['gpt-5-mini', 3],
  ['gpt-5', 5],
  ['gpt-5-mini-2026', 5],
  ['gpt-4', 1],
  ['claude', undefined],
])('the price of %s is the one that fits it best', (model, input) => {
  expect(findPrice(prices, model)?.input).toBe(input);
});

test('a cost is counted from what the provider counted, per million tokens', () => {
  const price = { model: 'm', input: 3, output: 15 };
  expect(costOf({ inputTokens: 1000, outputTokens: 200 }, price)).toBeCloseTo(0.006, 10);
  expect(costOf({ outputTokens: 1_000_000 }, price)).toBe(15);
  expect(costOf({}, price)).toBeUndefined();
});

test('prices on the disk that are none are passed over', () => {
  const good = { model: 'm', input: 0, output: 1 };
  const bad = [null, 'x', {}, { ...good, input: '1' }, { ...good, output: -1 }, { ...good, model: 5 }];
  expect(pricesIn({ prices: [...bad, good] })).toEqual([good]);
  expect(pricesIn({ prices: 'all' })).toEqual([]);
  expect(pricesIn({})).toEqual([]);
});
