import { describe, expect, test, vi } from 'vitest';
import { noLock } from '@/components/testing/no-lock';
import { makeOptionsWorld } from '@/components/testing/options-world';
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
  contextSize: '',
  keepAlive: '',
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
  const set = vi.fn<OptionsWorld['secrets']['set']>(() => Promise.resolve(true));
  const options = createOptions(
    makeOptionsWorld(page, {
      normalizeAddress: (url) => ({ ok: true, url, origin: `${new URL(url).origin}/*` }),
      secrets: {
        get: () => Promise.resolve(''),
        list: () => Promise.resolve([]),
        set,
        remove: () => Promise.resolve(),
        ...secrets,
      },
      ...world,
    }),
  );
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

describe('extra headers', () => {
  const withHeaders: ProviderForm = { ...form, headers: 'X-Gateway-Key: mine' };
  const moved: ProviderForm = { ...withHeaders, baseUrl: 'https://other.example/v1' };

  test('go to another host only when that was said, and it is saved once more', async () => {
    const requestAccess = vi.fn(() => Promise.resolve(true));
    const { options, sentOf } = await start({ requestAccess });
    expect(await options.save(withHeaders)).toBeUndefined();
    await vi.waitFor(() => expect(options.settings.value?.endpoints[0]?.headers).toEqual({ 'X-Gateway-Key': 'mine' }));
    requestAccess.mockClear();
    const said = { field: 'headers', message: 'headersGoAlong', values: { host: 'other.example' } };
    expect(await options.save(moved)).toEqual(said);
    // Agreed for that host alone.
    expect(await options.save({ ...moved, baseUrl: 'https://third.example/v1' })).toMatchObject({ field: 'headers' });
    expect(requestAccess).not.toHaveBeenCalled();
    expect(await options.save(moved)).toEqual(said);
    expect(await options.save(moved)).toBeUndefined();
    expect(sentOf('save-endpoint')).toHaveLength(2);
  });

  test('that are typed anew, or stay with their host, are not asked about', async () => {
    const { options } = await start();
    expect(await options.save(withHeaders)).toBeUndefined();
    await vi.waitFor(() => expect(options.settings.value?.endpoints[0]?.headers).toEqual({ 'X-Gateway-Key': 'mine' }));
    expect(await options.save({ ...withHeaders, baseUrl: `${endpoint.baseUrl}/v2` })).toBeUndefined();
    expect(await options.save({ ...moved, headers: 'X-Gateway-Key: another' })).toBeUndefined();
  });
});

describe('a key', () => {
  const saved = { endpointId: 'local', origin: 'http://127.0.0.1:11434', kept: 'browser', last: '1234' } as const;
  const list = () => Promise.resolve([saved]);
  const vendor = {
    id: 'ollama',
    label: 'O',
    baseUrl: '',
    key: { needed: 'yes' },
    hasModels: true,
    place: 'vendor',
  } as const;
  const elsewhere = { ...form, baseUrl: 'https://other.example/v1' };

  const startWithKey = async (world: Partial<OptionsWorld> = {}, secrets: Partial<OptionsWorld['secrets']> = {}) => {
    const started = await start(world, { list, ...secrets });
    await vi.waitFor(() => {
      expect(started.options.keys.saved.value).toEqual([saved]);
    });
    return started;
  };

  test('is asked for again when the address is at another origin, before anything is asked of the browser', async () => {
    const requestAccess = vi.fn(() => Promise.resolve(true));
    const { options, set, sentOf } = await startWithKey({ providers: [vendor], requestAccess });
    expect(await options.save(elsewhere)).toEqual({
      field: 'key',
      message: 'keyAskedAgain',
      values: { origin: saved.origin },
    });
    expect([requestAccess.mock.calls, set.mock.calls, sentOf('save-endpoint')]).toEqual([[], [], []]);
    expect(await options.save({ ...elsewhere, key: 'sk-other' })).toBeUndefined();
    expect(set).toHaveBeenCalledExactlyOnceWith('local', 'https://other.example', {
      key: 'sk-other',
      kept: 'browser',
      passphrase: '',
    });
  });

  test('that an address does not need is not asked for, nor is that of another origin taken along', async () => {
    const get = vi.fn(() => Promise.resolve('sk-1234'));
    const { options, set } = await startWithKey({ providers: [{ ...vendor, key: { needed: 'optional' } }] }, { get });
    expect(await options.save({ ...elsewhere, kept: 'session' })).toBeUndefined();
    expect([get.mock.calls, set.mock.calls]).toEqual([[], []]);
  });

  test('is kept in another way without being typed again', async () => {
    const { options, set } = await startWithKey({}, { get: () => Promise.resolve('sk-1234') });
    expect(await options.save({ ...form, kept: 'session' })).toBeUndefined();
    expect(set).toHaveBeenCalledExactlyOnceWith('local', saved.origin, {
      key: 'sk-1234',
      kept: 'session',
      passphrase: '',
    });
  });

  test('that can not be read can not be kept in another way, and the form says why', async () => {
    const get = () => Promise.reject(new ChatError({ kind: 'key-locked', host: 'h' }));
    const { options, sentOf } = await startWithKey({}, { get });
    expect(await options.save({ ...form, kept: 'session' })).toMatchObject({
      field: 'form',
      message: 'failureKeyLocked',
      values: { host: 'h' },
    });
    expect(sentOf('save-endpoint')).toEqual([]);
  });

  test.each([
    ['', 'passphraseNeeded'],
    ['wrong', 'passphraseWrong'],
  ])('that has to go behind a lock needs its passphrase, not %j', async (passphrase, message) => {
    const { options, sentOf } = await start({}, { set: () => Promise.resolve(false) });
    expect(await options.save({ ...form, key: 'sk-1234', passphrase })).toMatchObject({ field: 'passphrase', message });
    expect(sentOf('save-endpoint')).toEqual([]);
  });

  test('that has been unlocked is tried at once', async () => {
    const keyLock = { ...noLock, unlock: () => Promise.resolve(true) };
    const { options, sentOf } = await startWithKey({ keyLock }, { list: () => Promise.resolve([saved]) });
    const before = sentOf('list-models').length;
    expect(await options.keys.unlock('correct horse')).toBe('done');
    await vi.waitFor(() => {
      expect(sentOf('list-models')).toHaveLength(before + 1);
    });
  });

  test('is behind a lock that tells what came of it', async () => {
    const { options } = await start({ keyLock: { ...noLock, set: refuse } });
    expect(await options.keys.unlock('wrong')).toBe('refused');
    expect(await options.keys.setLock('correct horse')).toBe('failed');
    expect(options.notSaving.value).toEqual({ kind: 'storage' });
  });

  test('that is removed is asked for by the next list of models', async () => {
    const { options, sentOf } = await start();
    await options.removeKey('local');
    await vi.waitFor(() => {
      expect(sentOf('list-models')).toHaveLength(2);
    });
  });
});

test('the list of conversations can be made anew', async () => {
  const { options, sentOf } = await start();
  options.rebuildHistory();
  await vi.waitFor(() => {
    expect(sentOf('rebuild-history')).toHaveLength(1);
  });
});
