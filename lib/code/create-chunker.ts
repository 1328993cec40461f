/** A block of one element costs a layout of the whole for each line that comes; so lines are put together in chunks. */
export const linesPerChunk = 32;

export interface Chunker {
  /**
   * A text in pieces of whole lines, which together are the text. A text that is the previous one with more at its end
   * has the same pieces, but for the last, and costs what was added.
   */
  chunk(text: string): readonly string[];
}

export function createChunker(): Chunker {
  let previous = '';
  /** Pieces that are full, and where the next begins. */
  let full: string[] = [];
  let fullTo = 0;

  return {
    chunk(text) {
      if (!text.startsWith(previous)) {
        full = [];
        fullTo = 0;
      }
      previous = text;
      let lines = 0;
      for (let end = text.indexOf('\n', fullTo); end >= 0; end = text.indexOf('\n', end + 1)) {
        lines += 1;
        if (lines < linesPerChunk) continue;
        full.push(text.slice(fullTo, end + 1));
        fullTo = end + 1;
        lines = 0;
      }
      return fullTo < text.length ? [...full, text.slice(fullTo)] : [...full];
    },
  };
}
