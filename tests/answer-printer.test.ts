import { expect, test } from 'vitest';
import { createAnswerPrinter } from './support/demo-session/answer-printer.ts';

function print(shown: readonly string[], finished: string): { before: string; all: string } {
  let written = '';
  const printer = createAnswerPrinter((text) => (written += text));
  for (const text of shown) printer.show(text);
  const before = written;
  printer.finish(finished);
  return { before, all: written };
}

test('a text that only grows is printed once, and most of it before its end', () => {
  const words = Array.from({ length: 60 }, (_, index) => `w${index}`);
  const looks = words.map((_, index) => words.slice(0, index + 1).join(' '));
  const { before, all } = print(looks, words.join(' '));
  expect(all).toBe(`${words.join(' ')}\n`);
  expect(before.split(' ').length).toBeGreaterThan(50);
});

test('a mark that turns into formatting within its last words is never seen', () => {
  const { all } = print(['It is **ve', 'It is **very', 'It is very', 'It is very good'], 'It is very good');
  expect(all).toBe('It is very good\n');
});

test('a line that changes after it was printed is printed again', () => {
  const long = 'first\nA *b c d e f g h i j k';
  const { all } = print([long, long], 'first\nA b c d e f g h i j k.');
  expect(all).toMatch(/^first\nA \*b.*\nA b c d e f g h i j k\.\n$/s);
});
