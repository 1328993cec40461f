import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createContinuationJoin } from './join-continuation';

function join(before: string, pieces: readonly string[]): string {
  const joined = createContinuationJoin(before);
  return before + pieces.map(joined.take).join('') + joined.end();
}

describe('joining a continuation', () => {
  const before = 'Stop writing until the stream tells you it has dra';

  test('text that goes on from the last character is taken as it is', () => {
    expect(join(before, ['ined', '. Then go on.'])).toBe(`${before}ined. Then go on.`);
  });

  test('repeated last words are left out, however they are cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8, max: before.length }), fc.integer({ min: 1, max: 7 }), (repeated, step) => {
        const text = `${before.slice(-repeated)}ined. Then go on.`;
        const pieces = text.match(new RegExp(`.{1,${step}}`, 'gsu')) ?? [];
        expect(join(before, pieces)).toBe(`${before}ined. Then go on.`);
      }),
    );
  });

  test('the longest repetition counts in text that repeats itself', () => {
    const line = 'to be or not to be, ';
    expect(join(`First: ${line}that is it`, ['or not to be, that is it', ' next'])).toBe(
      `First: ${line}that is it next`,
    );
  });

  test('a row, a ruler or a word that comes once more is more of the text', () => {
    for (const row of ['  [0, 0, 0],\n', '==========', '1, 2, 3, 4\n'])
      expect(join(`Before it\n${row}`, [row, 'end'])).toBe(`Before it\n${row}${row}end`);
    const line = 'the same line\n';
    expect(join(`Before it\n${line}${line}`, [line, 'end'])).toBe(`Before it\n${line}${line}${line}end`);
  });

  test('a short chance match is no repetition', () => {
    expect(join('the end', ['end of it'])).toBe('the endend of it');
  });

  test('what was held back at the end is not lost', () => {
    expect(join(before, ['you it has'])).toBe(`${before}you it has`);
  });

  test('nothing is ever lost of text that repeats nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (start, pieces) => {
        // A mark that can't be in the text before: so nothing is repeated.
        const fresh = pieces.map((piece) => `\u{E000}${piece}`);
        expect(join(start.replaceAll('\u{E000}', ''), fresh)).toBe(start.replaceAll('\u{E000}', '') + fresh.join(''));
      }),
    );
  });
});
