import { loadAskingWith } from '@/tests/support/load-asking';
import { describe, expect, test, vi } from 'vitest';
import { ChatError } from '@/lib/errors/failure';
import { createChannelPair } from '@/lib/protocol/channel';
import type { FromPage, ToPage } from '@/lib/protocol/messages';
import { createMemoryKeyValue, type KeyValue } from '@/lib/store/key-value';
import { defaultSettings, settingsKey } from '@/lib/store/settings';
import { type Endpoint, onDeviceAddress } from '@/lib/providers/provider';
import { endpoint } from '@/tests/support/build-chat';
import { createScriptedProvider } from '@/tests/support/scripted-provider';
import { createBackground } from './background';

const hidden = endpoint({ hidesOrigin: true });

/** A background whose settings hold these endpoints, and what it does, in order. */
async function start(endpoints: readonly Endpoint[], hide: () => Promise<void> = () => Promise.resolve()) {
  const memory = createMemoryKeyValue();
  const disk = { isBroken: false };
  const store: KeyValue = {
    ...memory,
    get: (keys) => (disk.isBroken ? Promise.reject(new ChatError({ kind: 'storage' })) : memory.get(keys)),
  };
  await store.set({ [settingsKey]: { ...defaultSettings, endpoints } });
  const calls: string[] = [];
  const scripted = createScriptedProvider();
  const provider = {
    ...scripted,
    listModels: async (...[, io]: Parameters<typeof scripted.listModels>) => {
      await io.fetch('http://127.0.0.1:9/models', {});
      return [{ id: 'm1' }];
    },
  };
  const background = createBackground({
    store,
    findKey: () => Promise.resolve(''),
    findProvider: () => provider,
    fetch: (url) => {
      calls.push(`fetch ${typeof url === 'string' ? url : ''}`);
      return Promise.resolve(new Response(''));
    },
    hasAccess: () => Promise.resolve(true),
    watchRedirect: () => ({ target: () => Promise.resolve(undefined), stop: () => undefined }),
    giveBackAccess: (origin) => {
      calls.push(`give back ${origin}`);
      return Promise.resolve();
    },
    forceHeaders: () => Promise.resolve(() => Promise.resolve()),
    hideOriginFrom: (origins) => {
      calls.push(`hide from ${origins.join(' ') || 'nobody'}`);
      return hide();
    },
    watchFault: () => ({ fault: () => Promise.resolve(undefined), stop: () => undefined }),
    loadAsking: loadAskingWith({
      diagnose: () => {
        calls.push('diagnose');
        return Promise.resolve({ kind: 'fine', host: 'h' });
      },
      findServers: async (io) => {
        await io.fetch('http://127.0.0.1:8000/v1/models', {});
        return [];
      },
    }),
    startHeartbeat: () => () => undefined,
    holdLease: () => Promise.resolve(),
    forgetStored: () => Promise.resolve(null),
    now: () => 1,
    newId: () => 'new',
    random: () => 0.5,
  });
  const [page, side] = createChannelPair<FromPage, ToPage>();
  background.accept(side);
  page.onMessage(({ type }) => {
    calls.push(type);
  });
  return { page, calls, disk };
}

const waitFor = (calls: readonly string[], call: string): Promise<void> =>
  vi.waitFor(() => {
    expect(calls).toContain(call);
  });

describe('requests without an origin', () => {
  test('the rule is there before the first request of a new background, and is set once', async () => {
    const { page, calls } = await start([hidden]);
    page.send({ type: 'list-models', endpointId: 'e1', fresh: true });
    await waitFor(calls, 'models');
    page.send({ type: 'list-models', endpointId: 'e1', fresh: true });
    await vi.waitFor(() => {
      expect(calls.filter((call) => call === 'models')).toHaveLength(2);
    });
    const request = 'fetch http://127.0.0.1:9/models';
    expect(calls).toEqual(['hide from http://127.0.0.1:9', request, 'models', request, 'models']);
  });

  test('the rule is there before anybody hears of the setting, and before a look that was asked for behind it', async () => {
    const { page, calls } = await start([endpoint()]);
    page.send({ type: 'save-endpoint', endpoint: hidden });
    page.send({ type: 'diagnose', id: 'here', endpointId: 'e1' });
    await waitFor(calls, 'diagnosis');
    expect(calls.slice(0, 2)).toEqual(['hide from http://127.0.0.1:9', 'settings']);
    expect(calls.indexOf('diagnose')).toBeGreaterThan(calls.indexOf('settings'));
  });

  test('it goes with its provider, together with the access', async () => {
    const { page, calls } = await start([hidden, endpoint({ id: 'e2', baseUrl: 'http://127.0.0.1:8' })]);
    page.send({ type: 'remove-endpoint', endpointId: 'e1' });
    await waitFor(calls, 'settings');
    expect(calls).toEqual(['hide from nobody', 'settings']);
    page.send({ type: 'remove-endpoint', endpointId: 'e2' });
    await waitFor(calls, 'give back http://127.0.0.1/*');
  });

  test('what has no address of its own has no access to give back', async () => {
    const { page, calls } = await start([endpoint(), endpoint({ id: 'e2', baseUrl: onDeviceAddress })]);
    page.send({ type: 'remove-endpoint', endpointId: 'e2' });
    await waitFor(calls, 'settings');
    page.send({ type: 'remove-endpoint', endpointId: 'e1' });
    await waitFor(calls, 'give back http://127.0.0.1/*');
    expect(calls.filter((call) => call.startsWith('give back'))).toEqual(['give back http://127.0.0.1/*']);
  });

  test('a browser that refuses the rule stops nothing else', async () => {
    const { page, calls } = await start([hidden], () => Promise.reject(new Error('too many rules')));
    page.send({ type: 'list-models', endpointId: 'e1', fresh: true });
    await waitFor(calls, 'models');
    expect(calls).toContain('fetch http://127.0.0.1:9/models');
  });

  test('while settings can not be read, no access is given back that a provider may need', async () => {
    const { page, calls, disk } = await start([hidden]);
    disk.isBroken = true;
    page.send({ type: 'find-servers' });
    await waitFor(calls, 'found-servers');
    expect(calls).toContain('fetch http://127.0.0.1:8000/v1/models');
    expect(calls).not.toContain('give back http://127.0.0.1/*');
  });

  test('access that has found nothing, and that nobody needs, is given back', async () => {
    const { page, calls } = await start([]);
    page.send({ type: 'find-servers' });
    await waitFor(calls, 'found-servers');
    expect(calls).toContain('give back http://127.0.0.1/*');
  });

  test('changes that are about something else touch no rule', async () => {
    const { page, calls } = await start([hidden]);
    page.send({ type: 'choose', settings: { language: 'ru' } });
    await waitFor(calls, 'settings');
    expect(calls).toEqual(['settings']);
  });
});
