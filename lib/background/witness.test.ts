import { describe, expect, test, vi } from 'vitest';
import { ChatError } from '@/lib/errors/failure';
import type { LedgerEntry } from '@/lib/store/ledger';
import { openBytes } from '@/lib/stream/byte-reader';
import { createWitnesses, type Errand, type Keeper } from './witness';

const url = 'https://api.example.com:8443/v1/chat?api_key=sk-in-the-address';

function call(init: RequestInit = {}, errand: Errand = { purpose: 'chat', kinds: ['question'] }) {
  const noted: LedgerEntry[] = [];
  let now = 1000;
  const callWitness = createWitnesses({
    ledger: { note: (entry) => void noted.push(entry) },
    now: () => now,
    newId: () => 'one',
  });
  const witness = callWitness(url, init, errand);
  return { witness, noted, pass: (ms: number) => (now += ms) };
}

function bodyOf(...pieces: readonly string[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  });
}

describe('the witness at the door', () => {
  test('notes a request when it has gone out and again when its body has been read', async () => {
    const { witness, noted, pass } = call({ method: 'POST', body: 'schön' });
    expect(noted).toEqual([
      {
        id: 'one',
        at: 1000,
        origin: 'https://api.example.com:8443',
        purpose: 'chat',
        kinds: ['question'],
        bytesOut: 6,
        bytesIn: 0,
      },
    ]);
    const response = witness.answered(new Response(bodyOf('one ', 'two'), { status: 203, headers: { 'x-a': 'b' } }));
    expect([response.status, response.headers.get('x-a')]).toEqual([203, 'b']);
    pass(250);
    expect(await response.text()).toBe('one two');
    expect(noted).toHaveLength(2);
    expect(noted[1]).toEqual({ ...noted[0], status: 203, bytesIn: 7, ms: 250 });
  });

  test('has nothing of the address but its origin, and nothing of a body but its length', () => {
    const { noted } = call({ method: 'POST', body: 'my secret', headers: { Authorization: 'Bearer sk-secret' } });
    expect(JSON.stringify(noted)).not.toMatch(/secret|sk-|v1|chat\?/u);
  });

  test('reads nothing that nobody asks for', async () => {
    const pull = vi.fn((controller: ReadableStreamDefaultController<Uint8Array>) => {
      controller.enqueue(new Uint8Array(10));
    });
    const { witness } = call();
    const reader = witness
      .answered(new Response(new ReadableStream<Uint8Array>({ pull }, { highWaterMark: 0 })))
      .body?.getReader();
    await Promise.resolve();
    expect(pull).not.toHaveBeenCalled();
    await reader?.read();
    expect(pull).toHaveBeenCalledOnce();
  });

  test.each([
    ['that nobody wants any more', (body: ReadableStream<Uint8Array> | null) => body?.cancel()],
    ['without a body', undefined],
  ])('a response %s has ended', async (_what, act) => {
    const { witness, noted } = call();
    const response = witness.answered(new Response(act ? bodyOf('never read') : null));
    await act?.(response.body);
    expect(noted.at(-1)).toMatchObject({ status: 200, bytesIn: 0, ms: 0 });
  });

  test('a response that has nothing to say passes as it is', () => {
    const { witness, noted } = call();
    const response = Object.defineProperty(new Response(bodyOf('')), 'status', { value: 204 });
    expect(witness.answered(response)).toBe(response);
    expect(noted.at(-1)).toMatchObject({ status: 204, ms: 0 });
  });

  test('a cancelled body is cancelled at its source, also while a read is waiting', async () => {
    const cancel = vi.fn();
    const { witness, noted } = call();
    const response = witness.answered(new Response(new ReadableStream<Uint8Array>({ cancel })));
    const reader = response.body?.getReader();
    const waiting = reader?.read();
    await reader?.cancel('enough');
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(cancel).toHaveBeenCalledWith('enough');
    expect(noted).toHaveLength(2);
    expect(noted[1]).not.toHaveProperty('failure');
  });

  test('a body that breaks off has failed, for its reader and in the ledger', async () => {
    const { witness, noted } = call();
    const broken = new ReadableStream<Uint8Array>({ pull: () => Promise.reject(new TypeError('broken')) });
    await expect(witness.answered(new Response(broken)).text()).rejects.toThrow('broken');
    expect(noted.at(-1)).toMatchObject({ status: 200, failure: 'network' });
  });

  test('a Stop ends it once, whatever comes after', async () => {
    const controller = new AbortController();
    const { witness, noted } = call({ signal: controller.signal });
    const response = witness.answered(new Response(bodyOf('late')));
    controller.abort();
    await response.text();
    witness.ended('network');
    expect(noted).toHaveLength(2);
    expect(noted[1]).not.toHaveProperty('failure');
  });

  test.each([
    ['the other model is asked instead', new ChatError({ kind: 'timeout', host: 'a' })],
    ['a list takes too long', new DOMException('late', 'TimeoutError')],
  ])('a time limit is none of the user: %s', (_, reason) => {
    const controller = new AbortController();
    const { noted } = call({ signal: controller.signal });
    controller.abort(reason);
    expect(noted.at(-1)).toMatchObject({ failure: 'timeout' });
  });

  test('silence in a body is told of as what it is', async () => {
    const { witness, noted } = call();
    const response = witness.answered(new Response(new ReadableStream()));
    expect(await openBytes(response.body, new AbortController().signal).read(1)).toBe('silent');
    expect(noted.at(-1)).toMatchObject({ status: 200, failure: 'timeout' });
  });

  test('who keeps the request for its reply is told of all of it', async () => {
    const keeper: Keeper = { answered: vi.fn(), took: vi.fn(), ended: vi.fn() };
    const keep = vi.fn(() => keeper);
    const init = { method: 'POST', body: 'four' };
    const { witness } = call(init, { purpose: 'chat', keep });
    expect(keep).toHaveBeenCalledExactlyOnceWith({ at: 1000, url, init, bytesOut: 4 });
    const response = new Response(bodyOf('a', 'b'));
    await witness.answered(response).text();
    expect(keeper.answered).toHaveBeenCalledExactlyOnceWith(response);
    expect(keeper.took).toHaveBeenCalledTimes(2);
    expect(keeper.ended).toHaveBeenCalledExactlyOnceWith(undefined);
  });
});
