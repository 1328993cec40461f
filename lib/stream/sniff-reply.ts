import type { ByteReader, ReadEnd } from './byte-reader';

/** What a reply is, by the first byte that is not blank; why there is none when nothing but blanks comes. */
export type SniffedReply = 'json' | 'html' | 'sse' | ReadEnd;

/** Blanks keep a connection alive before some replies; so many are no such thing. */
const mostBlanks = 1024 * 1024;

/**
 * Waits, without limit, for the first byte that tells what a reply is: its content type lies both ways. All can still be
 * read. More than 1 MiB of blanks is `too-long`.
 */
export async function sniffReply(bytes: ByteReader): Promise<SniffedReply> {
  const seen: Uint8Array[] = [];
  for (let left = mostBlanks; left > 0;) {
    const chunk = await bytes.read();
    if (typeof chunk === 'string') return chunk;
    seen.push(chunk);
    left -= chunk.length;
    const first = chunk.find((byte) => byte > 0x20 && !byteOrderMark.has(byte));
    if (first === undefined) continue;
    bytes.unread(seen);
    return kindOf(first);
  }
  return 'too-long';
}

const byteOrderMark: ReadonlySet<number> = new Set([0xef, 0xbb, 0xbf]);

function kindOf(byte: number): SniffedReply {
  if (byte === 0x7b || byte === 0x5b) return 'json';
  return byte === 0x3c ? 'html' : 'sse';
}
