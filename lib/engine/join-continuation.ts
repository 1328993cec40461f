/**
 * Joins what a model writes when asked to go on to what was there: a model often begins by repeating the last words.
 * Text is held back only as long as it may be such a repetition, and a repetition is left out.
 */
export interface ContinuationJoin {
  /** The part of this text (and of what was held back) that is new. */
  take(text: string): string;
  /** What was held back when the stream ended: it was new after all. */
  end(): string;
}

/** A shorter match is more likely chance than repetition, in UTF-16 code units. */
const shortestRepetition = 8;
/** How far back a repetition may begin. */
const longestRepetition = 400;

/** A ruler, or the same row of a table again, is more of the text; words that come a second time are a repetition. */
function isTelling(text: string): boolean {
  return new Set(text.match(/[\p{L}\p{N}]/gu)).size >= 5;
}

export function createContinuationJoin(before: string): ContinuationJoin {
  const tail = before.slice(-longestRepetition);
  /** Every end of the text so far that the model might repeat, longest first. */
  const repetitions = Array.from({ length: Math.max(0, tail.length - shortestRepetition + 1) }, (_, at) =>
    tail.slice(at),
  ).filter((end) => isTelling(end) && !before.endsWith(end + end));
  let held = '';
  let isDecided = repetitions.length === 0;

  function decide(isEnd: boolean): string {
    const found = repetitions.find((repetition) => held.startsWith(repetition));
    const mayGrow =
      !isEnd && repetitions.some((repetition) => repetition.length > held.length && repetition.startsWith(held));
    // A longer repetition than the one found may still be under way.
    if (mayGrow) return '';
    isDecided = true;
    const fresh = found === undefined ? held : held.slice(found.length);
    held = '';
    return fresh;
  }

  return {
    take: (text) => {
      if (isDecided) return text;
      held += text;
      return decide(false);
    },
    end: () => (isDecided ? '' : decide(true)),
  };
}
