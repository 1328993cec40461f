import { createParser, type EventSourceParser } from 'eventsource-parser';
import { ChatError } from '@/lib/errors/failure';
import { openBytes } from './byte-reader';
import { createCompleteLines } from './complete-lines';
import { createUtf8Decoder } from './decode-utf8';

export type SseItem =
  | {
      readonly type: 'message';
      /** 'message' when the stream names none. */
      readonly event: string;
      readonly data: string;
      /** The last event ID, which stays until another comes. */
      readonly id: string;
      /** false: the bytes ended before the blank line. The standard drops such an event; the reader decides. */
      readonly terminated: boolean;
    }
  /** A whole line that is none of the standard's fields, such as llama.cpp's `error: {…}` or bare JSON. */
  | { readonly type: 'line'; readonly text: string }
  /** The stream fell silent for longer than allowed. Always the last item. */
  | { readonly type: 'silence' };

export interface ReadSseOptions {
  /** How long to wait for the next message once the first with data has come; comments are no progress. Asked before each wait. */
  readonly silenceMs: () => number;
  /** Limit of a line and of an event's data, in UTF-16 units. */
  readonly maxLineCharacters?: number;
  /** See `CompleteLinesOptions`. Not in the standard: for streams whose data is JSON. */
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
  const maxLineCharacters = options.maxLineCharacters ?? sixteenMebi;
  const items: SseItem[] = [];
  const state = { ending: false };
  const parser = createItemParser(items, state, maxLineCharacters);
  const completeLines = createCompleteLines({
    maxLineCharacters,
    splitJsonLines: options.splitJsonLines ?? false,
  });
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
      state.ending = chunk === 'end';
      const text = chunk === 'end' ? `${decode()}\n\n` : decode(chunk);
      const lines = completeLines(text);
      if (lines !== '') parser.feed(lines);
      const progressed = items.some((item) => item.type === 'message' && item.data !== '');
      yield* items.splice(0);
      if (progressed) quietSince = performance.now();
      if (chunk === 'end') return;
    }
  } finally {
    bytes.close();
  }
}

function createItemParser(
  items: SseItem[],
  state: { readonly ending: boolean },
  maxBufferSize: number,
): EventSourceParser {
  let lastId = '';
  const parser = createParser({
    maxBufferSize,
    onId: (id) => {
      lastId = id;
    },
    onEvent: ({ event = 'message', data }) =>
      items.push({ type: 'message', event, data, id: lastId, terminated: !state.ending }),
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') throw new ChatError({ kind: 'too-much-data' });
      if (error.type === 'unknown-field') items.push({ type: 'line', text: error.line ?? '' });
    },
  });
  // The decoder has removed the byte order mark already; this blank line keeps the parser from removing a second one.
  parser.feed('\n');
  return parser;
}
