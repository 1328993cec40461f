import { ChatError } from '@/lib/errors/failure';
import { openBytes } from './byte-reader';
import { createUtf8Decoder } from './decode-utf8';

export interface BodyText {
  readonly text: string;
  /** `whole`: all there was. Otherwise why the rest is missing. */
  readonly ended: 'whole' | 'silent' | 'broken' | 'too-long';
}

/**
 * A whole body as text, as far as it comes: no more than `maxBytes`, no longer than `silenceMs` between two pieces.
 * Rejects with the signal's reason only.
 */
export async function readBody(
  body: ReadableStream<Uint8Array> | null,
  limits: { readonly maxBytes: number; readonly silenceMs: number },
  signal: AbortSignal,
): Promise<BodyText> {
  if (body === null) return { text: '', ended: 'whole' };
  const decode = createUtf8Decoder();
  const pieces: string[] = [];
  const bytes = openBytes(body, signal);
  let left = limits.maxBytes;
  try {
    for (;;) {
      const chunk = await bytes.read(limits.silenceMs);
      if (typeof chunk === 'string') {
        pieces.push(decode());
        return { text: pieces.join(''), ended: chunk === 'end' ? 'whole' : 'silent' };
      }
      pieces.push(decode(chunk.subarray(0, left)));
      left -= chunk.length;
      if (left < 0) return { text: pieces.join(''), ended: 'too-long' };
    }
  } catch (error) {
    if (error instanceof ChatError) return { text: pieces.join(''), ended: 'broken' };
    throw error;
  } finally {
    bytes.close();
  }
}
