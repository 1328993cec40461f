import type { ByteReader } from './byte-reader';
import { createUtf8Decoder } from './decode-utf8';
import { createSseParser, type SseItem } from './parse-sse';
import { createLineSplitter } from './split-lines';

export interface ReadSseOptions {
  /**
   * Until when more is waited for, on the clock of `performance.now()`. Asked before each wait: `quietSince` is when there
   * was progress last, `open` gives the line that has no end yet.
   */
  readonly until: (quietSince: number, open: () => string) => number;
  /** Changes with every item taken that is progress; what changes nothing, such as a ping, is none. Without it all is. */
  readonly progress?: () => number;
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
  const { until, progress = () => performance.now() } = options;
  let quietSince = performance.now();
  let deadline = until(quietSince, splitter.open);
  let longest = 0;
  try {
    for (;;) {
      const chunk = await bytes.read(deadline - performance.now());
      const isOver = typeof chunk === 'string';
      const lines = splitter.push(decode(isOver ? undefined : chunk));
      const before = progress();
      for (const line of isOver && splitter.open() !== '' ? [...lines, splitter.open()] : lines) {
        const items = line.length > maxCharacters ? [tooLong] : parser.line(line);
        for (const item of parser.openLength() > maxCharacters ? [tooLong] : items) {
          yield item;
          if (item.type === 'end') return;
        }
      }
      const length = parser.openLength() + (splitter.openStart() === ':' ? 0 : splitter.open().length);
      // A message that grows is progress, too; one that grows no further than those before it may be another ping.
      if (progress() !== before || length > longest) {
        quietSince = performance.now();
        longest = length;
      }
      if (isOver) yield* parser.end();
      deadline = until(quietSince, splitter.open);
      if (isOver) return yield { type: 'end', reason: chunk };
      if (splitter.open().length > maxCharacters) return yield tooLong;
      // Comments may come so fast that the timer of a read never ends.
      if (performance.now() > deadline) return yield { type: 'end', reason: 'silent' };
    }
  } finally {
    bytes.close();
  }
}
