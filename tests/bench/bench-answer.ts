/**
 * Answers of any length, the same every time. Every tenth token is its own number in six digits (`000120`): by the last
 * number that is to be seen one knows how far a page has come, whatever it makes of the text around it.
 */

/** What an answer is made of. `mixed` has everything; those that begin with `one-` are a single block without end. */
export const answerKinds = [
  'mixed',
  'prose',
  'code',
  'tables',
  'lists',
  'maths',
  'one-paragraph',
  'one-code',
  'one-table',
  'one-list',
] as const;
export type AnswerKind = (typeof answerKinds)[number];

export const tokensPerMark = 10;

export function makeAnswer(kind: AnswerKind, count: number): readonly string[] {
  const writer = createWriter(count);
  for (let section = 0; !writer.isFull(); section += 1) sections[kind](writer, section);
  return writer.tokens;
}

type Section = (writer: Writer, section: number) => void;

const sections: Readonly<Record<AnswerKind, Section>> = {
  prose: (writer, section) => {
    if (section % 5 === 0) writer.write(`\n\n## Part ${section / 5}\n\n`);
    writer.words(70);
    writer.write('\n\n');
  },
  code: (writer) => {
    writer.write('\n\n```js\n');
    for (let line = 0; line < 30; line += 1) writeCodeLine(writer);
    writer.write('```\n\n');
  },
  tables: (writer) => {
    writer.write('\n\n| name | value | note |\n|---|---:|---|\n');
    for (let row = 0; row < 12; row += 1) writeRow(writer);
    writer.write('\n');
  },
  lists: (writer, section) => {
    writer.write('\n\n');
    for (let item = 0; item < 12; item += 1) {
      writer.write(section % 2 === 0 ? '- ' : `${item + 1}. `);
      writer.words(9);
      writer.write('\n');
    }
    writer.write('\nThen ');
  },
  maths: (writer) => {
    writer.write('\n\nWith $x^2 + ');
    writer.words(1);
    writer.write('$ we have\n\n$$\n\\frac{a + b}{');
    writer.words(1);
    writer.write('} = \\sqrt{c}\n$$\n\n');
    writer.words(20);
  },
  mixed: (writer, section) => {
    const kinds = ['prose', 'prose', 'lists', 'prose', 'code', 'prose', 'tables', 'maths'] as const;
    sections[kinds[section % kinds.length] ?? 'prose'](writer, section);
  },
  'one-paragraph': (writer) => {
    writer.words(12);
    writer.write('\n');
  },
  'one-code': (writer, section) => {
    if (section === 0) writer.write('```js\n');
    writeCodeLine(writer);
  },
  'one-table': (writer, section) => {
    if (section === 0) writer.write('| name | value | note |\n|---|---:|---|\n');
    writeRow(writer);
  },
  'one-list': (writer) => {
    writer.write('- ');
    writer.words(9);
    writer.write('\n');
  },
};

function writeCodeLine(writer: Writer): void {
  writer.write('  const');
  writer.words(1);
  writer.write(' = read(');
  writer.words(2);
  writer.write(');\n');
}

function writeRow(writer: Writer): void {
  writer.write('|');
  writer.words(2);
  writer.write(' |');
  writer.words(1);
  writer.write(' |');
  writer.words(4);
  writer.write(' |\n');
}

interface Writer {
  readonly tokens: readonly string[];
  readonly isFull: () => boolean;
  readonly write: (token: string) => void;
  readonly words: (count: number) => void;
}

const vocabulary = 'the stream holds back text when a slow reader asks for less and then gives more again'.split(' ');

function createWriter(count: number): Writer {
  const tokens: string[] = [];
  const write = (token: string): void => {
    if (tokens.length < count) tokens.push(token);
  };
  // A mark is due as soon as a word can stand; it says how many tokens there were before it.
  let nextMark = 0;
  return {
    tokens,
    isFull: () => tokens.length >= count,
    write,
    words: (words) => {
      for (let word = 0; word < words; word += 1) {
        const isMark = tokens.length >= nextMark;
        if (isMark) nextMark = tokens.length + tokensPerMark;
        write(
          ` ${isMark ? String(tokens.length).padStart(6, '0') : vocabulary[(tokens.length * 7) % vocabulary.length]}`,
        );
      }
    },
  };
}
