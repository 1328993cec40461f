import { describe, expect, test, vi } from 'vitest';
import { endpoint, readySettings } from '@/components/testing/start-panel';
import { ChatError } from '@/lib/errors/failure';
import { createChannelPair } from '@/lib/protocol/channel';
import type { FromPage, ToPage } from '@/lib/protocol/messages';
import type { Endpoint } from '@/lib/providers/provider';
import { createOptions, type OptionsWorld } from './options';
import type { ProviderForm } from './provider-form';

const form: ProviderForm = {
  endpointId: 'local',
  providerId: 'ollama',
  label: 'Local',
  baseUrl: endpoint.baseUrl,
  key: '',
  headers: '',
  body: '',
  unstreamed: false,
};

async function start(world: Partial<OptionsWorld> = {}, secrets: Partial<OptionsWorld['secrets']> = {}) {
  const sent: FromPage[] = [];
  const [page, background] = createChannelPair<FromPage, ToPage>();
  let settings = readySettings;
  background.onMessage((message) => {
    sent.push(message);
    if (message.type === 'save-endpoint') settings = { ...settings, endpoints: [message.endpoint] };
    if (message.type === 'hello' || message.type === 'save-endpoint') background.send({ type: 'settings', settings });
    if (message.type === 'list-models') {
      background.send({ type: 'models', endpointId: message.endpointId, models: [{ id: 'small' }], failure: null });
    }
  });
  const set = vi.fn(() => Promise.resolve());
  const options = createOptions({
    connect: () => page,
    onBackgroundAwake: () => undefined,
    providers: [],
    normalizeAddress: (url) => ({ ok: true, url, origin: `${new URL(url).origin}/*` }),
    secrets: {
      get: () => Promise.resolve(''),
      hint: () => Promise.resolve(undefined),
      set,
      remove: () => Promise.resolve(),
      ...secrets,
    },
    newId: () => 'new',
    now: () => 0,
    requestAccess: () => Promise.resolve(true),
    shortcuts: () => Promise.resolve([]),
    family: 'chrome',
    version: '0.0.0',
    openShortcuts: () => undefined,
    copy: () => Promise.resolve(),
    ...world,
  });
  await vi.waitFor(() => {
    expect(options.groups.value).toMatchObject([{ isLoading: false }]);
  });
  const sentOf = (type: FromPage['type']) => sent.filter((message) => message.type === type);
  return { options, sentOf, set, reply: background.send };
}

const refuse = () => Promise.reject(new ChatError({ kind: 'storage' }));

describe('saving a provider', () => {
  test('says so when the key can not be saved, and saves nothing', async () => {
    const { options, sentOf } = await start({}, { set: refuse });
    expect(await options.save({ ...form, key: 'sk-secret' })).toMatchObject({
      field: 'form',
      message: 'failureStorage',
    });
    expect(sentOf('save-endpoint')).toEqual([]);
  });

  test('says so when the browser will not even ask for access', async () => {
    const { options } = await start({ requestAccess: () => Promise.reject(new Error('no gesture')) });
    expect(await options.save(form)).toMatchObject({ field: 'form', message: 'permissionRefused' });
  });

  test('leaves a stored key alone when nothing but blanks was typed', async () => {
    const { options, set } = await start();
    expect(await options.save({ ...form, key: '  ' })).toBeUndefined();
    expect(set).not.toHaveBeenCalled();
  });

  test.each([
    ['at the same server keeps', 'http://127.0.0.1:11434/v2', true],
    ['at another server loses', 'http://127.0.0.1:8080/v1', undefined],
  ])('an endpoint %s its requests without origin', async (_what, baseUrl, hidesOrigin) => {
    const { options, sentOf, reply } = await start();
    reply({ type: 'settings', settings: { ...readySettings, endpoints: [{ ...endpoint, hidesOrigin: true }] } });
    await vi.waitFor(() => {
      expect(options.settings.value?.endpoints).toMatchObject([{ hidesOrigin: true }]);
    });
    await options.save({ ...form, baseUrl });
    await vi.waitFor(() => {
      expect(sentOf('save-endpoint')).toHaveLength(1);
    });
    expect(sentOf('save-endpoint')[0]).toMatchObject({ endpoint: { baseUrl } });
    expect((sentOf('save-endpoint')[0] as { endpoint: Endpoint }).endpoint.hidesOrigin).toBe(hidesOrigin);
  });

  test.each([
    ['its address', { baseUrl: 'http://127.0.0.1:8080/v1' }],
    ['its key alone', { key: 'sk-another' }],
  ])('asks for its models again after %s has changed', async (_what, change) => {
    const { options, sentOf } = await start();
    expect(sentOf('list-models')).toHaveLength(1);
    await options.save({ ...form, ...change });
    await vi.waitFor(() => {
      expect(sentOf('list-models')).toHaveLength(2);
    });
  });
});

test('a card that says it failed is brought up to date when the doctor finds nothing', async () => {
  const { options, sentOf, reply } = await start();
  const diagnosis = { type: 'diagnosis', id: 'local', diagnosis: { kind: 'fine', host: 'h' } } as const;
  reply(diagnosis);
  reply({ type: 'models', endpointId: 'local', models: [], failure: { kind: 'network' } });
  await vi.waitFor(() => {
    expect(options.groups.value).toMatchObject([{ failure: { kind: 'network' } }]);
  });
  expect(sentOf('list-models')).toHaveLength(1);
  reply(diagnosis);
  await vi.waitFor(() => {
    expect(sentOf('list-models')).toHaveLength(2);
  });
});

describe('what goes wrong on the page', () => {
  test('is said for as long as the background can not save', async () => {
    const { options, reply } = await start();
    reply({ type: 'saving', failure: { kind: 'storage' } });
    await vi.waitFor(() => {
      expect(options.notSaving.value).toEqual({ kind: 'storage' });
    });
    reply({ type: 'saving', failure: null });
    await vi.waitFor(() => {
      expect(options.notSaving.value).toBeNull();
    });
  });

  test('is said when a key can not be removed, and the provider goes all the same', async () => {
    const { options, sentOf } = await start({}, { remove: refuse });
    await options.removeKey('local');
    expect(options.notSaving.value).toEqual({ kind: 'storage' });
    options.remove('local');
    await vi.waitFor(() => {
      expect(sentOf('remove-endpoint')).toHaveLength(1);
    });
  });

  test('breaks nothing when shortcuts and access can not be asked for', async () => {
    const { options } = await start({ shortcuts: refuse, requestAccess: refuse });
    options.grantAccess('http://127.0.0.1/*', 'local');
    await Promise.resolve();
    expect(options.shortcuts.value).toEqual([]);
  });
});

test('a key is hinted at for the address it was saved for only', async () => {
  const hint = vi.fn((_id: string, origin: string) =>
    Promise.resolve(origin === 'http://127.0.0.1:11434' ? '1234' : undefined),
  );
  const { options } = await start({}, { hint });
  await vi.waitFor(() => {
    expect(options.keyHints.value.get('local')).toBe('1234');
  });
  await options.save({ ...form, baseUrl: 'https://other.example/v1' });
  await vi.waitFor(() => {
    expect(options.keyHints.value.has('local')).toBe(false);
  });
});

test('the list of conversations can be made anew', async () => {
  const { options, sentOf } = await start();
  options.rebuildHistory();
  await vi.waitFor(() => {
    expect(sentOf('rebuild-history')).toHaveLength(1);
  });
});
