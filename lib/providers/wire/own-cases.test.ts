import { describe, expect, it } from 'vitest';
import { playBody } from '@/tests/cases/play-case';
import { providerStreams } from '@/tests/cases/provider-streams';
import { askedModel, bytesOf, caseKey, type StreamCase, type StreamOutcome } from '@/tests/cases/stream-case';
import { anEndpoint, anIo, aRequest, outcomeOf, type Outcome } from '@/tests/support/build-requests';
import { inRandomPieces, inSteps } from '@/tests/vectors';
import { codeLinkAva } from '../codelink-ava';
import { openaiCompatible } from '../openai-compatible';
import type { Provider } from '../provider';

const isFull = process.env['AVA_FAULTS'] === 'all';
/** Random cuts start from it; `AVA_SEED` repeats a run. */
const seed = Number(process.env['AVA_SEED'] ?? (Date.now() % 1_000_000) + 1);
const randomCuts = isFull ? 100 : 4;

/** The limit of silence that the cases are played under. */
const silenceMs = 40;

describe(`the project's own replies (seed ${seed})`, { timeout: 60_000 }, () => {
  it('are at least 120, each with a name of its own', () => {
    expect(new Set(providerStreams.map(({ id }) => id)).size).toBe(providerStreams.length);
    expect(providerStreams.length).toBeGreaterThanOrEqual(120);
  });

  it.concurrent.each(providerStreams)('$id: $note', async (one) => {
    const bytes = bytesOf(one);
    for (const [way, pieces] of waysOf(one, bytes)) {
      const outcome = await play(one, pieces);
      expect(readOutcome(outcome), way).toEqual(wantedOf(one));
      expectClean(outcome, one.expect, way);
    }
    const other = await play(one, [bytes], codeLinkAva);
    expect(readOutcome(other), 'on the wire of CodeLinkAva').toEqual(wantedOf(one));
  });
});

/** The ways a body is cut. What takes time is cut in few ways. */
function waysOf(one: StreamCase, bytes: Uint8Array): readonly (readonly [string, readonly Uint8Array[]])[] {
  const whole = ['whole', [bytes]] as const;
  if (one.isLarge) return [whole, ['in steps of 64 Ki', inSteps(bytes, 65_536)]];
  const single = ['byte by byte', inSteps(bytes, 1)] as const;
  if (one.end === 'hang' || one.end === 'no-headers') return [whole, single];
  const random = Array.from({ length: randomCuts }, (_, at) => {
    return [`random cuts, AVA_SEED=${seed} number ${at}`, inRandomPieces(bytes, seed + at, 2 ** (at % 9))] as const;
  });
  return [whole, single, ['in steps of 2', inSteps(bytes, 2)], ['in steps of 3', inSteps(bytes, 3)], ...random];
}

async function play(
  one: StreamCase,
  pieces: readonly Uint8Array[],
  provider: Provider = openaiCompatible,
): Promise<Outcome & { readonly wasStopped: boolean }> {
  const controller = new AbortController();
  const answer = (): Promise<Response> => {
    if (one.end === 'no-headers') return untilAborted(controller.signal);
    const body = one.status === 204 ? null : playBody(one, pieces);
    return Promise.resolve(new Response(body, { status: one.status, headers: one.headers }));
  };
  const io = anIo({ fetch: answer, key: caseKey, silenceMs, signal: controller.signal });
  const reading = outcomeOf(provider.stream(aRequest({ model: askedModel }), anEndpoint(), io));
  // Longer than the silence that is allowed in the middle: a reply that waits now, waits.
  const timer = setTimeout(
    () => controller.abort(new Error('stopped')),
    one.expect.ending === 'stopped' ? 150 : 20_000,
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

/** What a case says, without what it leaves open. */
function wantedOf({ expect: wanted }: StreamCase): object {
  const { says, servedBy, ...outcome } = wanted;
  return { thinking: '', servedBy: servedBy ?? '', ...outcome };
}

/** A reply in the words of the cases, as the engine and the panel tell it. */
function readOutcome(outcome: Outcome & { readonly wasStopped: boolean }): object {
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
