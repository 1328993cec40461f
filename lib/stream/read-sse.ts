import type { ByteReader } from './byte-reader';
import { createUtf8Decoder } from './decode-utf8';
import { createSseParser, type SseItem } from './parse-sse';
import { createLineSplitter } from './split-lines';

export interface ReadSseOptions {
  /** How long to wait for more once the first data has come; comments are no progress. Asked before each wait. */
  readonly silenceMs: () => number;
  /** Limit of a line and of an event's data, in UTF-16 units. */
  readonly maxLineCharacters?: number;
  /** See `createSseParser`. Not in the standard: for streams whose data is JSON. */
  readonly splitJsonLines?: boolean;
}

const sixteenMebi = 16 * 1024 * 1024;
const tooLong = { type: 'end', reason: 'too-long' } as const;

/**
 * Reads an event stream as section 9.2 of HTML says (https://html.spec.whatwg.org/multipage/server-sent-events.html),
 * in whatever pieces the bytes come. The last item says why it ended; what was open then comes before it. Rejects with
 * the signal's reason only. The body is let go in every case.
 */
export async function* readSse(bytes: ByteReader, options: ReadSseOptions): AsyncGenerator<SseItem> {
  const maxCharacters = options.maxLineCharacters ?? sixteenMebi;
  const parser = createSseParser(options.splitJsonLines ?? false);
  const splitter = createLineSplitter();
  const decode = createUtf8Decoder();
  let quietSince = Number.POSITIVE_INFINITY;
  let openLength = 0;
  try {
    for (;;) {
      const chunk = await bytes.read(quietSince + options.silenceMs() - performance.now());
      const isOver = typeof chunk === 'string';
      const lines = splitter.push(decode(isOver ? undefined : chunk));
      let progressed = false;
      for (const line of isOver ? [...lines, ...splitter.end()] : lines) {
        const items = line.length > maxCharacters ? [tooLong] : parser.line(line);
        for (const item of parser.openLength() > maxCharacters ? [tooLong] : items) {
          yield item;
          if (item.type === 'end') return;
          progressed ||= item.type === 'message' && item.data !== '';
        }
      }
      const length = parser.openLength() + (splitter.openStart() === ':' ? 0 : splitter.openLength());
      // A message that grows is progress, too.
      if (progressed || length > openLength) quietSince = performance.now();
      openLength = length;
      if (isOver) yield* parser.end();
      // Comments may come so fast that the timer of a read never ends.
      const isSilent = performance.now() > quietSince + options.silenceMs();
      const reason = isOver
        ? chunk
        : splitter.openLength() > maxCharacters
          ? 'too-long'
          : isSilent
            ? 'silent'
            : undefined;
      if (reason) {
        yield { type: 'end', reason };
        return;
      }
    }
  } finally {
    bytes.close();
  }
}
