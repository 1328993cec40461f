import { defined } from '@/lib/errors/defined';
import type { Failure, FailureKind } from '@/lib/errors/failure';
import { openBytes } from '@/lib/stream/byte-reader';
import { asRecord, asText, jsonOrText } from '@/lib/stream/json';
import { readBody } from '@/lib/stream/read-body';
import { codeMark, failureKind } from './failure-kind';
import { maskKeys } from './mask-keys';
import { looksLikeMarkup, providerMessage, providerWords } from './provider-message';
import { retryAfterMs } from './retry-after';

/** What is known of a request when its answer is a failure. */
export interface FailureContext {
  readonly url: string;
  readonly key: string;
  /** '' where the wire has no models or the request is about none. */
  readonly model: string;
  readonly now: () => number;
}

/** An error body is short; whatever is longer, or slower, is not read to its end. */
const errorBodyLimits = { maxBytes: 64 * 1024, withinMs: 1500 } as const;

/** The failure that an HTTP answer other than 2xx stands for. Reads the body; rejects with the signal's reason only. */
export async function failureOfResponse(
  response: Response,
  context: FailureContext,
  signal: AbortSignal,
): Promise<Failure> {
  const { text } = await readBody(openBytes(response.body, signal), errorBodyLimits);
  return failureOfText(text.trim(), response, context);
}

function failureOfText(text: string, response: Response, context: FailureContext): Failure {
  const { status, headers } = response;
  const place = placeOf(headers, context);
  // A browser shows nothing of a redirect that it was told not to follow, not even its status.
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    const target = URL.parse(headers.get('location') ?? 'data:', context.url)?.host;
    return defined({ ...place, kind: 'redirect' as const, status: status || undefined, target: target || undefined });
  }
  const said = jsonOrText(text);
  const failure = failureOfSaid(said, headers, context, status);
  if (looksLikeMarkup(text)) return { ...failure, kind: kindOfPage(status, text) };
  return refusesOrigin(status, text, context) ? { ...failure, kind: 'origin-blocked' } : failure;
}

/**
 * The failure that an error frame inside a stream, or an error object in a reply with status 200, stands for.
 * `headers` are those of the response that it came in.
 */
export function failureOfFrame(frame: unknown, headers: Headers, context: FailureContext): Failure {
  const status = /§([45]\d\d)$/m.exec(codesIn(frame))?.[1];
  return failureOfSaid(frame, headers, context, status === undefined ? undefined : Number(status));
}

function failureOfSaid(said: unknown, headers: Headers, context: FailureContext, status: number | undefined): Failure {
  const { key, model, now } = context;
  const message = providerMessage(said, key);
  const wait = retryAfterMs(headers, textOf(said), now());
  const requestId = asText(asRecord(said)?.['request_id']);
  return defined({
    kind: failureKind(`${codesIn(said)}\n${providerWords(said)}`, status),
    requestId: requestId === '' ? undefined : maskKeys(requestId.slice(0, 100), key),
    ...placeOf(headers, context),
    status,
    message,
    retryAfterMs: wait,
    model: model || undefined,
    mayRetry: /false/i.test(headers.get('x-should-retry') ?? '') ? false : undefined,
  });
}

/** Who answered, and the provider's identifier of the request. */
export function placeOf(headers: Headers, { url, key }: FailureContext): Pick<Failure, 'host' | 'requestId'> {
  const { host } = new URL(url);
  for (const name of ['x-request-id', 'request-id', 'x-amzn-requestid', 'apim-request-id', 'cf-ray']) {
    const id = headers.get(name)?.replaceAll(/[^\x21-\x7e]/g, '');
    if (id) return { host, requestId: maskKeys(id.slice(0, 100), key) };
  }
  return { host };
}

/** A web page is no API's answer, except where a gateway put its own page in front of a status that says it all. */
function kindOfPage(status: number, text: string): FailureKind {
  if (/just a moment|captcha|checking your browser/i.test(text)) return 'not-an-api';
  const kind = failureKind('', status);
  return kind === 'bad-request' || kind === 'forbidden' ? 'not-an-api' : kind;
}

/** Ollama answers 403 with an empty body to an origin that it does not know; some servers say so in words. */
function refusesOrigin(status: number, text: string, { url, key }: FailureContext): boolean {
  if (status !== 403) return false;
  // Plain http goes to servers of one's own only.
  if (text === '') return key === '' || url.startsWith('http:');
  return /\borigin\b.{0,40}(?:not allowed|denied|forbidden|rejected)|(?:invalid|disallowed|forbidden) origin/i.test(
    text,
  );
}

/** Every code, type and status word in an error, also in JSON inside JSON, one per line, each behind the mark. */
function codesIn(said: unknown): string {
  return [...textOf(said).matchAll(namedCode)].map(([, code]) => `${codeMark}${code}`).join('\n');
}

const namedCode = /"(?:code|type|status|reason|(?:status|error)_?(?:code|type))\\*":\s*\\*"?([^"\\,}]+)/gi;

function textOf(said: unknown): string {
  return typeof said === 'string' ? said : JSON.stringify(said);
}
