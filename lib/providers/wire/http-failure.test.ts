import { describe, expect, it } from 'vitest';
import type { FailureKind } from '@/lib/errors/failure';
import { failureOfResponse } from './http-failure';

const key = 'abcd-1234-efgh-5678';

async function failureOf(
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
  context: { readonly url?: string; readonly key?: string } = {},
): ReturnType<typeof failureOfResponse> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = new Response(text, { status, headers });
  const asked = {
    url: 'https://api.example/v1/chat/completions',
    key,
    model: 'm',
    now: () => 1_700_000_000_000,
    ...context,
  };
  return failureOfResponse(response, asked, new AbortController().signal);
}

const said = (message: string, fields: Readonly<Record<string, unknown>> = {}): unknown => ({
  error: { message, ...fields },
});
const page = '<!DOCTYPE html><html><body>502 Bad Gateway</body></html>';

describe('the kind of an HTTP error', () => {
  it.each<readonly [FailureKind, number, unknown]>([
    ['auth', 401, said('Incorrect API key provided', { code: 'invalid_api_key' })],
    [
      'auth',
      400,
      [
        {
          error: {
            code: 400,
            message: 'API key not valid. Please pass a valid API key.',
            status: 'INVALID_ARGUMENT',
            details: [{ reason: 'API_KEY_INVALID' }],
          },
        },
      ],
    ],
    ['auth', 401, page],
    ['auth', 401, ''],
    ['forbidden', 403, said('Your team has no access', { type: 'permission_error' })],
    ['billing', 402, ''],
    [
      'billing',
      400,
      said('Your credit balance is too low to access the Anthropic API.', { type: 'invalid_request_error' }),
    ],
    ['billing', 429, said('You exceeded your current quota', { code: 'insufficient_quota' })],
    [
      'billing',
      429,
      said('RateLimitError: You exceeded your current quota, please check your plan and billing details'),
    ],
    ['rate-limit', 429, ''],
    ['rate-limit', 429, said('You exceeded your current quota', { status: 'RESOURCE_EXHAUSTED' })],
    [
      'rate-limit',
      429,
      said('Rate limit reached for m on tokens per min (TPM): Limit 10000, Used 9000, Requested 2000', {
        code: 'rate_limit_exceeded',
      }),
    ],
    [
      'too-large',
      429,
      said('Request too large for m on tokens per min (TPM): Limit 10000, Requested 20000', {
        code: 'rate_limit_exceeded',
      }),
    ],
    ['too-large', 429, said('tokens per min: Limit 10000, Requested 20000', { code: 'rate_limit_exceeded' })],
    ['too-large', 413, page],
    ['overloaded', 529, ''],
    ['overloaded', 503, said('That model is currently overloaded')],
    ['overloaded', 503, page],
    ['server', 500, ''],
    ['server', 502, page],
    ['server', 409, ''],
    ['timeout', 408, ''],
    ['timeout', 504, page],
    ['timeout', 524, page],
    ['loading', 503, said('Loading model', { code: 503, type: 'unavailable_error' })],
    ['loading', 503, { error: 'Model x/y is currently loading', estimated_time: 20 }],
    [
      'model-not-found',
      404,
      said('The model `m` does not exist or you do not have access to it.', { code: 'model_not_found' }),
    ],
    ['model-not-found', 404, said('model "m" not found, try pulling it first')],
    [
      'model-not-found',
      404,
      said('The API deployment for this resource does not exist.', { code: 'DeploymentNotFound' }),
    ],
    ['model-not-found', 400, said('m is not a valid model ID')],
    ['not-found', 404, '404 page not found'],
    ['not-found', 404, { detail: 'Not Found' }],
    ['not-found', 404, page],
    ['not-found', 405, { detail: 'Method Not Allowed' }],
    [
      'context-length',
      400,
      said("This model's maximum context length is 8192 tokens.", { code: 'context_length_exceeded' }),
    ],
    ['context-length', 400, said('prompt is too long: 210000 tokens > 200000 maximum')],
    ['context-length', 500, said('the request exceeds the available context size')],
    ['content-filter', 400, said('The response was filtered', { code: 'content_filter' })],
    ['content-filter', 403, said('Input was flagged by moderation')],
    [
      'bad-request',
      400,
      said("Unsupported parameter: 'max_tokens' is not supported with this model.", { code: 'unsupported_parameter' }),
    ],
    ['bad-request', 422, { detail: [{ loc: ['body', 'messages'], msg: 'field required' }] }],
    ['not-an-api', 403, '<html><title>Just a moment...</title></html>'],
    ['not-an-api', 503, '<html><title>Just a moment...</title></html>'],
    ['not-an-api', 400, page],
  ])('%s: %i %j', async (kind, status, body) => {
    const failure = await failureOf(status, body);
    expect(failure).toMatchObject({ kind, status, host: 'api.example', model: 'm' });
    expect(failure.message ?? '').not.toMatch(/[<{}]/);
  });

  it('is origin-blocked for an empty 403 of a local server or without a key, forbidden elsewhere', async () => {
    expect(await failureOf(403, '', {}, { url: 'http://127.0.0.1:11434/v1' })).toMatchObject({
      kind: 'origin-blocked',
    });
    expect(await failureOf(403, '', {}, { key: '' })).toMatchObject({ kind: 'origin-blocked' });
    expect(await failureOf(403, '')).toMatchObject({ kind: 'forbidden' });
    expect(await failureOf(403, 'origin not allowed: moz-extension://x')).toMatchObject({ kind: 'origin-blocked' });
  });
});

describe('the words of an HTTP error', () => {
  it.each<readonly [string, unknown]>([
    ['Boom', said('Boom')],
    ['Boom', { error: 'Boom' }],
    ['Boom', { message: { detail: [{ msg: 'Boom' }] } }],
    [
      'body.model: Boom; body.x: Bang',
      {
        detail: [
          { loc: ['body', 'model'], msg: 'Boom' },
          { loc: ['body', 'x'], msg: 'Bang' },
        ],
      },
    ],
    ['Boom', [{ error: { message: 'Boom' } }]],
    ['Boom', said('{"error":{"message":"Boom"}}')],
    ['litellm: Boom', said('litellm: {"error":{"message":"Boom"}}')],
    ['Error code: 400: Boom', said("Error code: 400 - {'error': {'message': 'Boom', 'x': 1}}")],
    [
      'Provider returned error: Boom',
      said('Provider returned error', { metadata: { raw: '{"error":{"message":"Boom"}}' } }),
    ],
    ['Boom', 'id:1\nevent:error\n:HTTP_STATUS/400\ndata:{"code":"x","message":"Boom"}'],
    ['Boom', ' Boom\n'],
    ['a b', said('a\u0007\u202e b')],
    ['see docs', said('see <a href="x">docs</a>')],
  ])('are %j in %j', async (message, body) => {
    expect((await failureOf(400, body)).message).toBe(message);
  });

  it.each([page, '{"torn":', { nothing: 1 }, '', '[]'])('are none in %j', async (body) => {
    expect((await failureOf(500, body)).message).toBeUndefined();
  });

  it('are at most 500 characters, and no half ones', async () => {
    const { message } = await failureOf(400, said('😀'.repeat(400)));
    expect(message?.length).toBeLessThanOrEqual(500);
    expect(message?.isWellFormed()).toBe(true);
  });

  it.each([
    `Wrong key ${key}.`,
    'Incorrect API key provided: sk-proj-ab*****wxyz.',
    'Got Bearer abcdefgh',
    `Got ${key.slice(2, 14)}***`,
    'https://x.example/?key=AIzaSyA1234567890 failed',
  ])('hide keys: %s', async (message) => {
    const shown = (await failureOf(401, said(message))).message ?? '';
    expect(shown).toContain('•••');
    expect(shown).not.toMatch(/abcd|cd-1234|sk-|Bearer|AIza|wxyz/);
  });
});

it('hides a short key whole, and no word that only resembles a part of it', async () => {
  expect((await failureOf(401, said('Key ab-12c is wrong, ab-1 is fine'), {}, { key: 'ab-12c' })).message).toBe(
    'Key ••• is wrong, ab-1 is fine',
  );
});

describe('the wait that a provider asks for', () => {
  it.each<readonly [number | undefined, Readonly<Record<string, string>>, unknown]>([
    [1500, { 'retry-after-ms': '1500', 'retry-after': '9' }, ''],
    [7000, { 'retry-after': '7' }, ''],
    [60_000, { 'retry-after': new Date(1_700_000_060_000).toUTCString() }, ''],
    [0, { 'retry-after': new Date(1_600_000_000_000).toUTCString() }, ''],
    [34_400, {}, said('x', { details: [{ '@type': 'RetryInfo', retryDelay: '34.4s' }] })],
    [62_500, {}, said('Please try again in 1m2.5s.')],
    [33_000, {}, said('Please retry after 33 seconds. Please go here.')],
    [120_000, {}, 'Try again in 2 minutes'],
    [30_000, {}, { error: { retry_after: 30 } }],
    [360_000, { 'x-ratelimit-remaining-tokens': '0', 'x-ratelimit-reset-tokens': '6m0s' }, ''],
    [undefined, { 'x-ratelimit-remaining-tokens': '5', 'x-ratelimit-reset-tokens': '6m0s' }, ''],
    [5000, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1700000005000' }, ''],
    [undefined, { 'retry-after': 'soon' }, ''],
  ])('is %s for %j %j', async (wait, headers, body) => {
    expect((await failureOf(429, body, headers)).retryAfterMs).toBe(wait);
  });

  it('is never for a provider that says so', async () => {
    expect(await failureOf(500, '', { 'x-should-retry': 'false' })).toMatchObject({ mayRetry: false });
    expect(await failureOf(500, '', { 'x-should-retry': 'true' })).not.toHaveProperty('mayRetry');
  });
});

it('the identifier of the request is kept, from headers or body', async () => {
  expect(await failureOf(500, '', { 'x-request-id': 'req_1' })).toMatchObject({ requestId: 'req_1' });
  expect(await failureOf(500, { request_id: 'req_2' })).toMatchObject({ requestId: 'req_2' });
});

it('an error body that never ends is not waited for', async () => {
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(4096).fill(0x61)),
  });
  const asked = { url: 'https://api.example', key, model: '', now: () => 0 };
  const failure = await failureOfResponse(new Response(endless, { status: 500 }), asked, new AbortController().signal);
  expect(failure.kind).toBe('server');
  expect(failure.message?.length).toBe(500);
});

it.each([
  ['whole JSON that stays open at once', '{"error":"Boom"}', '', 500],
  ['a slow drip for a second and a half', '{"error":"', 'x', 2500],
])('reads %s', async (_, first, drip, withinMs) => {
  let timer: ReturnType<typeof setInterval> | undefined;
  const encode = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start(controller) {
      controller.enqueue(encode(first));
      if (drip !== '') timer = setInterval(() => controller.enqueue(encode(drip)), 50);
    },
    cancel: () => clearInterval(timer),
  });
  const started = performance.now();
  const asked = { url: 'https://api.example', key, model: '', now: () => 0 };
  const failure = await failureOfResponse(new Response(body, { status: 500 }), asked, new AbortController().signal);
  expect(performance.now() - started).toBeLessThan(withinMs);
  expect(failure.message).toBe(drip === '' ? 'Boom' : undefined);
});
