import { openBytes } from './byte-reader';

export interface SniffedReply {
  /** By the first byte that is not blank, because the content type lies both ways; `nothing` when there is none. */
  readonly looksLike: 'json' | 'html' | 'sse' | 'nothing';
  /** The whole reply again, from its first byte. */
  readonly body: ReadableStream<Uint8Array>;
}

/** Waits, without limit, for the first byte that tells what a reply is. Errors as in `ByteReader`. */
export async function sniffReply(body: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<SniffedReply> {
  const bytes = openBytes(body, signal);
  const seen: Uint8Array[] = [];
  let looksLike: SniffedReply['looksLike'] = 'nothing';
  let ended = false;
  while (looksLike === 'nothing' && !ended) {
    const chunk = await bytes.read(Number.POSITIVE_INFINITY);
    if (typeof chunk === 'string') ended = true;
    else {
      seen.push(chunk);
      looksLike = kindOf(chunk.find((byte) => !blank.has(byte)));
    }
  }
  const source: UnderlyingDefaultSource<Uint8Array> = {
    async pull(controller) {
      const chunk = seen.shift() ?? (ended ? 'end' : await bytes.read(Number.POSITIVE_INFINITY));
      if (typeof chunk !== 'string') controller.enqueue(chunk);
      else {
        bytes.close();
        controller.close();
      }
    },
    cancel: () => bytes.close(),
  };
  // Nothing is read ahead: what the reader has not asked for stays in the connection.
  const again = new ReadableStream(source, { highWaterMark: 0 });
  return { looksLike, body: again };
}

/** Space, tab, line ends, and the three bytes of a byte order mark. */
const blank: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

function kindOf(byte: number | undefined): SniffedReply['looksLike'] {
  if (byte === undefined) return 'nothing';
  if (byte === 0x7b || byte === 0x5b) return 'json';
  return byte === 0x3c ? 'html' : 'sse';
}
