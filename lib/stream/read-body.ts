import type { ByteReader, ReadEnd } from './byte-reader';
import { createUtf8Decoder } from './decode-utf8';
import { parseJson } from './json';

export interface BodyText {
  readonly text: string;
  /** `end`: this is all there was. Otherwise why the rest is missing. */
  readonly ended: ReadEnd;
}

/**
 * A whole body as text, as far as it comes: no more than `maxBytes`, and no longer than `withinMs` in all. Complete JSON
 * is its end, though the connection stays open. Rejects with the signal's reason only. The body is let go in every case.
 */
export async function readBody(
  bytes: ByteReader,
  limits: { readonly maxBytes: number; readonly withinMs: number },
): Promise<BodyText> {
  const deadline = performance.now() + limits.withinMs;
  const decode = createUtf8Decoder();
  let text = '';
  let left = limits.maxBytes;
  try {
    for (;;) {
      const chunk = await bytes.read(deadline - performance.now());
      if (typeof chunk === 'string') return { text: text + decode(), ended: chunk };
      const piece = decode(chunk.subarray(0, left));
      text += piece;
      left -= chunk.length;
      if (left < 0) return { text, ended: 'too-long' };
      if (/[}\]]\s*$/.test(piece) && parseJson(text) !== undefined) return { text, ended: 'end' };
    }
  } finally {
    bytes.close();
  }
}
