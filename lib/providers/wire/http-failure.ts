import type { Failure, FailureKind } from '@/lib/errors/failure';
import { asArray, asRecord, parseJson } from '@/lib/stream/json';
import { readBody } from '@/lib/stream/read-body';
import { isPrivateHost } from '../is-private-host';
import { failureKind } from './failure-kind';
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
const errorBodyLimits = { maxBytes: 64 * 1024, silenceMs: 5000 } as const;

/** The failure that an HTTP answer other than 2xx stands for. Reads the body; rejects with the signal's reason only. */
export async function failureOfResponse(
  response: Response,
  context: FailureContext,
  signal: AbortSignal,
): Promise<Failure> {
  const { text } = await readBody(response.body, errorBodyLimits, signal);
  return failureOfText(text.trim(), response, context);
}

function failureOfText(text: string, response: Response, context: FailureContext): Failure {
  const { status, headers } = response;
  const host = new URL(context.url).host;
  // A browser shows nothing of a redirect that it was told not to follow, not even its status.
  if (response.type === 'opaqueredirect') return { kind: 'redirect', host };
  if (status >= 300 && status < 400) {
    return { kind: 'redirect', status, host, ...targetOf(headers.get('location'), context.url) };
  }
  const isPage = looksLikeMarkup(text);
  const body = parseJson(text) ?? text;
  const kind = isPage
    ? kindOfPage(status, text)
    : refusesOrigin(status, text, context)
      ? 'origin-blocked'
      : failureKind({ status, codes: codesIn(body), words: providerWords(body) });
  const shared = { kind, status, host, ...described(body, headers, context) };
  return headers.get('x-should-retry') === 'false' ? { ...shared, mayRetry: false } : shared;
}

/**
 * The failure that an error frame inside a stream, or an error object in a reply with status 200, stands for.
 * `headers` are those of the response that it came in.
 */
export function failureOfFrame(frame: unknown, headers: Headers, context: FailureContext): Failure {
  const codes = codesIn(frame);
  const status = /^[45]\d\d$/m.exec(codes)?.[0];
  const signs = { codes, words: providerWords(frame), ...(status === undefined ? {} : { status: Number(status) }) };
  return {
    kind: failureKind(signs),
    ...(signs.status === undefined ? {} : { status: signs.status }),
    host: new URL(context.url).host,
    ...described(frame, headers, context),
  };
}

/** The provider's identifier of a request. */
export function requestIdOf(headers: Headers): string | undefined {
  for (const name of ['x-request-id', 'request-id', 'x-amzn-requestid', 'apim-request-id', 'cf-ray']) {
    const id = headers
      .get(name)
      ?.replaceAll(/[^\x21-\x7e]/g, '')
      .slice(0, 100);
    if (id) return id;
  }
  return undefined;
}

function described(
  body: unknown,
  headers: Headers,
  { key, model, now }: FailureContext,
): Pick<Failure, 'message' | 'retryAfterMs' | 'requestId' | 'model'> {
  const message = providerMessage(body, key);
  const wait = retryAfterMs(headers, body, now());
  const named = asRecord(body)?.['request_id'];
  const requestId = requestIdOf(headers) ?? (typeof named === 'string' ? named.slice(0, 100) : undefined);
  return {
    ...(message === undefined ? {} : { message }),
    ...(wait === undefined ? {} : { retryAfterMs: wait }),
    ...(requestId === undefined ? {} : { requestId: maskKeys(requestId, key) }),
    ...(model === '' ? {} : { model }),
  };
}

/** A web page is no API's answer, except where a gateway put its own page in front of a status that says it all. */
function kindOfPage(status: number, text: string): FailureKind {
  if (/just a moment|captcha|checking your browser/i.test(text)) return 'not-an-api';
  const kind = failureKind({ status, codes: '', words: '' });
  return kind === 'bad-request' || kind === 'forbidden' ? 'not-an-api' : kind;
}

/** Ollama answers 403 with an empty body to an origin that it does not know; some servers say so in words. */
function refusesOrigin(status: number, text: string, { url, key }: FailureContext): boolean {
  if (status !== 403) return false;
  if (text === '') return key === '' || isPrivateHost(new URL(url).hostname);
  return /\borigin\b.{0,40}(?:not allowed|denied|forbidden|rejected)|(?:invalid|disallowed|forbidden) origin/i.test(
    text,
  );
}

function targetOf(location: string | null, url: string): Pick<Failure, 'target'> {
  if (location === null || !URL.canParse(location, url)) return {};
  return { target: new URL(location, url).host };
}

/** Every code, type and status word in an error, one per line, in lower case. */
function codesIn(value: unknown, depth = 0): string {
  if (depth > 5) return '';
  if (typeof value === 'string') return /^\s*[[{]/.test(value) ? codesIn(parseJson(value), depth + 1) : '';
  const found = asArray(value).map((item) => codesIn(item, depth + 1));
  for (const [name, inner] of Object.entries(asRecord(value) ?? {})) {
    if (namesOfCodes.has(name) && (typeof inner === 'string' || typeof inner === 'number')) found.push(String(inner));
    else found.push(codesIn(inner, depth + 1));
  }
  return found
    .filter((code) => code !== '')
    .join('\n')
    .toLowerCase();
}

const namesOfCodes: ReadonlySet<string> = new Set(['code', 'type', 'status', 'status_code', 'reason']);
