import type { ByteReader, ReadEnd } from './byte-reader';
import { createUtf8Decoder } from './decode-utf8';

export interface BodyText {
  readonly text: string;
  /** `end`: this is all there was. Otherwise why the rest is missing. */
  readonly ended: ReadEnd;
}

/**
 * A whole body as text, as far as it comes: no more than `maxBytes`, no longer than `silenceMs` between two pieces.
 * Rejects with the signal's reason only. The body is let go in every case.
 */
export async function readBody(
  bytes: ByteReader,
  limits: { readonly maxBytes: number; readonly silenceMs: number },
): Promise<BodyText> {
  const decode = createUtf8Decoder();
  let text = '';
  let left = limits.maxBytes;
  try {
    for (;;) {
      const chunk = await bytes.read(limits.silenceMs);
      if (typeof chunk === 'string') return { text: text + decode(), ended: chunk };
      text += decode(chunk.subarray(0, left));
      left -= chunk.length;
      if (left < 0) return { text, ended: 'too-long' };
    }
  } finally {
    bytes.close();
  }
}
