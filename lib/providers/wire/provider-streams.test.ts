import { describe, expect, it } from 'vitest';
import { pauseBeforeRetry } from '@/lib/engine/retry-policy';
import type { Failure } from '@/lib/errors/failure';
import { inRandomPieces, inSteps, readVectors, streamOf, vectorsAbsent } from '../../../tests/vectors';
import { anIo, aRequest, outcomeOf, type Outcome } from '@/tests/support/build-requests';
import { wireOfError } from '@/tests/support/fault-server/vector-errors';
import { wireOfVector } from '@/tests/support/fault-server/vector-streams';
import { codeLinkAva, endpointOfWire, providerOfWire } from '@/tests/support/providers';
import type { Provider } from '../provider';

interface StreamCase {
  readonly id: string;
  readonly protocol: string;
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body_b64: string;
  };
  readonly expect: Expected & {
    readonly reasoning?: string;
    readonly usage_seen?: boolean;
    readonly kind?: string;
    readonly retryable?: boolean;
    readonly message_contains?: string;
    readonly must_not_show?: readonly string[];
    readonly accept_also?: readonly Expected[];
  };
}

interface Expected {
  readonly outcome: string;
  readonly text: string;
}

interface ErrorCase {
  readonly id: string;
  readonly provider: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly expect: {
    readonly kind: string;
    readonly retryable?: boolean;
    readonly message_contains?: string;
    readonly retry_after_ms?: number;
    readonly must_not_show: readonly string[];
  };
}

const streams = readVectors<StreamCase>('provider-streams');
const errors = readVectors<ErrorCase>('provider-errors');
const absent = streams.length === 0;
const isFull = process.env['AVA_FAULTS'] === 'all';
const hyphenated = (name: string): string => name.replaceAll('_', '-');

const isRetried = (failure: Failure | undefined): boolean =>
  failure !== undefined && pauseBeforeRetry(failure, 0, () => 0.5) !== undefined;

async function answerOf(
  { protocol, response: { status, headers } }: StreamCase,
  pieces: Iterable<Uint8Array>,
  provider?: Provider,
): Promise<Outcome> {
  const response = new Response(streamOf(pieces), { status, headers });
  const wire = wireOfVector({ protocol });
  const io = anIo({ fetch: () => Promise.resolve(response) });
  return outcomeOf((provider ?? providerOfWire[wire]).stream(aRequest(), endpointOfWire(wire), io));
}

function expectOutcome(outcome: Outcome, wanted: StreamCase['expect']): void {
  const ending = outcome.failure ? 'error' : outcome.ending;
  const accepted = [wanted, ...(wanted.accept_also ?? [])].map((one) => [hyphenated(one.outcome), one.text]);
  expect(accepted).toContainEqual([ending, outcome.text]);
  if (wanted.reasoning !== undefined) expect(outcome.thinking).toBe(wanted.reasoning);
  if (wanted.usage_seen) expect(outcome.usage?.outputTokens).toBeGreaterThan(0);
  if (wanted.kind !== undefined) expect(outcome.failure?.kind).toBe(hyphenated(wanted.kind));
  if (wanted.retryable !== undefined) expect(isRetried(outcome.failure)).toBe(wanted.retryable);
  if (wanted.message_contains !== undefined) expect(outcome.failure?.message).toContain(wanted.message_contains);
  for (const words of wanted.must_not_show ?? []) expect(JSON.stringify(outcome)).not.toContain(words);
}

describe.skipIf(absent)(
  `the public vectors of provider streams (${absent ? vectorsAbsent : streams.length})`,
  { timeout: 60_000 },
  () => {
    it.each(streams)('$id gives its text and its ending, however it is cut', async (one) => {
      const bytes = Buffer.from(one.response.body_b64, 'base64');
      const whole = await answerOf(one, [bytes]);
      expectOutcome(whole, one.expect);
      const isShort = isFull || bytes.length < 4096;
      const seeds = Array.from({ length: isFull ? 20 : 2 }, (_, seed) => seed + 1);
      const ways = [
        ...(isShort ? [1, 2, 3] : [1]).map((size) => inSteps(bytes, size)),
        ...seeds.map((seed) => inRandomPieces(bytes, seed, 200)),
      ];
      for (const pieces of ways) expect(await answerOf(one, pieces)).toEqual(whole);
    });

    it('short streams give the same parts wherever they are cut in two', async () => {
      const short = streams.filter(({ response }) => response.body_b64.length < 3000).slice(0, isFull ? 6 : 2);
      expect(short.length).toBeGreaterThan(1);
      for (const one of short) {
        const bytes = Buffer.from(one.response.body_b64, 'base64');
        const whole = await answerOf(one, [bytes]);
        for (let place = 1; place < bytes.length; place += 1) {
          const cut = await answerOf(one, [bytes.subarray(0, place), bytes.subarray(place)]);
          expect(cut).toEqual(whole);
        }
      }
    });

    it('CodeLinkAva reads a stream that ends with the sentinel alone', async () => {
      const one = streams.find(({ id }) => id === 'done-without-finish-reason');
      if (!one) throw new Error('the case is missing');
      const outcome = await answerOf(one, [Buffer.from(one.response.body_b64, 'base64')], codeLinkAva);
      expectOutcome(outcome, one.expect);
    });

    it.each(errors)('$id is named and put in words', async ({ provider, status, headers, body, expect: wanted }) => {
      const wire = wireOfError({ provider });
      const io = anIo({
        key: 'sk-SECRET-0123456789',
        fetch: () => Promise.resolve(new Response(body, { status, headers })),
      });
      const { failure } = await outcomeOf(providerOfWire[wire].stream(aRequest(), endpointOfWire(wire), io));
      expect(failure).toMatchObject({ kind: hyphenated(wanted.kind), status });
      if (wanted.message_contains !== undefined) expect(failure?.message).toContain(wanted.message_contains);
      if (wanted.retryable !== undefined) expect(isRetried(failure)).toBe(wanted.retryable);
      if (wanted.retry_after_ms !== undefined) expect(failure?.retryAfterMs).toBe(wanted.retry_after_ms);
      for (const words of wanted.must_not_show) expect(JSON.stringify(failure)).not.toContain(words);
    });
  },
);
