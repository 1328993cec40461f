import type { ByteReader, ReadEnd } from './byte-reader';

/** What a reply is, by the first byte that is not blank; why there is none when nothing but blanks comes. */
export type SniffedReply = 'json' | 'html' | 'sse' | ReadEnd;

/** Waits, without limit, for the first byte that tells what a reply is: its content type lies both ways. All can still be read. */
export async function sniffReply(bytes: ByteReader): Promise<SniffedReply> {
  const seen: Uint8Array[] = [];
  for (;;) {
    const chunk = await bytes.read();
    if (typeof chunk === 'string') return chunk;
    seen.push(chunk);
    const first = chunk.find((byte) => !blank.has(byte));
    if (first === undefined) continue;
    bytes.unread(seen);
    return kindOf(first);
  }
}

/** Space, tab, line ends, and the three bytes of a byte order mark. */
const blank: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf]);

function kindOf(byte: number): SniffedReply {
  if (byte === 0x7b || byte === 0x5b) return 'json';
  return byte === 0x3c ? 'html' : 'sse';
}
