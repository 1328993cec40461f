import { describe, expect, test } from 'vitest';
import { someModel } from '@/tests/support/build-chat';
import { defaultsFor, isSameModel, joinBodies } from './chat-defaults';

const all = { temperature: 0.5, systemPrompt: 'Be short.' };

describe('the defaults of a model', () => {
  test('are those for all models where it has none of its own', () => {
    expect(defaultsFor(someModel, all, [])).toEqual(all);
    expect(defaultsFor(someModel)).toEqual({});
  });

  test('are its own on top of those for all models', () => {
    const own = [{ model: someModel, temperature: 1, body: { seed: 7 } }];
    expect(defaultsFor(someModel, all, own)).toEqual({ temperature: 1, systemPrompt: 'Be short.', body: { seed: 7 } });
  });

  test('are its own alone where it says so, so that what is set for all can be left out', () => {
    expect(defaultsFor(someModel, all, [{ model: someModel, isAlone: true, maxTokens: 9 }])).toEqual({ maxTokens: 9 });
  });

  test('are not those of a model of the same name at another endpoint', () => {
    const other = { ...someModel, endpointId: 'another' };
    expect(defaultsFor(someModel, all, [{ model: other, headers: { 'X-Secret': '1' } }])).toEqual(all);
  });
});

test('a model is the same whatever it was called', () => {
  expect(isSameModel(someModel, { ...someModel, label: 'Renamed' })).toBe(true);
  expect(isSameModel(undefined, undefined)).toBe(false);
});

test('a model’s body fields stand under the endpoint’s, and those that are fields themselves are joined', () => {
  expect(
    joinBodies(
      { top_p: 0.5, seed: 1, options: { num_ctx: 8192, top_k: 3 }, reasoning: { effort: 'low' }, other: { a: 1 } },
      { top_p: 0.9, options: { top_k: 40 }, reasoning: null, other: { b: 2 } },
    ),
  ).toEqual({ top_p: 0.9, seed: 1, options: { num_ctx: 8192, top_k: 40 }, reasoning: null, other: { b: 2 } });
});
