import type { Usage } from '@/lib/chat/types';
import { defined } from '@/lib/errors/defined';
import type { FailureKind } from '@/lib/errors/failure';
import type { ForcedHeaders } from '@/lib/providers/provider';
import { bodyEnd, bodyStart, type CutText, type SentRequest } from '@/lib/store/sent';
import { redactAddress, redactBody, redactForeign, redactHeader } from './redact';

/** A request of which everything is known, and nothing is to be stored as it is. */
export interface Going {
  readonly at: number;
  readonly url: string;
  readonly init: RequestInit;
  /** Set by the browser for us. */
  readonly forced: ForcedHeaders;
  /** The key in use, '' when there is none. */
  readonly key: string;
  readonly bytesOut: number;
  /** The newest of what came: `held` bytes of `bytesIn`. */
  readonly chunks: readonly Uint8Array[];
  readonly held: number;
  readonly bytesIn: number;
  readonly answer?: Pick<Response, 'status' | 'headers'>;
  readonly failure?: FailureKind | undefined;
  readonly headersMs?: number;
  readonly firstTokenMs?: number;
  readonly endMs?: number;
  readonly usage?: Usage | undefined;
}

/** A request as it may be stored: keys are taken out, and what is too long is cut. */
export function writeDown({ url, init, forced, key, answer, chunks, held, ...rest }: Going): SentRequest {
  const headers = [...new Headers(init.headers), ...Object.entries(forced)];
  return defined({
    ...rest,
    method: init.method ?? 'GET',
    url: redactAddress(url, key),
    headers: headers.map(([name, value]) => [name, redactHeader(name, value, key)] as const),
    body: cut(redactBody(typeof init.body === 'string' ? init.body : '', key)),
    status: answer?.status,
    requestId: answer && requestIdIn(answer.headers, key),
    frames: { start: '', left: rest.bytesIn - held, end: textOf(chunks, { isCut: rest.bytesIn > held, key }) },
  }) as SentRequest;
}

function textOf(
  chunks: readonly Uint8Array[],
  { isCut, key }: { readonly isCut: boolean; readonly key: string },
): string {
  const decoder = new TextDecoder();
  const text = chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
  // Where the beginning is missing, the rest of a key, or of a character, may stand first.
  return redactForeign(isCut ? text.slice(Math.max(key.length, 3)) : text, key);
}

function cut(text: string): CutText {
  const left = text.length - bodyStart - bodyEnd;
  if (left <= 0) return { start: text, left: 0, end: '' };
  return { start: text.slice(0, bodyStart), left, end: text.slice(-bodyEnd) };
}

/** The provider's identifier of the request, for its support. */
function requestIdIn(headers: Headers, key: string): string | undefined {
  for (const [name, value] of headers) {
    if (/^(?:.*-)?request-?id$|^cf-ray$/.test(name)) return redactForeign(value.slice(0, 100), key);
  }
  return undefined;
}
