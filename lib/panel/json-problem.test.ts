import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findJsonProblem } from './json-problem';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('a problem in JSON', () => {
  test.each([
    ['', 1, 1],
    ['{"seed": }', 1, 10],
    ['{"a": 1,\n "b": tru}', 2, 7],
    ['{\n  "a": [1, 2,],\n}', 2, 14],
    ['{"a": 1} more', 1, 10],
    ["{'a': 1}", 1, 2],
    ['{"a": "half', 1, 12],
    ['{"a": "bad \\x"}', 1, 12],
    ['{"a" 1}', 1, 6],
    ['[01]', 1, 3],
    ['{"a": 1\n', 2, 1],
    ['{a: 1}', 1, 2],
  ])('in %j is on line %i, at character %i', (text, line, column) => {
    expect(findJsonProblem(text)).toEqual({ line, column });
  });

  test('is there exactly where the engine finds one', () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', '\\', 'x', '\n', '0', '-', ':', '{', '['))
      .map(([text, at, put]) => text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + 1));
    const blank = fc.json().map((text) => ` \n\t${text}\r\n `);
    fc.assert(
      fc.property(fc.oneof(fc.json(), broken, blank, fc.string()), (text) => {
        expect(findJsonProblem(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  test('does not move when what stands behind it changes', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string(), (text, at, rest) => {
        const start = `${text.slice(0, at % (text.length + 1))}\u0001`;
        expect(findJsonProblem(start + rest)).toEqual(findJsonProblem(start));
      }),
    );
  });

  test('is told of in what is deeper than anybody writes, and nothing breaks', () => {
    expect(findJsonProblem('['.repeat(100_000))).toMatchObject({ line: 1 });
  });
});
