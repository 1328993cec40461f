import { ChatError } from '@/lib/errors/failure';

export interface CompleteLinesOptions {
  /** A line longer than this throws `ChatError` `too-much-data`. In UTF-16 units. */
  readonly maxLineCharacters: number;
  /**
   * Ends an event between two `data:` lines of which the first ends in `}` and the second starts a JSON object or is
   * the sentinel. Servers that write one newline per event instead of two need it to be read live, and it cannot hurt
   * JSON that is spread over lines: no value follows `}` without a comma.
   */
  readonly splitJsonLines: boolean;
}

/**
 * Hands on whole lines only, with the ends they came with. `eventsource-parser` drops a line that can't become a known
 * field before it has seen all of it, so that what it reports would depend on how the bytes were cut; and its limit
 * does not count comments.
 */
export function createCompleteLines(options: CompleteLinesOptions): (text: string) => string {
  let pending: string[] = [];
  let pendingLength = 0;
  let lastCharacters = '';

  return (text) => {
    const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1;
    const rest = text.slice(end);
    if (end === 0) {
      pending.push(rest);
      pendingLength += rest.length;
    }
    const lines = end === 0 ? '' : pending.join('') + text.slice(0, end);
    if (end > 0) {
      pending = [rest];
      pendingLength = rest.length;
    }
    if (pendingLength > options.maxLineCharacters) throw new ChatError({ kind: 'too-much-data' });
    if (!options.splitJsonLines || lines === '') return lines;

    // A line's end may be cut in two (CR, LF): what the last lines ended with is remembered across calls.
    const startsEvent = endsInBrace.test(lastCharacters) && startsJson.test(lines);
    lastCharacters = (lastCharacters + lines).slice(-8);
    return (startsEvent ? '\n' : '') + lines.replaceAll(betweenJsonLines, '$1$2$2');
  };
}

const endsInBrace = /\}[ \t]*(?:\r\n|\n|\r)$/;
// The line feed may be the second half of the line's end before.
const startsJson = /^\n?data: ?(?:\{|\[DONE\])/;
const betweenJsonLines = /(\}[ \t]*)(\r\n|\n|\r)(?=data: ?(?:\{|\[DONE\]))/g;
