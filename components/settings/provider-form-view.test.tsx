// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createOptions, type NormalizeAddress, type OptionsWorld, type ProviderChoice } from '@/lib/panel/options';
import { ChatError } from '@/lib/errors/failure';
import { createChannelPair } from '@/lib/protocol/channel';
import type { FromPage, ToPage } from '@/lib/protocol/messages';
import type { Endpoint } from '@/lib/providers/provider';
import { noLock } from '../testing/no-lock';
import { makeOptionsWorld } from '../testing/options-world';
import { endpoint, readySettings } from '../testing/start-panel';
import { OptionsView } from './options-view';

const providers: readonly ProviderChoice[] = [
  {
    id: 'ollama',
    label: 'Ollama',
    baseUrl: 'http://127.0.0.1:11434/v1',
    key: { needed: 'no' },
    hasModels: true,
    place: 'computer',
  },
  {
    id: 'openai',
    label: 'OpenAI',
    baseUrl: 'https://api.openai.com/v1',
    key: { needed: 'yes' },
    hasModels: true,
    place: 'vendor',
  },
  {
    id: 'codelink-ava',
    label: 'CodeLink Ava',
    baseUrl: 'https://retired.example/api/chat',
    key: { needed: 'no' },
    hasModels: false,
    working: false,
    place: 'anywhere',
  },
];

const normalizeAddress: NormalizeAddress = (input) =>
  input === ''
    ? { ok: false, reason: 'addressEmpty' }
    : {
        ok: true,
        url: input,
        origin: `${new URL(input).origin}/*`,
        ...(input.startsWith('http://10.') ? { warning: 'addressNetworkHttp' as const } : {}),
      };

beforeEach(() => {
  location.hash = '';
});
afterEach(cleanup);

interface StartOptions {
  readonly isGranted?: boolean;
  readonly endpoints?: readonly Endpoint[];
  /** The stored keys as far as they are shown. */
  readonly keys?: Map<string, string>;
  readonly secrets?: Partial<OptionsWorld['secrets']>;
  readonly keyLock?: Partial<OptionsWorld['keyLock']>;
  readonly listed?: Partial<Extract<ToPage, { type: 'models' }>>;
}

async function start(hash: string, { isGranted = true, endpoints = [endpoint], ...more }: StartOptions = {}) {
  location.hash = hash;
  const sent: FromPage[] = [];
  const asked: string[] = [];
  const keys = more.keys ?? new Map<string, string>();
  const [page, background] = createChannelPair<FromPage, ToPage>();
  background.onMessage((message) => {
    sent.push(message);
    if (message.type === 'hello') background.send({ type: 'settings', settings: { ...readySettings, endpoints } });
    if (message.type === 'list-models') {
      background.send({
        type: 'models',
        endpointId: message.endpointId,
        models: [],
        failure: { kind: 'auth', host: 'h' },
        ...more.listed,
      });
    }
  });
  const options = createOptions(
    makeOptionsWorld(page, {
      providers,
      normalizeAddress,
      secrets: {
        get: () => Promise.resolve(''),
        list: () =>
          Promise.resolve(
            [...keys].map(([endpointId, key]) => ({
              endpointId,
              origin: new URL(endpoint.baseUrl).origin,
              kept: 'browser' as const,
              last: key.slice(-4),
            })),
          ),
        set: (id, _origin, { key }) => {
          keys.set(id, key);
          return Promise.resolve(true);
        },
        remove: (id) => {
          keys.delete(id);
          return Promise.resolve();
        },
        ...more.secrets,
      },
      keyLock: { ...noLock, ...more.keyLock },
      requestAccess: (origin) => {
        asked.push(origin);
        return Promise.resolve(isGranted);
      },
    }),
  );
  render(<OptionsView options={options} locales={[{ tag: 'en', name: 'English' }]} />);
  await screen.findByRole('heading', { level: 2 });
  return { sent, asked, keys, reply: background.send };
}

const fill = (name: string, value: string): void => {
  fireEvent.input(screen.getByLabelText(name), { target: { value } });
};
const submit = (): void => {
  const form = document.querySelector('form');
  if (form) fireEvent.submit(form);
};

test('a preset comes with its address, and saving asks for access in the submit itself', async () => {
  const { asked, sent, keys } = await start('#add/openai');
  fill('Key', 'sk-secret-1234');
  submit();
  expect(asked).toEqual(['https://api.openai.com/*']);
  await waitFor(() =>
    expect(sent.find(({ type }) => type === 'save-endpoint')).toMatchObject({
      endpoint: { id: 'new', providerId: 'openai', baseUrl: 'https://api.openai.com/v1' },
    }),
  );
  expect(keys.get('new')).toBe('sk-secret-1234');
  expect(JSON.stringify(sent)).not.toContain('sk-secret');
  await waitFor(() => expect(location.hash).toBe('#providers'));
});

test('a problem stands at its field, which gets the focus', async () => {
  const { asked } = await start('#add/openai');
  fill('Address', '');
  submit();
  const words = await screen.findByText('Enter an address.');
  const field = screen.getByLabelText('Address');
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect(field.getAttribute('aria-describedby')).toContain(words.id);
  await waitFor(() => expect(document.activeElement).toBe(field));
  expect(asked).toEqual([]);
});

test('what there is to know about an address stands at its field, and saves all the same', async () => {
  const { asked } = await start('#add/openai');
  const field = screen.getByLabelText('Address');
  fireEvent.input(field, { target: { value: 'http://10.0.0.1/v1' } });
  expect(await screen.findByText(/without encryption/u)).toBeTruthy();
  submit();
  expect(asked).toEqual(['http://10.0.0.1/*']);
  fireEvent.input(field, { target: { value: 'https://api.openai.com/v1' } });
  await waitFor(() => expect(screen.queryByText(/without encryption/u)).toBeNull());
});

test('what can be added stands in groups, and is found by name or address', async () => {
  await start('#providers');
  const links = (): readonly (string | null)[] =>
    [...document.querySelectorAll('.choices a')].map((link) => link.getAttribute('href'));
  expect(links()).toEqual(['#add/ollama', '#add/openai', '#add/codelink-ava']);
  expect(screen.getByRole('region', { name: 'A model on this computer' }).textContent).toContain('127.0.0.1:11434');
  fill('Find a provider', 'API.openai');
  await waitFor(() => expect(links()).toEqual(['#add/openai']));
  expect(screen.getByText('1 provider')).toBeTruthy();
  fill('Find a provider', 'nothing of this name');
  expect(await screen.findByText(/No provider is called that/u)).toBeTruthy();
  expect(links()).toEqual([]);
});

test('a place of its own shows one group alone', async () => {
  await start('#choose/vendor');
  expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('An API key');
  expect([...document.querySelectorAll('.choices b')].map((name) => name.textContent)).toEqual(['OpenAI']);
});

test('a problem in a folded field unfolds it', async () => {
  await start('#add/openai');
  fill('Extra headers', 'X-One: 1\nnonsense');
  submit();
  expect(await screen.findByText('Line 2 is not “Name: value”.')).toBeTruthy();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Extra headers')));
  expect(document.querySelector('details')?.open).toBe(true);
});

test('without access nothing is saved, and what was typed stays', async () => {
  const { sent, keys } = await start('#add/openai', { isGranted: false });
  fill('Name', 'Mine');
  submit();
  expect(await screen.findByText(/did not give access to https:\/\/api\.openai\.com/u)).toBeTruthy();
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Mine');
  expect(sent.some(({ type }) => type === 'save-endpoint')).toBe(false);
  expect(keys.size).toBe(0);
});

test('a key that can not be saved is told, and the form can be sent again', async () => {
  const { sent, asked } = await start('#add/openai', {
    secrets: { set: () => Promise.reject(new ChatError({ kind: 'storage' })) },
  });
  fill('Key', 'sk-secret-1234');
  submit();
  expect(await screen.findByText(/browser refused to save/u)).toBeTruthy();
  expect(sent.some(({ type }) => type === 'save-endpoint')).toBe(false);
  submit();
  await waitFor(() => expect(asked).toHaveLength(2));
});

test.each([
  ['1234', 'Saved, ends in 1234. Type a new one to replace it.'],
  ['', 'Saved. Type a new one to replace it.'],
])('a stored key of which %j may be shown is told of', async (hint, words) => {
  const mine = { ...endpoint, providerId: 'openai' };
  await start('#edit/local', { endpoints: [mine], keys: new Map([['local', hint]]) });
  expect(await screen.findByText(words)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Remove the key' })).toBeTruthy();
});

test('while the address is at another origin, the form says where the saved key belongs', async () => {
  const mine = { ...endpoint, providerId: 'openai' };
  const { asked } = await start('#edit/local', { endpoints: [mine], keys: new Map([['local', '1234']]) });
  await screen.findByText(/ends in 1234/u);
  fireEvent.input(screen.getByLabelText('Address'), { target: { value: 'https://other.example/v1' } });
  expect(await screen.findByText(/^The saved key is for http:\/\/127\.0\.0\.1:11434 and is not sent/u)).toBeTruthy();
  submit();
  expect(
    await screen.findByText('The saved key is for http://127.0.0.1:11434. Enter the key of this address.'),
  ).toBeTruthy();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Key')));
  expect(asked).toEqual([]);
});

test('a key is removed behind a question that says what removing can not do', async () => {
  const mine = { ...endpoint, providerId: 'openai' };
  const { keys } = await start('#edit/local', { endpoints: [mine], keys: new Map([['local', '1234']]) });
  fireEvent.click(await screen.findByRole('button', { name: 'Remove the key' }));
  expect(screen.getByText(/make it invalid at the provider, too/u)).toBeTruthy();
  expect(keys.size).toBe(1);
  fireEvent.click(screen.getByRole('button', { name: 'Remove the key' }));
  await waitFor(() => expect(keys.size).toBe(0));
  expect(await screen.findByText(/^Stays in this browser/u)).toBeTruthy();
});

test('how a key is kept is chosen, and said without the word encrypted while there is no lock', async () => {
  const set = vi.fn(() => Promise.resolve(true));
  await start('#add/openai', { secrets: { set } });
  expect(document.body.textContent).not.toMatch(/encrypt/iu);
  expect(screen.getByLabelText<HTMLInputElement>(/^In this browser/u).checked).toBe(true);
  fireEvent.click(screen.getByLabelText(/^For this session only/u));
  fill('Key', 'sk-secret-1234');
  submit();
  await waitFor(() =>
    expect(set).toHaveBeenCalledWith('new', 'https://api.openai.com', {
      key: 'sk-secret-1234',
      kept: 'session',
      passphrase: '',
    }),
  );
});

test('behind a lock a key is saved with its passphrase, and a wrong one is told where it was typed', async () => {
  const set = vi.fn((_id: string, _origin: string, { passphrase }: { passphrase: string }) =>
    Promise.resolve(passphrase === 'correct horse'),
  );
  const { sent } = await start('#add/openai', {
    secrets: { set },
    keyLock: { state: () => Promise.resolve('shut') },
  });
  expect(await screen.findByLabelText(/^In this browser, encrypted/u)).toBeTruthy();
  fill('Key', 'sk-secret-1234');
  fill('Passphrase', 'wrong');
  submit();
  expect(await screen.findByText(/^This is not the passphrase/u)).toBeTruthy();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Passphrase')));
  expect(screen.getByLabelText<HTMLInputElement>('Key').value).toBe('sk-secret-1234');
  expect(sent.some(({ type }) => type === 'save-endpoint')).toBe(false);
  fill('Passphrase', 'correct horse');
  submit();
  await waitFor(() => expect(sent.some(({ type }) => type === 'save-endpoint')).toBe(true));
});

test.each([
  ['key-locked', 'Unlock', '#keys'],
  ['key-gone', 'Enter the key', '#edit/local'],
] as const)('a card whose key can not be used (%s) leads to where it can be again', async (kind, words, place) => {
  await start('#providers', { listed: { failure: { kind, host: 'h' } } });
  const link = await screen.findByRole('link', { name: words });
  expect(link.getAttribute('href')).toBe(place);
});

test('only where there are models, the whole answer can be asked for at once', async () => {
  await start('#add/openai');
  expect(screen.queryByLabelText(/whole answer at once/u)).not.toBeNull();
  cleanup();
  await start('#add/codelink-ava');
  expect(screen.queryByLabelText(/whole answer at once/u)).toBeNull();
});

test('the retired service says so, and takes another address', async () => {
  const { sent } = await start('#add/codelink-ava');
  expect(screen.getByText(/has been retired/u)).toBeTruthy();
  fill('Address', 'https://mine.example/api/chat');
  submit();
  await waitFor(() =>
    expect(sent.find(({ type }) => type === 'save-endpoint')).toMatchObject({
      endpoint: { baseUrl: 'https://mine.example/api/chat' },
    }),
  );
});

test('a card tells the state of its endpoint, and asks for it once', async () => {
  const { sent } = await start('#providers');
  const card = await waitFor(() => {
    const found = document.querySelector('[data-endpoint-id="local"][data-state="failed"]');
    expect(found).not.toBeNull();
    return found;
  });
  expect(card?.textContent).toContain('h refused the key.');
  expect(sent.filter(({ type }) => type === 'list-models')).toHaveLength(1);
});

test.each([
  ['without models says that there are none yet', [], 'There is no model here yet.'],
  ['with one that has no name is ready', [{ id: '' }], 'Ready · this computer only'],
])('a provider %s', async (_which, models, words) => {
  await start('#providers', { listed: { models, failure: null } });
  expect(await screen.findByText(words)).toBeTruthy();
});

test('the page says for as long as nothing can be saved', async () => {
  const { reply } = await start('#providers');
  reply({ type: 'saving', failure: { kind: 'storage' } });
  expect(await screen.findByText(/Nothing is being saved right now/u)).toBeTruthy();
  reply({ type: 'saving', failure: null });
  await waitFor(() => expect(screen.queryByText(/Nothing is being saved/u)).toBeNull());
});

test('the list of conversations can be made anew, which is said', async () => {
  const { sent } = await start('#privacy');
  fireEvent.click(await screen.findByRole('button', { name: 'Rebuild the list' }));
  await waitFor(() => expect(sent.filter(({ type }) => type === 'rebuild-history')).toHaveLength(1));
  expect(screen.getByText('The list is being made anew.')).toBeTruthy();
});

test('Test looks into a provider, and its cure is in the card', async () => {
  const { sent, reply } = await start('#providers');
  fireEvent.click(await screen.findByRole('button', { name: 'Test: Local' }));
  await waitFor(() =>
    expect(sent.filter(({ type }) => type === 'diagnose')).toEqual([
      { type: 'diagnose', id: 'local', endpointId: 'local', model: 'small' },
    ]),
  );
  reply({ type: 'diagnosis', id: 'local', diagnosis: { kind: 'no-key', host: 'h' } });
  fireEvent.click(await screen.findByRole('button', { name: 'Enter the key' }));
  await waitFor(() => expect(location.hash).toBe('#edit/local'));
});

test('servers of this computer are looked for on a click, with access that is asked for in it, and added by another', async () => {
  const { sent, asked, reply } = await start('#providers');
  expect(sent.some(({ type }) => type === 'find-servers')).toBe(false);
  fireEvent.click(screen.getByRole('button', { name: 'Find servers on this computer' }));
  expect(asked).toEqual(['http://127.0.0.1/*']);
  await waitFor(() => expect(sent.filter(({ type }) => type === 'find-servers')).toHaveLength(1));
  const vllm = { kind: 'vllm', label: 'vLLM', providerId: 'openai-compatible', baseUrl: 'http://127.0.0.1:8000/v1' };
  reply({ type: 'found-servers', servers: [{ ...vllm, modelCount: 1, runsHere: true }] });
  fireEvent.click(await screen.findByRole('button', { name: 'Use: vLLM on this computer' }));
  await waitFor(() =>
    expect(sent.find(({ type }) => type === 'save-endpoint')).toMatchObject({
      endpoint: { providerId: 'openai-compatible', label: 'vLLM', baseUrl: 'http://127.0.0.1:8000/v1' },
    }),
  );
});

test('a server that wants a key leads into its form, and one that was not found too', async () => {
  const { reply, sent } = await start('#providers');
  const litellm = { kind: 'litellm', label: 'LiteLLM', providerId: 'openai', baseUrl: 'http://127.0.0.1:4000/v1' };
  reply({ type: 'found-servers', servers: [{ ...litellm, refusal: 'key', runsHere: false }] });
  fireEvent.click(await screen.findByRole('button', { name: 'Use: LiteLLM on this computer' }));
  await waitFor(() => expect(location.hash).toBe('#edit/new'));
  expect(sent.filter(({ type }) => type === 'save-endpoint')).toHaveLength(1);
  cleanup();
  const again = await start('#providers');
  again.reply({ type: 'found-servers', servers: [] });
  fireEvent.click(await screen.findByRole('button', { name: 'Add by hand' }));
  await waitFor(() => expect(location.hash).toBe('#choose/computer'));
});

test('a card says that requests go without origin', async () => {
  await start('#providers', { endpoints: [{ ...endpoint, hidesOrigin: true }] });
  expect(await screen.findByText('Requests go without their origin.')).toBeTruthy();
});

test('removing asks first', async () => {
  const { sent } = await start('#providers');
  fireEvent.click(await screen.findByRole('button', { name: 'Remove: Local' }));
  expect(sent.some(({ type }) => type === 'remove-endpoint')).toBe(false);
  fireEvent.click(await screen.findByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(sent.filter(({ type }) => type === 'remove-endpoint')).toHaveLength(1));
});

const native = { ...endpoint, baseUrl: 'http://127.0.0.1:11434' };

test('how models are loaded is set where Ollama’s own API is spoken, and checked', async () => {
  const { sent } = await start('#edit/local', { endpoints: [{ ...native, contextSize: 8192 }] });
  expect(screen.getByLabelText<HTMLInputElement>('Context size, in tokens').value).toBe('8192');
  expect(screen.getByText(/leaves out the beginning and says nothing/u)).toBeTruthy();
  fill('Context size, in tokens', '16k');
  submit();
  expect(await screen.findByText('A whole number above 0.')).toBeTruthy();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Context size, in tokens')));
  fill('Context size, in tokens', '16384');
  fill('Keep in memory', 'a while');
  submit();
  expect(await screen.findByText('A time such as 30s, 5m or 1h30m, or 0, or -1.')).toBeTruthy();
  expect(sent.some(({ type }) => type === 'save-endpoint')).toBe(false);
  fill('Keep in memory', '-1');
  submit();
  await waitFor(() =>
    expect(sent.find(({ type }) => type === 'save-endpoint')).toMatchObject({
      endpoint: { id: 'local', contextSize: 16_384, keepAlive: '-1' },
    }),
  );
});

test('what is left empty of how models are loaded is the server’s to say', async () => {
  const { sent } = await start('#edit/local', { endpoints: [{ ...native, contextSize: 8192, keepAlive: '5m' }] });
  fill('Context size, in tokens', '');
  fill('Keep in memory', ' ');
  submit();
  await waitFor(() =>
    expect(sent.find(({ type }) => type === 'save-endpoint')).toEqual({ type: 'save-endpoint', endpoint: native }),
  );
});

test('other wires, and addresses at which another one is spoken, have neither downloads nor a way to load', async () => {
  await start('#add/openai');
  expect(screen.queryByLabelText('Context size, in tokens')).toBeNull();
  expect(screen.queryByLabelText('Download a model')).toBeNull();
  cleanup();
  await start('#edit/local');
  const isHidden = (): boolean => screen.getByLabelText('Keep in memory').closest('[hidden]') !== null;
  expect(isHidden()).toBe(true);
  expect(screen.queryByLabelText('Download a model')).toBeNull();
  fill('Address', native.baseUrl);
  await waitFor(() => expect(isHidden()).toBe(false));
});

test('a model is downloaded from the form of its endpoint', async () => {
  const { sent, reply } = await start('#edit/local', { endpoints: [native] });
  fill('Download a model', 'qwen3:4b');
  fireEvent.click(screen.getByRole('button', { name: 'Download' }));
  await waitFor(() => expect(sent).toContainEqual({ type: 'pull-model', endpointId: 'local', model: 'qwen3:4b' }));
  expect(await screen.findByRole('progressbar', { name: 'Downloading qwen3:4b…' })).toBeTruthy();
  reply({ type: 'pull', pull: { endpointId: 'local', model: 'qwen3:4b', state: 'done', listedAs: 'qwen3:4b' } });
  fireEvent.click(await screen.findByRole('button', { name: 'Use qwen3:4b' }));
  const model = { endpointId: 'local', model: 'qwen3:4b', label: 'qwen3:4b' };
  await waitFor(() => expect(sent).toContainEqual({ type: 'choose', settings: { model } }));
});

test('a server without a model is cured by a download, where it can do that', async () => {
  const { sent, reply } = await start('#providers', { endpoints: [native], listed: { failure: null } });
  fireEvent.click(await screen.findByRole('button', { name: 'Test: Local' }));
  reply({ type: 'diagnosis', id: 'local', diagnosis: { kind: 'no-models', host: 'h' } });
  expect(await screen.findByText(/has no model yet/u)).toBeTruthy();
  fill('Download a model', 'qwen3:4b');
  fireEvent.click(screen.getByRole('button', { name: 'Download' }));
  await waitFor(() => expect(sent).toContainEqual({ type: 'pull-model', endpointId: 'local', model: 'qwen3:4b' }));
});
