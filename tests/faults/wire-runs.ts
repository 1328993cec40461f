/**
 * The stream reader and the wires without a browser: what each case, own or public, is read as, in every way of cutting.
 * Each run gives what is wrong, in words; [] when all is well.
 */
import { pauseBeforeRetry } from '@/lib/engine/retry-policy';
import type { Failure } from '@/lib/errors/failure';
import { endpointOfWire, providerOfWire } from '../support/providers';
import { openBytes } from '@/lib/stream/byte-reader';
import { readSse } from '@/lib/stream/read-sse';
import { anIo, aRequest, outcomeOf, type Outcome } from '../support/build-requests';
import { type VectorError, wireOfError } from '../support/fault-server/vector-errors';
import { type VectorStream, wireOfVector } from '../support/fault-server/vector-streams';
import { inRandomPieces, inSteps, streamOf } from '../vectors';
import type { ErrorCase } from '../cases/error-case';
import { playBody } from '../cases/play-case';
import { errorsNow } from '../cases/provider-errors';
import { askedModel, caseKey, type CaseWire, type StreamCase } from '../cases/stream-case';
import { findKey, findRaw } from './judge-shown';

/** Bytes of an event stream, and the events that they are. */
export interface FramingCase {
  readonly id: string;
  readonly bytes_b64: string;
  readonly also_cut_at?: readonly number[];
  readonly expect: {
    readonly events: readonly { readonly event: string; readonly data: string; readonly id?: string }[];
  };
}

/** One way of cutting a body. */
export type Way = readonly [name: string, pieces: Iterable<Uint8Array>];

/** Whole, byte by byte, in steps of 2 and 3, and at so many random cuts from the seed on. */
export function waysOf(bytes: Uint8Array, seed: number, randomCuts: number): readonly Way[] {
  return [
    ['whole', [bytes]],
    ...[1, 2, 3].map((size): Way => [`in steps of ${size}`, inSteps(bytes, size)]),
    ...Array.from({ length: randomCuts }, (_, at): Way => {
      return [`at random, seed ${seed + at}`, inRandomPieces(bytes, seed + at, 2 ** (1 + (at % 8)))];
    }),
  ];
}

export async function runFraming({ id, expect: { events } }: FramingCase, [way, pieces]: Way): Promise<string[]> {
  const bytes = openBytes(streamOf(pieces), new AbortController().signal);
  const items = await Array.fromAsync(readSse(bytes, { until: (quietSince) => quietSince + 60_000 }));
  // An event without its blank line is none in the standard; whoever reads a provider decides about it.
  const found = items.flatMap((item) => (item.type === 'message' && item.terminated ? [item] : []));
  const written = found.map(({ event, data, id: last }, at) =>
    events[at]?.id === undefined ? { event, data } : { event, data, id: last },
  );
  return differ(`${id}, ${way}`, written, events);
}

export async function runVectorStream(one: VectorStream, [way, pieces]: Way): Promise<string[]> {
  const { id, response, expect } = one;
  const { status, headers } = response;
  const outcome = await answerOf(wireOfVector(one), () => new Response(streamOf(pieces), { status, headers }));
  const accepted = [expect, ...(expect.accept_also ?? [])];
  const wanted =
    accepted.find(({ outcome: ending, text }) => hyphenated(ending) === endingOf(outcome) && text === outcome.text) ??
    expect;
  const what = `${id}, ${way}`;
  return [
    ...differ(`${what}: ending`, endingOf(outcome), hyphenated(wanted.outcome)),
    ...differ(`${what}: text`, outcome.text, wanted.text),
    ...(expect.reasoning === undefined ? [] : differ(`${what}: thinking`, outcome.thinking, expect.reasoning)),
    ...(expect.kind === undefined ? [] : differ(`${what}: kind`, outcome.failure?.kind, hyphenated(expect.kind))),
    ...says(what, outcome.failure, expect.message_contains),
    ...(expect.must_not_show ?? []).flatMap((words) => showsNot(what, outcome, words)),
  ];
}

/** Whether it waits for something: it takes as long as its silence is allowed to be. */
export function takesTime({ end }: StreamCase): boolean {
  return end === 'hang' || end === 'no-headers';
}

/** A limit of silence that a test has time for. */
const silenceMs = 80;
/** Longer than that: what waits then, waits for Stop. */
const stopAfterMs = 400;

export async function runOwnStream(one: StreamCase, [way, pieces]: Way): Promise<string[]> {
  const { status, headers, expect } = one;
  const controller = new AbortController();
  const isStopped = expect.ending === 'stopped';
  const timer = setTimeout(() => controller.abort(new Error('stopped')), isStopped ? stopAfterMs : 20_000);
  const outcome = await answerOf(
    one.wire,
    () => {
      if (one.end === 'no-headers') return untilAborted(controller.signal);
      return new Response(status === 204 ? null : playBody(one, pieces), { status, headers });
    },
    { signal: controller.signal, silenceMs: takesTime(one) ? silenceMs : 60_000 },
  );
  clearTimeout(timer);
  const what = `${one.id}, ${way}`;
  const failure = isStopped ? undefined : outcome.failure;
  return [
    ...differ(`${what}: ending`, controller.signal.aborted ? 'stopped' : endingOf(outcome), expect.ending),
    ...differ(`${what}: text`, outcome.text, expect.text),
    ...differ(`${what}: thinking`, outcome.thinking, expect.thinking ?? ''),
    ...differ(`${what}: kind`, failure?.kind, expect.failureKind),
    ...differ(`${what}: served by`, outcome.served === askedModel ? '' : outcome.served, expect.servedBy ?? ''),
    ...differ(`${what}: usage`, outcome.usage, expect.usage),
    ...says(what, failure, expect.says),
    ...clean(what, failure),
  ];
}

export async function runOwnError({ id, status, headers, body, expect }: ErrorCase): Promise<string[]> {
  const answer = (): Response => new Response(body, { status, headers });
  const { failure } = await answerOf('openai-chat', answer, { now: () => errorsNow });
  return [
    ...differ(`${id}: kind`, failure?.kind, expect.kind),
    ...differ(`${id}: is sent again`, isRetried(failure), expect.retries),
    ...differ(`${id}: wait`, failure?.retryAfterMs, expect.retryAfterMs),
    ...(expect.says === '' ? differ(`${id}: message`, failure?.message, undefined) : says(id, failure, expect.says)),
    ...(expect.mustNotShow ?? []).flatMap((words) => showsNot(id, failure, words)),
    ...clean(id, failure),
  ];
}

export async function runVectorError(one: VectorError): Promise<string[]> {
  const { id, status, headers, body, expect } = one;
  const { failure } = await answerOf(wireOfError(one), () => new Response(body, { status, headers }));
  return [
    ...differ(`${id}: kind`, failure?.kind, hyphenated(expect.kind)),
    ...differ(`${id}: is sent again`, isRetried(failure), expect.retryable),
    ...(expect.retry_after_ms === undefined ? [] : differ(`${id}: wait`, failure?.retryAfterMs, expect.retry_after_ms)),
    ...says(id, failure, expect.message_contains),
    ...expect.must_not_show.flatMap((words) => showsNot(id, failure, words)),
    ...clean(id, failure),
  ];
}

function answerOf(
  wire: CaseWire,
  answer: () => Response | Promise<Response>,
  io: Parameters<typeof anIo>[0] = {},
): Promise<Readonly<Outcome>> {
  const world = anIo({ key: caseKey, fetch: async () => answer(), ...io });
  return outcomeOf(providerOfWire[wire].stream(aRequest({ model: askedModel }), endpointOfWire(wire), world));
}

function untilAborted(signal: AbortSignal): Promise<Response> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

/** In the words of the cases, as the engine tells it. */
function endingOf({ failure, ending, text }: Readonly<Outcome>): string {
  if (failure) return 'error';
  return ending === 'complete' && text.trim() === '' ? 'empty' : (ending ?? 'none');
}

function isRetried(failure: Failure | undefined): boolean {
  return failure !== undefined && pauseBeforeRetry(failure, 0, () => 0.5) !== undefined;
}

function says(what: string, failure: Failure | undefined, words: string | undefined): string[] {
  if (words === undefined || failure?.message?.includes(words)) return [];
  return [`${what}: does not say "${words}" but "${failure?.message ?? ''}"`];
}

function showsNot(what: string, shown: unknown, words: string): string[] {
  return JSON.stringify(shown)?.includes(words) ? [`${what}: "${words}" is shown`] : [];
}

function clean(what: string, failure: Failure | undefined): string[] {
  const message = failure?.message ?? '';
  return [
    ...findRaw(message).map((words) => `${what}: ${words}`),
    ...findKey(JSON.stringify(failure ?? '')).map((words) => `${what}: ${words}`),
    ...(message.length > 500 ? [`${what}: ${message.length} characters of a message`] : []),
  ];
}

function differ(what: string, found: unknown, wanted: unknown): string[] {
  const [one, other] = [found, wanted].map((value) => JSON.stringify(value) ?? 'undefined');
  return one === other ? [] : [`${what} is ${one?.slice(0, 200)}, not ${other?.slice(0, 200)}`];
}

function hyphenated(name: string): string {
  return name.replaceAll('_', '-');
}
