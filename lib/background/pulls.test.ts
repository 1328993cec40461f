import { describe, expect, test, vi } from 'vitest';
import { ChatError } from '@/lib/errors/failure';
import type { Pull } from '@/lib/protocol/messages';
import type { Provider, PullEnd, PullModel, ProviderIo } from '@/lib/providers/provider';
import { defaultSettings } from '@/lib/store/settings';
import { endpoint } from '@/tests/support/build-chat';
import { createScriptedProvider } from '@/tests/support/scripted-provider';
import { createPulls, type PullsWorld } from './pulls';

const ollama = endpoint({ id: 'o', providerId: 'ollama', baseUrl: 'http://127.0.0.1:11434' });
const other = endpoint({ ...ollama, id: 'p', baseUrl: 'http://127.0.0.1:11435' });

/** A background whose servers wait to be told how their downloads end. */
function start(world: Partial<PullsWorld> = {}) {
  const seen: Pull[] = [];
  const errands: unknown[] = [];
  const asked: { model: string; io: ProviderIo; tell: Parameters<PullModel<ProviderIo>>[3] }[] = [];
  const ends: ((end: PullEnd) => void)[] = [];
  let hearts = 0;
  const pullModel: PullModel<ProviderIo> = (model, _endpoint, io, tell) => {
    asked.push({ model, io, tell });
    return new Promise((resolve, reject) => {
      ends.push(resolve);
      io.signal.addEventListener('abort', () => {
        reject(io.signal.reason as Error);
      });
    });
  };
  const provider: Provider = { ...createScriptedProvider(), id: 'ollama', pullModel };
  const listAnew = vi.fn<PullsWorld['listAnew']>(() => Promise.resolve([{ id: 'small:latest' }, { id: 'small:4b' }]));
  const pulls = createPulls({
    fetch: (_url, _init, errand) => {
      errands.push(errand);
      return Promise.resolve(new Response(''));
    },
    settings: () =>
      Promise.resolve({
        ...defaultSettings,
        endpoints: [ollama, other, endpoint({ ...ollama, id: 'v1', baseUrl: 'http://h/v1' })],
      }),
    findProvider: (id) => (id === provider.id ? provider : undefined),
    findKey: (id, origin) => Promise.resolve(`key of ${id} at ${origin}`),
    listAnew,
    startHeartbeat: () => {
      hearts += 1;
      return () => {
        hearts -= 1;
      };
    },
    now: () => 0,
    onPull: (pull) => {
      seen.push(pull);
    },
    ...world,
  });
  const going = (count: number): Promise<void> => vi.waitFor(() => expect(asked).toHaveLength(count));
  const last = (): Pull | undefined => seen.at(-1);
  const ended = (): Promise<void> => vi.waitFor(() => expect(last()?.state).not.toBe('running'));
  return { pulls, seen, errands, asked, ends, listAnew, going, last, ended, hearts: () => hearts };
}

describe('a download', () => {
  test('keeps the background alive, tells how it goes, and lists the models anew', async () => {
    const { pulls, asked, ends, listAnew, going, last, ended, hearts } = start();
    pulls.start('o', 'small');
    expect(last()).toEqual({
      endpointId: 'o',
      model: 'small',
      state: 'running',
      step: 'preparing',
      completedBytes: 0,
      totalBytes: 0,
    });
    await going(1);
    expect(hearts()).toBe(1);
    asked[0]?.tell({ step: 'downloading', percent: 7, completedBytes: 7, totalBytes: 100 });
    expect(last()).toMatchObject({ state: 'running', step: 'downloading', percent: 7 });
    expect(listAnew).not.toHaveBeenCalled();
    ends[0]?.({ isComplete: true });
    await ended();
    expect(last()).toEqual({ endpointId: 'o', model: 'small', state: 'done', listedAs: 'small:latest' });
    expect(listAnew).toHaveBeenCalledExactlyOnceWith('o');
    await vi.waitFor(() => expect(hearts()).toBe(0));
    expect(pulls.all()).toEqual([last()]);
  });

  test('goes through the one door, with the key of its address, and is noted as what it is', async () => {
    const { pulls, asked, errands, going } = start();
    pulls.start('o', 'small:4b');
    await going(1);
    const io = asked[0]?.io;
    expect(io?.key).toBe('key of o at http://127.0.0.1:11434');
    await io?.fetch('http://127.0.0.1:11434/api/pull', { method: 'POST' });
    expect(errands).toEqual([{ purpose: 'pull' }]);
  });

  test('is one, however often it is asked for while it goes', async () => {
    const { pulls, asked, ends, going, ended } = start();
    pulls.start('o', 'small');
    pulls.start('o', 'small');
    pulls.start('p', 'small');
    await going(2);
    pulls.start('o', 'small');
    pulls.cancelAll('p');
    ends[0]?.({ isComplete: true });
    await ended();
    expect(asked).toHaveLength(2);
    // Once it has ended, it may be wanted again.
    pulls.start('o', 'small');
    await going(3);
  });

  test('that is cancelled says so, and closes its connection; another one goes on', async () => {
    const { pulls, asked, going, last, ended, hearts } = start();
    pulls.start('o', 'large');
    pulls.start('o', 'small');
    await going(2);
    pulls.cancel('o', 'large');
    await ended();
    expect(last()).toEqual({ endpointId: 'o', model: 'large', state: 'cancelled' });
    expect(asked.map(({ io }) => io.signal.aborted)).toEqual([true, false]);
    await vi.waitFor(() => expect(hearts()).toBe(1));
    pulls.cancelAll();
    await vi.waitFor(() => expect(hearts()).toBe(0));
  });

  test('that fails says why, and lists nothing', async () => {
    const { pulls, ends, listAnew, going, last, ended } = start();
    pulls.start('o', 'small');
    await going(1);
    const end = { isComplete: false, reason: 'no-space', failure: { kind: 'server', host: 'h' } } as const;
    ends[0]?.(end);
    await ended();
    expect(last()).toEqual({
      endpointId: 'o',
      model: 'small',
      state: 'failed',
      reason: 'no-space',
      failure: end.failure,
    });
    expect(listAnew).not.toHaveBeenCalled();
  });

  test.each([
    ['an endpoint that is gone', 'gone'],
    ['one that speaks another API', 'v1'],
  ])('of %s is refused, and nothing is sent', async (_what, id) => {
    const { pulls, asked, last, ended } = start();
    pulls.start(id, 'small');
    await ended();
    expect(last()).toMatchObject({ state: 'failed', reason: 'other', failure: { kind: 'no-model' } });
    expect(asked).toEqual([]);
  });

  test('whose key is locked says so', async () => {
    const { pulls, last, ended } = start({ findKey: () => Promise.reject(new ChatError({ kind: 'key-locked' })) });
    pulls.start('o', 'small');
    await ended();
    expect(last()).toMatchObject({ state: 'failed', failure: { kind: 'key-locked' } });
  });
});
