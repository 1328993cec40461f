import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Stretch } from './colours';
import { createChunker } from './create-chunker';
import { createHighlighter, type Highlighter } from './create-highlighter';
import { createPainter, type Painter } from './create-painter';
import { languages } from './languages';

// Grammars are slow to begin with, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

let highlighter: Highlighter;
beforeAll(async () => {
  highlighter = createHighlighter();
  for (const { id, loadGrammar } of languages) highlighter.addGrammar(id, (await loadGrammar()).default);
});

function painterOf(id: string, onHighlight: (text: string) => void = () => {}): Painter {
  return createPainter((text, before) => {
    onHighlight(text);
    return highlighter.highlight(id, text, before);
  });
}

/** What is shown of a code that comes in pieces. */
function stream(id: string, pieces: readonly string[]): readonly (readonly Stretch[])[] {
  const painter = painterOf(id);
  const chunker = createChunker();
  let text = '';
  for (const piece of pieces) {
    text += piece;
    const shown = painter.paint(chunker.chunk(text), false);
    expect(
      shown
        .flat()
        .map((stretch) => stretch.text)
        .join(''),
    ).toBe(text);
  }
  return painter.paint(chunker.chunk(text), true);
}

/** The colour of every character. */
function colours(stretches: readonly Stretch[]): readonly string[] {
  return stretches.flatMap(({ colour, text }) => text.split('').map((character) => `${character} ${colour ?? ''}`));
}

const samples: Readonly<Record<string, string>> = {
  typescript: readFileSync(fileURLToPath(new URL('create-painter.ts', import.meta.url)), 'utf8').repeat(3),
  python: `def f(a):\n    """${'words\n'.repeat(50)}"""\n    return f"{a!r}" # end\n`.repeat(3),
  bash: `cat <<'END'\n${'$text "\n'.repeat(40)}END\necho "$HOME" # done\n`.repeat(3),
  xml: `<p class="a">${'\n'.repeat(20)}<script>\n/* ${'a\n'.repeat(40)} */ let a = 'b';\n</script>\n<style>a { color: red }</style>`.repeat(
    2,
  ),
  cpp: `auto s = R"x(${'raw "\n'.repeat(40)})x"; /* ${'\n'.repeat(40)} */ int main() { return 0; }\n`.repeat(2),
  javascript: `const a = \`\${b}${'\n'.repeat(40)}\`;\nreturn <A b="c">${'\n'.repeat(40)}</A>;\n`.repeat(2),
  php: `<?php /** ${'a\n'.repeat(40)} */ echo <<<X\n${'b\n'.repeat(40)}X;\n?>\n<b>c</b>`,
  diff: '+a\n-b\n c\n'.repeat(40),
};

describe('a code that comes in pieces', () => {
  it('has the colours of the finished code in the end, however it came', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(samples)),
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 20 }),
        (id, sizes) => {
          const text = samples[id] ?? '';
          const pieces: string[] = [];
          for (let at = 0, turn = 0; at < text.length; turn += 1) {
            const size = sizes[turn % sizes.length] ?? 1;
            pieces.push(text.slice(at, at + size));
            at += size;
          }
          expect(colours(stream(id, pieces).flat())).toEqual(colours(highlighter.highlight(id, text).stretches));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('goes on in a chunk where the one before it broke off', () => {
    for (const [id, text] of [
      ['python', samples['python']],
      ['bash', samples['bash']],
      ['cpp', samples['cpp']],
      ['typescript', samples['typescript']],
    ] as const) {
      const shown = painterOf(id).paint(createChunker().chunk(text ?? ''), false);
      expect({ id, colours: colours(shown.flat()) }).toEqual({
        id,
        colours: colours(highlighter.highlight(id, text ?? '').stretches),
      });
    }
  });

  it('is not mixed up with another code that is coloured between its pieces', () => {
    const [one, other] = [painterOf('bash'), painterOf('bash')];
    const text = samples['bash'] ?? '';
    const chunks = createChunker().chunk(text);
    for (let count = 1; count <= chunks.length; count += 1) {
      one.paint(chunks.slice(0, count), false);
      other.paint([`cat <<'OTHER'\nEND\n${'a\n'.repeat(40)}`], false);
    }
    expect(colours(one.paint(chunks, false).flat())).toEqual(colours(highlighter.highlight('bash', text).stretches));
  });

  it('costs work that grows as its lines do', () => {
    const work = (lines: number): number => {
      let characters = 0;
      const painter = painterOf('typescript', ({ length }) => {
        characters += length;
      });
      const chunker = createChunker();
      let text = '';
      for (let line = 0; line < lines; line += 1) {
        text += `const a${line % 10} = /* a */ 'b'; // c\n`;
        painter.paint(chunker.chunk(text), false);
      }
      painter.paint(chunker.chunk(text), true);
      return characters / text.length;
    };
    // Each line once when it is complete, once with its chunk and once with the whole.
    expect(work(640)).toBeLessThanOrEqual(3);
    expect(work(640) / work(160)).toBeLessThan(1.1);
  });

  it('costs no more for a piece than the line that it is in', () => {
    let characters = 0;
    const painter = painterOf('typescript', ({ length }) => {
      characters += length;
    });
    const chunker = createChunker();
    const lines = 'const a = 1; // b\n'.repeat(1_000);
    painter.paint(chunker.chunk(lines), false);
    characters = 0;
    painter.paint(chunker.chunk(`${lines}const`), false);
    painter.paint(chunker.chunk(`${lines}const b`), false);
    expect(characters).toBe('const'.length + 'const b'.length);
  });

  it('keeps the stretches of its full chunks, to the end', () => {
    const painter = painterOf('typescript');
    const chunker = createChunker();
    const lines = Array.from({ length: 100 }, (_, line) => `let a${line}; // b\n`);
    const first = painter.paint(chunker.chunk(lines.join('')), false);
    const second = painter.paint(chunker.chunk(`${lines.join('')}more`), false);
    const last = painter.paint(chunker.chunk(`${lines.join('')}more`), true);
    for (let chunk = 0; chunk < 3; chunk += 1) {
      expect(second[chunk]).toBe(first[chunk]);
      expect(last[chunk]).toBe(first[chunk]);
    }
  });

  it('of any size is coloured up to a bound', () => {
    let characters = 0;
    const painter = painterOf('typescript', ({ length }) => {
      characters += length;
    });
    const text = 'const a = 1;\n'.repeat(100_000);
    const shown = painter.paint(createChunker().chunk(text), true);
    expect(characters).toBeLessThanOrEqual(60_000);
    expect(shown.map((chunk) => chunk.map((stretch) => stretch.text).join('')).join('')).toBe(text);
    expect(shown.at(-1)).toHaveLength(1);
  });

  it('of one long line is not coloured', () => {
    const text = 'const a = 1;'.repeat(10_000);
    expect(painterOf('typescript').paint([text], false)).toEqual([[{ colour: undefined, text }]]);
  });

  it('is handed to a grammar in bounded texts, for some of them cost the square of their length', () => {
    const handed: string[] = [];
    const painter = painterOf('haskell', (text) => handed.push(text));
    const chunker = createChunker();
    const word = `${'a'.repeat(1001)}\n`;
    const shown = painter.paint(chunker.chunk(`let a = 1\n${'\n'.repeat(20_000)}${word}let b = 2\n`), true);
    expect(Math.max(...handed.map(({ length }) => length))).toBeLessThanOrEqual(6000);
    expect(handed.join('')).not.toContain(word.trim());
    // What stands after the long line has its colours again.
    expect(painter.paint([word, 'let b = 2\n'], true)[1]).toEqual(painterOf('haskell').paint(['let b = 2\n'], true)[0]);
    expect(shown.map((chunk) => chunk.map(({ text }) => text).join('')).join('')).toContain(word);
  });

  it('that is another all of a sudden has the colours of the other', () => {
    const painter = painterOf('typescript');
    painter.paint(['/* open'], false);
    expect(painter.paint(['let a'], false)).toEqual(painterOf('typescript').paint(['let a'], false));
    painter.paint(['/* open'], true);
    expect(painter.paint(['let b'], false)).toEqual(painterOf('typescript').paint(['let b'], false));
    expect(painter.paint([], true)).toEqual([]);
  });
});
