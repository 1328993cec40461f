import { tests } from 'commonmark-spec';
import * as fc from 'fast-check';

const specification = tests.map(({ markdown }) => markdown);

/** Lines that open, continue, close or interrupt each other. */
const lines = [
  '',
  '',
  '',
  'some words',
  'a *b* **c** `d`',
  '  two spaces',
  '    four spaces',
  '\tand a tab',
  '# heading',
  '#',
  '===',
  '---',
  '-',
  '- item',
  '- ',
  '* item',
  '* * *',
  '1. one',
  '2) two',
  '  - nested',
  '- [ ] task',
  '- [x] done',
  '> quote',
  '> - in a quote',
  '>',
  '```',
  '```ts',
  '~~~',
  'const a = 1;',
  '| a | b |',
  '|---|:-:|',
  '| 1 | 2 | 3 |',
  'a | b',
  '-|-',
  '<div>',
  '</div>',
  '<!--',
  '-->',
  '[ref]: /url',
  '[ref]: https://a.example/ "title"',
  "[ref]: <https://b.example> 'ti",
  "tle'",
  '[other]:',
  'https://c.example',
  '[ref]',
  '[other][ref] and [x](https://d.example/?q=1 "t")',
  '![alt](https://e.example/i.png)',
  'www.f.example',
  'hard  ',
  'break\\',
  '\\*',
  '&amp; &#0;',
  '> [!NOTE]',
  '> [!warning]',
  'a note[^1] and another[^two]',
  '[^1]: the first',
  '[^two]: the second',
  '    in the second',
  '$$',
  'x^2 + y',
  '$$ a + b $$',
  'the formula $a_1$ costs $5 and $10',
  String.raw`\[`,
  String.raw`\]`,
  String.raw`\(a\) and \[b\]`,
  '= c',
  '![dot](data:image/png;base64,iVBORw0KGgo=)',
  'one ~~two~~ me@a.example',
];

/** Texts of all constructs, whole and in pieces, in any order. */
export const documents = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...lines).map((line) => `${line}\n`) },
      { weight: 1, arbitrary: fc.constantFrom(...specification) },
      {
        weight: 1,
        arbitrary: fc.string({
          unit: fc.constantFrom(...Array.from('*_`[]()!<>~#-+>|\\\n \tab1.&;:"\'\r$^')),
          maxLength: 20,
        }),
      },
    ),
    { minLength: 1, maxLength: 14 },
  )
  .map((parts) => parts.join(''));

export const cuts = fc.array(fc.nat(), { maxLength: 25 });

/** The beginnings of a text up to some places, in their order, and the text itself. */
export function prefixes(text: string, places: readonly number[]): readonly string[] {
  const ends = [...new Set(places.map((place) => place % (text.length + 1)))].toSorted((a, b) => a - b);
  return [...ends.map((end) => text.slice(0, end)), text];
}
