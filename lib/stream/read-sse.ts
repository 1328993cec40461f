import { openBytes } from './byte-reader';
import { createUtf8Decoder } from './decode-utf8';
import { createSseParser, type SseItem } from './parse-sse';
import { createLineSplitter } from './split-lines';

export interface ReadSseOptions {
  /** How long to wait for the next message once the first with data has come; comments are no progress. Asked before each wait. */
  readonly silenceMs: () => number;
  /** Limit of a line and of an event's data, in UTF-16 units. */
  readonly maxLineCharacters?: number;
  /** See `ParseSseOptions`. Not in the standard: for streams whose data is JSON. */
  readonly splitJsonLines?: boolean;
}

const sixteenMebi = 16 * 1024 * 1024;

/**
 * Reads an event stream as section 9.2 of HTML says (https://html.spec.whatwg.org/multipage/server-sent-events.html),
 * in whatever pieces the bytes come. Rejects with the signal's reason when it is aborted, with `ChatError` `network`
 * when the transport breaks and `too-much-data` when a line or event is over the limit. The body is let go in every case.
 */
export async function* readSse(
  body: ReadableStream<Uint8Array>,
  options: ReadSseOptions,
  signal: AbortSignal,
): AsyncGenerator<SseItem> {
  const maxCharacters = options.maxLineCharacters ?? sixteenMebi;
  const parser = createSseParser({ maxCharacters, splitJsonLines: options.splitJsonLines ?? false });
  const splitLines = createLineSplitter(maxCharacters);
  const decode = createUtf8Decoder();
  const bytes = openBytes(body, signal);
  let quietSince: number | undefined;
  try {
    for (;;) {
      const waitMs =
        quietSince === undefined ? Number.POSITIVE_INFINITY : quietSince + options.silenceMs() - performance.now();
      const chunk = await bytes.read(waitMs);
      if (chunk === 'silent') {
        yield { type: 'silence' };
        return;
      }
      const isEnd = chunk === 'end';
      const lines = splitLines(isEnd ? decode() : decode(chunk));
      const items = (isEnd ? [...lines, ...splitLines()] : lines).flatMap(parser.line);
      if (isEnd) items.push(...parser.end());
      const progressed = items.some((item) => item.type === 'message' && item.data !== '');
      yield* items;
      if (progressed) quietSince = performance.now();
      if (isEnd) return;
    }
  } finally {
    bytes.close();
  }
}
