import { ChatError } from '@/lib/errors/failure';

/**
 * Cuts text that comes in pieces into lines, at LF, CR and CRLF, also when a CRLF is cut in two; nothing else ends a
 * line (section 9.2.6 of HTML). Without text, at the end, it gives what stands after the last line end.
 * A line over the limit (in UTF-16 code units) throws `ChatError` `too-much-data`.
 */
export function createLineSplitter(maxLineCharacters: number): (text?: string) => readonly string[] {
  /** The line that is open, in the pieces it came in: joining each time would cost its length squared. */
  let pieces: string[] = [];
  let length = 0;
  let endedInCr = false;

  const take = (piece: string): void => {
    pieces.push(piece);
    length += piece.length;
    if (length > maxLineCharacters) throw new ChatError({ kind: 'too-much-data' });
  };
  const end = (): string => {
    const line = pieces.join('');
    pieces = [];
    length = 0;
    return line;
  };

  return (text) => {
    if (text === undefined) return length === 0 ? [] : [end()];
    const lines: string[] = [];
    let start = endedInCr && text.startsWith('\n') ? 1 : 0;
    if (text !== '') endedInCr = text.endsWith('\r');
    lineEnd.lastIndex = start;
    for (let match = lineEnd.exec(text); match; match = lineEnd.exec(text)) {
      take(text.slice(start, match.index));
      lines.push(end());
      start = lineEnd.lastIndex;
    }
    if (start < text.length) take(text.slice(start));
    return lines;
  };
}

const lineEnd = /\r\n|\r|\n/g;
