import type { FailureKind } from '../../../lib/errors/failure.ts';
import { caseKey, done, event, hello, helloText, streamCase, type StreamCase } from '../stream-case.ts';

/** An error frame behind some text, then the sentinel. */
function frame(id: string, kind: FailureKind, error: unknown, says?: string): StreamCase {
  const expect = { text: helloText, ending: 'error', failureKind: kind } as const;
  return streamCase(`frame-${id}`, `the same kinds name an error frame: ${kind}`, hello + event({ error }) + done, {
    ...expect,
    ...(says === undefined ? {} : { says }),
  });
}

/** The same kinds as those of HTTP errors name an error inside a stream, which has no status but perhaps its own. */
export const errorFrames: readonly StreamCase[] = [
  frame(
    'auth-code',
    'auth',
    { message: 'Incorrect API key provided', code: 'invalid_api_key', type: 'invalid_request_error' },
    'Incorrect API key',
  ),
  frame('auth-status', 'auth', { message: 'No', code: 401 }),
  frame('auth-type', 'auth', { message: 'invalid x-api-key', type: 'authentication_error' }),
  frame('forbidden-status', 'forbidden', { message: 'No', code: 403 }),
  frame('forbidden-type', 'forbidden', { message: 'No', type: 'permission_error' }),
  frame('billing-quota', 'billing', {
    message: 'You exceeded your current quota',
    type: 'insufficient_quota',
    code: 'insufficient_quota',
  }),
  frame('billing-status', 'billing', { message: 'Pay', code: 402 }),
  frame('billing-balance', 'billing', {
    message: 'Insufficient Balance',
    type: 'unknown_error',
    code: 'invalid_request_error',
  }),
  frame('rate-limit-code', 'rate-limit', { message: 'Rate limit reached', code: 'rate_limit_exceeded' }),
  frame('rate-limit-status', 'rate-limit', { message: 'Slow down', code: 429 }),
  frame('rate-limit-google', 'rate-limit', {
    message: 'Resource has been exhausted (e.g. check quota).',
    status: 'RESOURCE_EXHAUSTED',
    code: 429,
  }),
  frame('overloaded-type', 'overloaded', { message: 'Overloaded', type: 'overloaded_error' }),
  frame('overloaded-status', 'overloaded', { message: 'No', code: 503 }),
  frame('overloaded-words', 'overloaded', { message: 'Server is busy, please try again later' }),
  frame('server-status', 'server', { message: 'Boom', code: 500 }, 'Boom'),
  frame('server-type', 'server', {
    message: 'The server had an error while processing your request.',
    type: 'server_error',
  }),
  frame('server-unknown', 'server', { message: 'Something went wrong' }),
  frame('timeout-status', 'timeout', { message: 'No', code: 504 }),
  frame('timeout-words', 'timeout', { message: 'Upstream request timed out' }),
  frame('loading', 'loading', { message: 'Loading model', type: 'unavailable_error', code: 503 }),
  frame('model-code', 'model-not-found', { message: 'No', code: 'model_not_found' }),
  frame('model-words', 'model-not-found', { message: 'The model `x` does not exist' }),
  frame('context-code', 'context-length', { message: 'No', code: 'context_length_exceeded' }),
  frame(
    'context-words',
    'context-length',
    {
      message:
        'Trying to keep the first 6547 tokens when context the overflows. However, the model is loaded with context length of only 4096 tokens, which is not enough.',
    },
    'context length',
  ),
  frame('too-large-status', 'too-large', { message: 'No', code: 413 }),
  frame('too-large-type', 'too-large', { message: 'Request exceeds the maximum size', type: 'request_too_large' }),
  frame('too-large-never-fits', 'too-large', {
    message: 'Request too large for m on tokens per minute (TPM): Limit 6000, Requested 12328',
    code: 'rate_limit_exceeded',
    type: 'tokens',
  }),
  frame('filter-code', 'content-filter', { message: 'No', code: 'content_filter' }),
  frame('filter-words', 'content-filter', { message: 'Your input was flagged by moderation' }),
  frame('bad-request-type', 'bad-request', { message: 'No', type: 'invalid_request_error' }),
  frame('bad-request-status', 'bad-request', { message: 'No', code: 422 }),
  frame(
    'key-echoed',
    'auth',
    { message: `Incorrect API key provided: ${caseKey}.`, code: 401 },
    'Incorrect API key provided',
  ),
  frame(
    'key-in-json',
    'server',
    { message: JSON.stringify({ error: { message: `Bearer ${caseKey} failed` } }) },
    'failed',
  ),
  frame(
    'key-in-address',
    'server',
    { message: `GET https://x.example/v1?key=${encodeURIComponent(caseKey)}&a=1 failed` },
    'failed',
  ),
];
