// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { ChatError } from '@/lib/errors/failure';
import { defaultSettings } from '@/lib/store/settings';
import { makeConversation, makeQuestion, makeReply, startPanel, type StartPanelOptions } from '../testing/start-panel';
import { lazyBuiltInWay, lazyHistory, lazyLocalServers, lazyModelPicker, lazyStorageNotice } from './lazy-views';
import { PanelView } from './panel-view';

beforeAll(() =>
  Promise.all([
    lazyBuiltInWay.load(),
    lazyHistory.load(),
    lazyStorageNotice.load(),
    lazyModelPicker.load(),
    lazyLocalServers.load(),
  ]),
);
afterEach(cleanup);

async function start(options: StartPanelOptions = {}) {
  const started = startPanel(options);
  render(<PanelView panel={started.panel} />);
  await waitFor(() => expect(started.panel.models.settings.value).toBeDefined());
  return { ...started, field: screen.getByRole('textbox', { name: 'Message' }) };
}

test.each([
  ['An API key', 'choose/vendor'],
  ['Any OpenAI-compatible address', 'add/openai-compatible'],
  ['CodeLink Ava', 'add/codelink-ava'],
])('the first screen leads from "%s" to its form', async (name, place) => {
  const { calls } = await start({ settings: defaultSettings });
  fireEvent.click(await screen.findByRole('button', { name: new RegExp(`^${name}`, 'u') }));
  expect(calls).toEqual([`options ${place}`]);
});

test('the first screen leads to the browser’s own model where that can be had', async () => {
  const { calls } = await start({ settings: defaultSettings, world: { offersBuiltIn: () => Promise.resolve(true) } });
  fireEvent.click(await screen.findByRole('button', { name: /^The browser’s own model/u }));
  expect(calls).toEqual(['options add/chrome-built-in']);
});

test('the first screen does not name the browser’s own model where it can not be had', async () => {
  const offersBuiltIn = vi.fn(() => Promise.resolve(false));
  await start({ settings: defaultSettings, world: { offersBuiltIn } });
  await waitFor(() => expect(offersBuiltIn).toHaveBeenCalled());
  await act(async () => void (await offersBuiltIn.mock.results[0]?.value));
  expect(screen.queryByText('The browser’s own model')).toBeNull();
});

test('"A model on this computer" asks for access in the click itself, looks, and one click more adds what was found', async () => {
  const { calls, sentOf, reply } = await start({
    settings: defaultSettings,
    world: {
      requestAccess: (origin) => {
        calls.push(`access ${origin}`);
        return Promise.resolve(true);
      },
    },
  });
  fireEvent.click(await screen.findByRole('button', { name: /^A model on this computer/u }));
  expect(calls).toEqual(['access http://127.0.0.1/*']);
  await waitFor(() => expect(sentOf('find-servers')).toHaveLength(1));
  const baseUrl = 'http://127.0.0.1:4000/v1';
  const server = {
    kind: 'litellm',
    label: 'LiteLLM',
    providerId: 'openai-compatible',
    baseUrl,
    refusal: 'key',
    runsHere: false,
  } as const;
  reply({ type: 'found-servers', servers: [server] });
  fireEvent.click(await screen.findByRole('button', { name: 'Use: LiteLLM on this computer' }));
  await waitFor(() => expect(sentOf('save-endpoint')).toMatchObject([{ endpoint: { label: 'LiteLLM', baseUrl } }]));
  // It wants a key, which is typed in its form.
  expect(calls).toEqual(['access http://127.0.0.1/*', `options edit/${sentOf('save-endpoint')[0]?.endpoint.id}`]);
});

test('nothing is looked for on this computer without access, and it can be added by hand', async () => {
  const { calls, sentOf } = await start({ settings: defaultSettings });
  fireEvent.click(await screen.findByRole('button', { name: /^A model on this computer/u }));
  fireEvent.click(await screen.findByRole('button', { name: 'Add by hand' }));
  expect(sentOf('find-servers')).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'Look again' }));
  expect(calls).toEqual(['access http://127.0.0.1/*', 'options choose/computer', 'access http://127.0.0.1/*']);
});

test('with a provider, a new chat is calm', async () => {
  await start();
  expect(await screen.findByText('Nothing is sent before you press Send.')).toBeTruthy();
  expect(screen.queryByText('An API key')).toBeNull();
});

test('the field has the focus at once, and again after the history', async () => {
  const { field } = await start();
  await waitFor(() => expect(document.activeElement).toBe(field));
  fireEvent.click(screen.getByRole('button', { name: 'History' }));
  const search = await screen.findByRole('searchbox');
  await waitFor(() => expect(document.activeElement).toBe(search));
  expect(field.closest('[inert]')).not.toBeNull();
  fireEvent.keyDown(search, { key: 'Escape' });
  await waitFor(() => expect(document.activeElement).toBe(field));
  expect(field.closest('[inert]')).toBeNull();
});

test('it says for as long as nothing can be saved', async () => {
  const { reply } = await start();
  reply({ type: 'saving', failure: { kind: 'storage' } });
  expect(await screen.findByText(/Nothing is being saved right now. The browser refused/u)).toBeTruthy();
  reply({ type: 'saving', failure: null });
  await waitFor(() => expect(screen.queryByText(/Nothing is being saved/u)).toBeNull());
});

test('what is not being saved can be copied and exported from the page', async () => {
  const { reply, calls } = await start({ messages: [makeQuestion({ text: 'Why?' }), makeReply()] });
  reply({ type: 'saving', failure: { kind: 'storage' } });
  fireEvent.click(await screen.findByRole('button', { name: 'Copy conversation' }));
  fireEvent.click(screen.getByRole('button', { name: 'Export' }));
  expect(calls).toEqual(['copy # Why?\n\n## You\n\nWhy?\n\n## Ava\n\nBecause.\n', 'download ava.md']);
});

test('a conversation that could not be read whole says so, and gives out what is stored', async () => {
  const { reply, calls } = await start({ messages: [makeQuestion(), makeReply()] });
  reply({
    type: 'snapshot',
    conversation: makeConversation([makeQuestion()]),
    health: { damaged: ['chat/c1/3'], isReadOnly: true },
  });
  expect(await screen.findByText(/newer version of Ava/u)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Export what is stored' }));
  await waitFor(() => expect(calls).toEqual(['download ava-records.json']));
});

test('what is stored and can not be read says so in its place', async () => {
  const { reply } = await start({
    messages: [makeQuestion()],
    world: { readRecords: () => Promise.reject(new ChatError({ kind: 'storage' })) },
  });
  const health = { damaged: ['chat/c1/3'], isReadOnly: false };
  reply({ type: 'snapshot', conversation: makeConversation([makeQuestion()]), health });
  fireEvent.click(await screen.findByRole('button', { name: 'Export what is stored' }));
  expect(await screen.findByText(/browser refused to save/u)).toBeTruthy();
});
