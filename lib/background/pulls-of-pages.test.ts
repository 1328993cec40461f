import { loadAskingWith } from '@/tests/support/load-asking';
import { describe, expect, test, vi } from 'vitest';
import { createChannelPair } from '@/lib/protocol/channel';
import type { FromPage, Pull, ToPage } from '@/lib/protocol/messages';
import { createMemoryKeyValue } from '@/lib/store/key-value';
import { readLedger } from '@/lib/store/ledger';
import { defaultSettings, settingsKey } from '@/lib/store/settings';
import { endpoint } from '@/tests/support/build-chat';
import { ollama } from '@/tests/support/providers';
import { type BackgroundWorld, createBackground } from './background';

const lines = '{"status":"pulling manifest"}\n{"status":"success"}\n';

/** A background with an Ollama that downloads at once, and two pages of it. */
async function start(world: Partial<BackgroundWorld> = {}) {
  const store = createMemoryKeyValue();
  const native = endpoint({ providerId: 'ollama', baseUrl: 'http://127.0.0.1:11434' });
  await store.set({ [settingsKey]: { ...defaultSettings, endpoints: [native] } });
  const asked: string[] = [];
  const background = createBackground({
    store,
    findKey: () => Promise.resolve(''),
    findProvider: (id) => (id === ollama.id ? ollama : undefined),
    fetch: (url, init) => {
      asked.push(`${init?.method} ${typeof url === 'string' ? url : ''}`);
      return Promise.resolve(new Response(init?.method === 'POST' ? lines : '{"models":[{"name":"small:latest"}]}'));
    },
    hasAccess: () => Promise.resolve(true),
    watchRedirect: () => ({ target: () => Promise.resolve('elsewhere.example'), stop: () => undefined }),
    giveBackAccess: () => Promise.resolve(),
    forceHeaders: () => Promise.resolve(() => Promise.resolve()),
    hideOriginFrom: () => Promise.resolve(),
    watchFault: () => ({ fault: () => Promise.resolve(undefined), stop: () => undefined }),
    loadAsking: loadAskingWith(),
    startHeartbeat: () => () => undefined,
    holdLease: () => Promise.resolve(),
    forgetStored: () => Promise.resolve(null),
    now: () => 1_000,
    newId: () => `id${asked.length}`,
    random: () => 0.5,
    ...world,
  });
  function openPage() {
    const seen: ToPage[] = [];
    const [page, side] = createChannelPair<FromPage, ToPage>();
    background.accept(side);
    page.onMessage((message) => {
      seen.push(message);
    });
    const pulls = (): readonly Pull[] => seen.flatMap((message) => (message.type === 'pull' ? [message.pull] : []));
    const ended = async (): Promise<Pull | undefined> => {
      await vi.waitFor(() => expect(pulls().at(-1)?.state).toMatch(/done|failed|cancelled/u));
      return pulls().at(-1);
    };
    return { send: page.send, seen, pulls, ended };
  }
  return { store, asked, openPage };
}

const pullModel = { type: 'pull-model', endpointId: 'e1', model: 'small' } as const;

describe('a download that a page asks for', () => {
  test('is told to every page, with the new list, and later to one that asks', async () => {
    const { asked, openPage } = await start();
    const [one, other] = [openPage(), openPage()];
    one.send(pullModel);
    const done = { endpointId: 'e1', model: 'small', state: 'done', listedAs: 'small:latest' };
    expect(await one.ended()).toEqual(done);
    expect(await other.ended()).toEqual(done);
    const models = { type: 'models', endpointId: 'e1', models: [{ id: 'small:latest' }], failure: null };
    for (const { seen } of [one, other]) expect(seen).toContainEqual(models);
    expect(asked).toEqual(['POST http://127.0.0.1:11434/api/pull', 'GET http://127.0.0.1:11434/api/tags']);
    const later = openPage();
    later.send({ type: 'read-pulls' });
    await vi.waitFor(() => expect(later.pulls()).toEqual([done]));
  });

  test('is in the ledger as what it is', async () => {
    const { store, openPage } = await start();
    const page = openPage();
    page.send(pullModel);
    await page.ended();
    await vi.waitFor(async () => {
      const { days } = await readLedger(store, 1);
      expect(days.flatMap(({ entries }) => entries)).toContainEqual(
        expect.objectContaining({
          origin: 'http://127.0.0.1:11434',
          purpose: 'pull',
          kinds: [],
          bytesIn: lines.length,
        }),
      );
    });
  });

  test('goes nowhere without access, and follows no redirect', async () => {
    const shut = await start({ hasAccess: () => Promise.resolve(false) });
    const page = shut.openPage();
    page.send(pullModel);
    expect(await page.ended()).toMatchObject({
      state: 'failed',
      failure: { kind: 'permission', origin: 'http://127.0.0.1/*' },
    });
    expect(shut.asked).toEqual([]);

    const redirected = Object.defineProperty(new Response(''), 'type', { value: 'opaqueredirect' });
    const moved = await start({ fetch: () => Promise.resolve(redirected) });
    const other = moved.openPage();
    other.send(pullModel);
    expect(await other.ended()).toMatchObject({
      state: 'failed',
      reason: 'other',
      failure: { kind: 'redirect', target: 'elsewhere.example' },
    });
  });

  test.each([
    { type: 'cancel-pull', endpointId: 'e1', model: 'small' },
    { type: 'remove-endpoint', endpointId: 'e1' },
    { type: 'forget-everything' },
  ] as const)('ends with $type, and its connection with it', async (end) => {
    const letGo = vi.fn();
    const { openPage } = await start({
      fetch: (_url, init) =>
        Promise.resolve(
          new Response(init?.method === 'POST' ? new ReadableStream({ cancel: letGo }) : '{"models":[]}'),
        ),
    });
    const page = openPage();
    page.send(pullModel);
    await vi.waitFor(() => expect(page.pulls().at(-1)?.state).toBe('running'));
    page.send(end);
    await vi.waitFor(() => expect(letGo).toHaveBeenCalledOnce(), { timeout: 5000 });
  });

  test('whose script can not be read says so', async () => {
    const { openPage } = await start({ loadAsking: () => Promise.reject(new Error('no script')) });
    const page = openPage();
    page.send(pullModel);
    expect(await page.ended()).toMatchObject({ state: 'failed', reason: 'other', failure: { kind: 'bug' } });
  });
});
