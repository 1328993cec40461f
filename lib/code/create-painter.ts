import { plainStretches, type Stretch } from './colours';
import type { Continuation, HighlightedCode } from './create-highlighter';

export interface Painter {
  /**
   * The stretches of each chunk of a code that is, as a rule, the previous one with more at its end. While it grows,
   * only its last line is coloured again, and each chunk once when it is full, from where the text before it broke off.
   * A finished code that is not long is coloured once more, as a whole: what a grammar finds far ahead, or in another
   * language within, may cross lines and chunks.
   *
   * The result depends on the code alone, not on how it came. Chunks whose colours stay have the same stretches.
   */
  paint(chunks: readonly string[], isFinished: boolean): readonly (readonly Stretch[])[];
}

/** So many characters of a code are coloured, and those after them are not: it is done at once, and must not be felt. */
const maxPainted = 60_000;

/** The last line is coloured again for every piece that comes, so it must not be long. Lines like that are not read anyway. */
const maxChunk = 8_000;

/**
 * Many grammars look ahead over words and blank lines, which costs the square of their length and can't be interrupted.
 * So longer lines have no colours, and longer codes are coloured by chunks alone.
 */
const maxLine = 1000;
const maxWhole = 6000;

interface Painted {
  readonly text: string;
  readonly before: Continuation | undefined;
  readonly end: Continuation | undefined;
}

/** The lines of the last chunk that are complete. */
interface Begun extends Painted {
  readonly stretches: readonly Stretch[];
}

/** `highlightAny`: one language of a `Highlighter`. */
export function createPainter(highlightAny: (text: string, before?: Continuation) => HighlightedCode): Painter {
  let painted: Painted[] = [];
  let begun: Begun | undefined;
  let shown: (readonly Stretch[])[] = [];
  /** The finished code that was coloured as a whole. */
  let whole: string | undefined;

  function highlight(text: string, before?: Continuation): HighlightedCode {
    return hasLongLine(text) ? { stretches: plainStretches(text), end: before } : highlightAny(text, before);
  }

  /** Keeps the stretches that are shown where others would look the same. */
  function show(index: number, stretches: readonly Stretch[]): void {
    const before = shown[index];
    if (!before || !isSame(before, stretches)) shown[index] = stretches;
  }

  function paintFull(chunks: readonly string[]): Continuation | undefined {
    let before: Continuation | undefined;
    for (const [index, text] of chunks.entries()) {
      let chunk = painted[index];
      if (chunk?.text !== text || chunk.before !== before) {
        const { stretches, end } = highlight(text, before);
        chunk = { text, before, end };
        painted[index] = chunk;
        show(index, stretches);
      }
      before = chunk.end;
    }
    return before;
  }

  /** Line by line: a line that is complete is left as it is. */
  function paintLast(index: number, text: string, before: Continuation | undefined): void {
    if (begun?.before !== before || !text.startsWith(begun?.text ?? '')) begun = undefined;
    let lines: Begun = begun ?? { text: '', before, end: before, stretches: [] };
    for (let end = text.indexOf('\n', lines.text.length); end >= 0; end = text.indexOf('\n', end + 1)) {
      const line = highlight(text.slice(lines.text.length, end + 1), lines.end);
      const stretches = [...lines.stretches, ...line.stretches];
      lines = { text: text.slice(0, end + 1), before, end: line.end, stretches };
    }
    begun = lines;
    show(index, [...lines.stretches, ...highlight(text.slice(lines.text.length), lines.end).stretches]);
  }

  function paintWhole(chunks: readonly string[]): void {
    const text = chunks.join('');
    if (text === whole) return;
    whole = text;
    if (text.length > maxWhole || hasLongLine(text)) {
      paintFull(chunks);
      return;
    }
    // What was found chunk by chunk no longer fits what is shown.
    painted = [];
    begun = undefined;
    for (const [index, stretches] of cut(highlight(text).stretches, chunks).entries()) show(index, stretches);
  }

  return {
    paint(chunks, isFinished) {
      const count = countPainted(chunks);
      if (isFinished) {
        paintWhole(chunks.slice(0, count));
      } else {
        whole = undefined;
        const open = chunks.length - 1;
        const before = paintFull(chunks.slice(0, Math.max(0, Math.min(count, open))));
        if (count > open && open >= 0) paintLast(open, chunks[open] ?? '', before);
      }
      for (let index = count; index < chunks.length; index += 1) show(index, plainStretches(chunks[index] ?? ''));
      shown.length = chunks.length;
      return [...shown];
    },
  };
}

function countPainted(chunks: readonly string[]): number {
  let characters = 0;
  for (const [index, { length }] of chunks.entries()) {
    characters += length;
    if (length > maxChunk || characters > maxPainted) return index;
  }
  return chunks.length;
}

function hasLongLine(text: string): boolean {
  return text.length > maxLine && text.split('\n').some(({ length }) => length > maxLine);
}

function isSame(one: readonly Stretch[], others: readonly Stretch[]): boolean {
  if (one.length !== others.length) return false;
  return one.every(({ colour, text }, index) => {
    const other = others[index];
    return colour === other?.colour && text === other?.text;
  });
}

/** Stretches of a text as those of its chunks. */
function cut(stretches: readonly Stretch[], chunks: readonly string[]): readonly (readonly Stretch[])[] {
  let next = 0;
  let used = 0;
  return chunks.map((chunk) => {
    const own: Stretch[] = [];
    let missing = chunk.length;
    while (missing > 0) {
      const stretch = stretches[next];
      if (!stretch) break;
      const text = stretch.text.slice(used, used + missing);
      own.push({ colour: stretch.colour, text });
      missing -= text.length;
      used += text.length;
      if (used < stretch.text.length) continue;
      next += 1;
      used = 0;
    }
    return own;
  });
}
