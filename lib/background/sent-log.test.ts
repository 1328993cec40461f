import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ChatError } from '@/lib/errors/failure';
import { createMemoryKeyValue, type KeyValue } from '@/lib/store/key-value';
import { bodyEnd, bodyStart, mostFrameBytes, mostRequests } from '@/lib/store/sent';
import { createSentLog } from './sent-log';

const key = 'sk-planted-4fQ2';
const url = `https://h/v1/chat?key=${key}`;
const init = {
  method: 'POST',
  headers: new Headers({ Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }),
  body: JSON.stringify({ model: 'm', user: key }),
};
const at = 1000;
const finished = { type: 'reply-finished', messageId: 'r1', ending: 'complete', time: 0 } as const;
const token = { type: 'text', messageId: 'r1', part: 0, at: 0, text: 't' } as const;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

beforeEach(() => {
  vi.useFakeTimers({ now: at });
});
afterEach(() => {
  vi.useRealTimers();
});

function open(store: KeyValue = createMemoryKeyValue()) {
  const log = createSentLog({ store, now: () => Date.now() });
  const run = log.open('c1', 'r1');
  const send = (body: string = init.body) =>
    run.keeperFor(key, { Origin: 'https://forced' })({
      at: Date.now(),
      url,
      init: { ...init, body },
      bytesOut: body.length,
    });
  return { store, log, run, send, read: () => log.read('c1', 'r1') };
}

describe('what was sent for a reply', () => {
  test('is the request as it went out without its keys, when what came, and what it was', async () => {
    const { run, send, read } = open();
    const keeper = send();
    vi.advanceTimersByTime(100);
    keeper.answered(new Response('', { status: 200, headers: { 'x-request-id': `req-${key}` } }));
    vi.advanceTimersByTime(50);
    keeper.took(bytes('data: {"a":"sch'));
    keeper.took(bytes(`ön ${key}"}\n\n`));
    run.happened(token);
    vi.advanceTimersByTime(10);
    run.happened({ ...token, at: 1 });
    keeper.ended();
    run.happened({ ...finished, usage: { outputTokens: 2 } });
    expect(await read()).toEqual({
      v: 1,
      dropped: 0,
      requests: [
        {
          at,
          method: 'POST',
          url: 'https://h/v1/chat?key=•••',
          headers: [
            ['authorization', 'Bearer •••4fQ2'],
            ['content-type', 'application/json'],
            ['Origin', 'https://forced'],
          ],
          body: { start: '{"model":"m","user":"•••4fQ2"}', left: 0, end: '' },
          status: 200,
          requestId: 'req-•••4fQ2',
          headersMs: 100,
          firstTokenMs: 150,
          endMs: 160,
          bytesOut: init.body.length,
          bytesIn: 38,
          usage: { outputTokens: 2 },
          frames: { start: '', left: 0, end: 'data: {"a":"schön •••4fQ2"}\n\n' },
        },
      ],
    });
  });

  test('is on disk while the answer is still awaited, but not before the request has had its second', async () => {
    const { store, send } = open();
    send();
    await vi.advanceTimersByTimeAsync(900);
    expect(await store.keys()).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(JSON.stringify(await store.get(['sent/c1/r1']))).toContain('"method":"POST"');
  });

  test('costs one write for an answer of less than a second, however many tokens it has', async () => {
    const real = createMemoryKeyValue();
    const set = vi.fn(real.set);
    const { run, send } = open({ ...real, set });
    const keeper = send();
    keeper.answered(new Response(''));
    for (let index = 0; index < 500; index += 1) {
      keeper.took(bytes('data: x\n\n'));
      run.happened(token);
    }
    keeper.ended();
    run.happened(finished);
    await vi.advanceTimersByTimeAsync(5000);
    expect(set).toHaveBeenCalledOnce();
  });

  test('of a long body says what it leaves out; a key at the cut is out, too', async () => {
    const { send, read } = open();
    const body = `${'a'.repeat(bodyStart - 5)}${key}${'b'.repeat(bodyEnd)}${'c'.repeat(1000)}`;
    send(body);
    const kept = (await read())?.requests[0]?.body;
    expect(kept?.start).toHaveLength(bodyStart);
    expect(kept?.end).toHaveLength(bodyEnd);
    expect(kept?.left).toBe(body.length - key.length + '•••4fQ2'.length - bodyStart - bodyEnd);
    expect(kept?.start).not.toContain('sk-pl');
  });

  test('holds no more than the newest bytes of what came, and nothing of a key that began before them', async () => {
    const { send, read } = open();
    const keeper = send();
    for (let index = 0; index < 100; index += 1) keeper.took(bytes('x'.repeat(1000)));
    keeper.took(bytes(key.slice(0, 4)));
    keeper.took(bytes(key.slice(4)));
    keeper.took(bytes('y'.repeat(mostFrameBytes)));
    const request = (await read())?.requests[0];
    expect(request?.bytesIn).toBe(100_000 + key.length + mostFrameBytes);
    expect(request?.frames.left).toBe(100_000 + key.length);
    expect(request?.frames.end).toMatch(/^y+$/u);
  });

  test('a continued reply keeps the requests before, and no more than the newest', async () => {
    const store = createMemoryKeyValue();
    for (let index = 0; index < mostRequests + 1; index += 1) {
      const { run, send } = open(store);
      send(`{"run":${index}}`).ended('network');
      run.happened(finished);
      await vi.advanceTimersByTimeAsync(1);
    }
    const record = await open(store).read();
    expect(record?.dropped).toBe(1);
    expect(record?.requests.map(({ body }) => body.start)).toEqual([1, 2, 3, 4].map((run) => `{"run":${run}}`));
    expect(record?.requests[0]?.failure).toBe('network');
  });

  test('nothing is kept of a reply for which nothing was sent', async () => {
    const { run, store, read } = open();
    run.happened(token);
    run.happened(finished);
    expect(await read()).toBeNull();
    expect(await store.keys()).toEqual([]);
  });

  test('what a newer version wrote stays as it is', async () => {
    const newer = { v: 2, requests: [] };
    const { send, run, store } = open(createMemoryKeyValue({ 'sent/c1/r1': newer }));
    send();
    run.happened(finished);
    await vi.advanceTimersByTimeAsync(2000);
    expect(await store.get(['sent/c1/r1'])).toEqual({ 'sent/c1/r1': newer });
  });

  test('a disk that can not be read is asked again with the next write, and its reader is told', async () => {
    const real = createMemoryKeyValue({ 'sent/c1/r1': { v: 1, requests: [], dropped: 7 } });
    const refuse = () => Promise.reject(new ChatError({ kind: 'storage' }));
    const get = vi.fn(real.get).mockImplementationOnce(refuse).mockImplementationOnce(refuse);
    const { send, run, read } = open({ ...real, get });
    send();
    await expect(read()).rejects.toThrow('storage');
    run.happened(finished);
    await vi.advanceTimersByTimeAsync(1);
    expect((await read())?.dropped).toBe(7);
  });
});
