import { beforeAll, describe, expect, it } from 'vitest';
import { playBody } from '@/tests/cases/play-case';
import { allStreams, providerStreams, wireStreams } from '@/tests/cases/provider-streams';
import { askedModel, bytesOf, caseKey, type StreamCase, type StreamOutcome } from '@/tests/cases/stream-case';
import { anIo, aRequest, outcomeOf, type Outcome } from '@/tests/support/build-requests';
import { inRandomPieces, inSteps } from '@/tests/vectors';
import { codeLinkAva, endpointOfWire, providerOfWire } from '@/tests/support/providers';
import type { Provider } from '../provider';

const isFull = process.env['AVA_FAULTS'] === 'all';
/** Random cuts start from it; `AVA_SEED` repeats a run. */
const seed = Number(process.env['AVA_SEED'] ?? (Date.now() % 1_000_000) + 1);
const randomCuts = isFull ? 100 : 4;

/** The limit of silence for those that wait for something; the others are not to be hurried by a slow machine. */
const silenceMs = 80;

describe(`the project's own replies (seed ${seed})`, { timeout: 60_000 }, () => {
  it('are at least 120, each with a name of its own', () => {
    expect(new Set(allStreams.map(({ id }) => id)).size).toBe(allStreams.length);
    expect(providerStreams.length).toBeGreaterThanOrEqual(120);
    for (const wire of ['openai-responses', 'anthropic-messages', 'gemini', 'ollama-chat']) {
      expect(wireStreams.filter((one) => one.wire === wire).length, wire).toBeGreaterThanOrEqual(40);
    }
  });

  it.each(allStreams.filter((one) => !takesTime(one)))('$id: $note', async (one) => {
    for (const result of await playAll(one)) expectResult(one, result);
  });

  // Those that wait for something wait all at once.
  const timed = allStreams.filter(takesTime);
  const results = new Map<string, Promise<readonly Result[]>>();
  beforeAll(() => {
    for (const one of timed) results.set(one.id, playAll(one));
  });
  it.each(timed)('$id: $note', async (one) => {
    const all = (await results.get(one.id)) ?? [];
    expect(all.length).toBeGreaterThan(1);
    for (const result of all) expectResult(one, result);
  });
});

interface Result {
  readonly way: string;
  readonly outcome: Outcome & { readonly wasStopped: boolean };
}

function takesTime({ end }: StreamCase): boolean {
  return end === 'hang' || end === 'no-headers';
}

/** Every way of cutting on the wire of the case; of OpenAI's, the whole on CodeLinkAva's, too. */
async function playAll(one: StreamCase): Promise<readonly Result[]> {
  const bytes = bytesOf(one);
  const play = async ([way, pieces, provider]: Way): Promise<Result> => ({
    way,
    outcome: await playOnce(one, pieces, provider),
  });
  const ways: readonly Way[] = [
    ...waysOf(one, bytes),
    ...(one.wire === 'openai-chat' ? [['on the wire of CodeLinkAva', [bytes], codeLinkAva] as const] : []),
  ];
  if (takesTime(one)) return Promise.all(ways.map(play));
  const results: Result[] = [];
  for (const way of ways) results.push(await play(way));
  return results;
}

function expectResult(one: StreamCase, { way, outcome }: Result): void {
  expect(readOutcome(outcome), way).toEqual(wantedOf(one));
  expectClean(outcome, one.expect, way);
}

type Way = readonly [name: string, pieces: readonly Uint8Array[], provider?: Provider];

/** The ways a body is cut. What takes time is cut in few ways. */
function waysOf(one: StreamCase, bytes: Uint8Array): readonly Way[] {
  const whole = ['whole', [bytes]] as const;
  if (one.isLarge) return [whole, ['in steps of 64 Ki', inSteps(bytes, 65_536)]];
  const single = ['byte by byte', inSteps(bytes, 1)] as const;
  if (takesTime(one)) return [whole, single];
  const random = Array.from({ length: randomCuts }, (_, at) => {
    return [`random cuts, AVA_SEED=${seed} number ${at}`, inRandomPieces(bytes, seed + at, 2 ** (at % 9))] as const;
  });
  return [whole, single, ['in steps of 2', inSteps(bytes, 2)], ['in steps of 3', inSteps(bytes, 3)], ...random];
}

async function playOnce(
  one: StreamCase,
  pieces: readonly Uint8Array[],
  provider: Provider = providerOfWire[one.wire],
): Promise<Result['outcome']> {
  const controller = new AbortController();
  const answer = (): Promise<Response> => {
    if (one.end === 'no-headers') return untilAborted(controller.signal);
    const body = one.status === 204 ? null : playBody(one, pieces);
    return Promise.resolve(new Response(body, { status: one.status, headers: one.headers }));
  };
  const io = anIo({
    fetch: answer,
    key: caseKey,
    // What is complete never waits for silence.
    silenceMs: takesTime(one) && one.expect.ending !== 'complete' ? silenceMs : 60_000,
    signal: controller.signal,
  });
  const reading = outcomeOf(provider.stream(aRequest({ model: askedModel }), endpointOfWire(one.wire), io));
  // Longer than the silence that is allowed in the middle: a reply that waits now, waits.
  const timer = setTimeout(
    () => controller.abort(new Error('stopped')),
    one.expect.ending === 'stopped' ? 400 : 20_000,
  );
  const outcome = await reading;
  clearTimeout(timer);
  return { ...outcome, wasStopped: controller.signal.aborted };
}

function untilAborted(signal: AbortSignal): Promise<Response> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

/** What a case says, but for the provider's words. */
function wantedOf({ expect: wanted }: StreamCase): object {
  const { text, thinking = '', servedBy = '', ending, failureKind, usage } = wanted;
  return { text, thinking, servedBy, ending, failureKind, usage };
}

/** A reply in the words of the cases, as the engine and the panel tell it. */
function readOutcome(outcome: Result['outcome']): object {
  const { text, thinking, served, ending, usage, failure, wasStopped } = outcome;
  const isEmpty = ending === 'complete' && text.trim() === '';
  return {
    text,
    thinking,
    servedBy: served === askedModel ? '' : served,
    ending: wasStopped ? 'stopped' : failure ? 'error' : isEmpty ? 'empty' : ending,
    ...(failure && !wasStopped ? { failureKind: failure.kind } : {}),
    ...(usage ? { usage } : {}),
  };
}

/** Nothing raw, no key, and the provider's own words. */
function expectClean({ failure }: Outcome, { says, ending }: StreamOutcome, way: string): void {
  if (ending !== 'error') return;
  const message = failure?.message ?? '';
  if (says !== undefined) expect(message, way).toContain(says);
  expect(message, way).not.toMatch(/[{}]|<\/?\w+>/);
  expect(message.length, way).toBeLessThanOrEqual(500);
  const shown = JSON.stringify(failure);
  for (const secret of [caseKey, encodeURIComponent(caseKey), caseKey.slice(0, 8), caseKey.slice(-8)]) {
    expect(shown, way).not.toContain(secret);
  }
}
