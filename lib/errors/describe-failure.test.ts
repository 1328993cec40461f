import { expect, test } from 'vitest';
import { first as en } from '@/lib/i18n/en/first';
import { describeFailure } from './describe-failure';
import { ChatError, type FailureKind, toFailure } from './failure';

const kinds: Record<FailureKind, true> = {
  auth: true,
  forbidden: true,
  billing: true,
  'rate-limit': true,
  overloaded: true,
  server: true,
  timeout: true,
  loading: true,
  'model-not-found': true,
  'not-found': true,
  'context-length': true,
  'too-large': true,
  'content-filter': true,
  'bad-request': true,
  'origin-blocked': true,
  'not-an-api': true,
  redirect: true,
  network: true,
  permission: true,
  'empty-reply': true,
  'too-much-data': true,
  'bad-address': true,
  'no-model': true,
  'key-locked': true,
  'key-gone': true,
  'unavailable-here': true,
  'not-downloaded': true,
  storage: true,
  'newer-version': true,
  bug: true,
};

test.each(Object.keys(kinds) as FailureKind[])('%s has a sentence of its own', (kind) => {
  const { sentence } = describeFailure({ kind });
  expect(en[sentence]).toBeTruthy();
  const others = (Object.keys(kinds) as FailureKind[]).filter((other) => other !== kind);
  expect(others.map((other) => describeFailure({ kind: other }).sentence)).not.toContain(sentence);
});

test('an error nobody expected is a failure of ours, without its stack', () => {
  expect(toFailure(new TypeError('x is not a function'))).toEqual({
    kind: 'bug',
    message: 'TypeError: x is not a function',
  });
  expect(toFailure(new ChatError({ kind: 'auth', status: 401 }))).toEqual({ kind: 'auth', status: 401 });
});
