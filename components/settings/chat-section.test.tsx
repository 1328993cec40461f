// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOptions } from '@/lib/panel/options';
import { createChannelPair } from '@/lib/protocol/channel';
import type { FromPage, ToPage } from '@/lib/protocol/messages';
import type { Settings } from '@/lib/store/settings';
import { makeOptionsWorld } from '../testing/options-world';
import { endpoint, model, readySettings } from '../testing/start-panel';
import { OptionsView } from './options-view';

const work = { ...endpoint, id: 'work', label: 'Work', baseUrl: 'https://work.example/v1' };
const large = { endpointId: 'work', model: 'vendor/large', label: 'Large' };

beforeEach(() => {
  location.hash = '';
});
afterEach(cleanup);

/** The options page, and a background that keeps what is chosen. */
async function start(hash: string, change: Partial<Settings> = {}) {
  location.hash = hash;
  const sent: FromPage[] = [];
  let settings: Settings = { ...readySettings, endpoints: [endpoint, work], ...change };
  const [page, background] = createChannelPair<FromPage, ToPage>();
  background.onMessage((message) => {
    sent.push(message);
    if (message.type === 'choose') settings = { ...settings, ...message.settings };
    if (message.type === 'choose' || message.type === 'hello') background.send({ type: 'settings', settings });
    if (message.type !== 'list-models') return;
    const { endpointId } = message;
    const models = endpointId === 'work' ? [{ id: 'vendor/large', label: 'Large' }] : [{ id: 'small' }];
    background.send({ type: 'models', endpointId, models, failure: null });
  });
  const options = createOptions(makeOptionsWorld(page));
  render(<OptionsView options={options} locales={[]} />);
  await waitFor(() => expect(options.groups.value.every(({ isLoading }) => !isLoading)).toBe(true));
  await screen.findByRole('heading', { level: 2 });
  const chosen = () => sent.flatMap((message) => (message.type === 'choose' ? [message.settings] : []));
  return { chosen };
}

const field = (name: string | RegExp): HTMLInputElement => screen.getByLabelText<HTMLInputElement>(name);
const fill = (name: string, value: string): void => {
  fireEvent.input(field(name), { target: { value } });
};
const submit = (): void => {
  const form = document.querySelector('form');
  if (form) fireEvent.submit(form);
};
const choose = (name: string, option: string): void => {
  const found = [...field(name).querySelectorAll('option')].find(({ textContent }) => textContent === option);
  fireEvent.change(field(name), { target: { value: found?.value } });
};

describe('the defaults for all models', () => {
  test('are kept as they were set, and what is empty is not', async () => {
    const { chosen } = await start('#chat');
    expect(screen.getByRole('link', { name: 'Chat' }).getAttribute('aria-current')).toBe('page');
    fill('Temperature', '0,4');
    choose('Thinking', 'Low');
    fill('System prompt', 'Be short.');
    submit();
    await waitFor(() =>
      expect(chosen()).toEqual([{ defaults: { temperature: 0.4, effort: 'low', systemPrompt: 'Be short.' } }]),
    );
    expect(screen.getByText('Saved.')).toBeTruthy();
    fill('Temperature', '');
    expect(screen.queryByText('Saved.')).toBeNull();
  });

  test('are in the form when it is opened again', async () => {
    await start('#chat', { defaults: { temperature: 0, maxTokens: 9, effort: 'xhigh', systemPrompt: 'Short.' } });
    expect(
      ['Temperature', 'Longest answer, in tokens', 'Thinking', 'System prompt'].map((name) => field(name).value),
    ).toEqual(['0', '9', 'xhigh', 'Short.']);
  });

  test('have no headers and no body fields: those belong to one endpoint', async () => {
    await start('#chat');
    expect(screen.queryByLabelText('Extra headers')).toBeNull();
    expect(screen.queryByLabelText('Extra body fields')).toBeNull();
  });

  test('that are wrong are told at their field, which gets the focus, and nothing typed is lost', async () => {
    const { chosen } = await start('#chat');
    fill('System prompt', 'Kept.');
    fill('Temperature', '3');
    submit();
    const words = await screen.findByText('A number from 0 to 2.');
    expect(field('Temperature').getAttribute('aria-describedby')).toContain(words.id);
    expect(document.activeElement).toBe(field('Temperature'));
    expect([field('Temperature').value, field('System prompt').value]).toEqual(['3', 'Kept.']);
    expect(chosen()).toEqual([]);
  });
});

describe('the defaults of one model', () => {
  const place = '#chat/work/vendor%2Flarge';

  test('are kept with its name and lead back to the list, where it stands', async () => {
    const { chosen } = await start(place, { defaults: { temperature: 0.4 } });
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('Defaults of Large');
    expect(screen.getByText(/For all models: 0.4/u)).toBeTruthy();
    fill('Extra headers', '{"X-Team": "demo"}');
    fill('Extra body fields', '{"seed": 7}');
    fireEvent.click(field('Leave out the defaults for all models'));
    submit();
    const own = { model: large, headers: { 'X-Team': 'demo' }, body: { seed: 7 }, isAlone: true };
    await waitFor(() => expect(chosen()).toEqual([{ modelDefaults: [own] }]));
    await waitFor(() => expect(location.hash).toBe('#chat'));
    expect(await screen.findByRole('link', { name: 'Edit: Large' })).toBeTruthy();
  });

  test.each([
    ['Extra body fields', '{\n "seed": 7,\n}', 'This is not a JSON object: see line 3, character 1.'],
    ['Extra body fields', '[]', 'This is not a JSON object.'],
    ['Extra headers', 'X-A: 1\nnonsense', 'Line 2 is not “Name: value”.'],
    ['Extra headers', '{"X-A": 1}', 'The header “X-A” is no text, or can’t be sent.'],
  ])('say where %s can not be read: %j', async (name, typed, words) => {
    const { chosen } = await start(place);
    fill('System prompt', 'Kept.');
    fill(name, typed);
    submit();
    expect(await screen.findByText(words)).toBeTruthy();
    expect(document.activeElement).toBe(field(name));
    expect([field(name).value, field('System prompt').value]).toEqual([typed, 'Kept.']);
    expect(chosen()).toEqual([]);
    expect(location.hash).toBe(place);
  });

  test('can be removed, and are gone when all is empty; those of others stay', async () => {
    const others = [{ model, maxTokens: 5 }];
    const { chosen } = await start(place, { modelDefaults: [{ model: large, temperature: 1 }, ...others] });
    fireEvent.click(screen.getByRole('button', { name: 'Remove these defaults' }));
    await waitFor(() => expect(chosen()).toEqual([{ modelDefaults: others }]));
    cleanup();
    const again = await start(place, { modelDefaults: [{ model: large, temperature: 1 }, ...others] });
    fill('Temperature', '');
    submit();
    await waitFor(() => expect(again.chosen()).toEqual([{ modelDefaults: others }]));
  });

  test('say how it is loaded, where its server can be told, and what holds there', async () => {
    const native = { ...endpoint, baseUrl: 'http://127.0.0.1:11434', contextSize: 8192 };
    const { chosen } = await start('#chat/local/small', { endpoints: [native, work] });
    expect(screen.getByText(/For all models of Local: 8192$/u)).toBeTruthy();
    fill('Context size, in tokens', '0');
    submit();
    expect(await screen.findByText('A whole number above 0.')).toBeTruthy();
    fill('Context size, in tokens', '16384');
    fill('Keep in memory', '1h30m');
    submit();
    await waitFor(() =>
      expect(chosen()).toEqual([{ modelDefaults: [{ model, contextSize: 16_384, keepAlive: '1h30m' }] }]),
    );
    cleanup();
    await start(place);
    expect(screen.queryByLabelText('Context size, in tokens')).toBeNull();
  });

  test('are reached by choosing the model from the list of all', async () => {
    await start('#chat');
    const open = screen.getByRole('button', { name: 'Set defaults' });
    fireEvent.click(open);
    expect(location.hash).toBe('#chat');
    choose('Add a model', 'Large');
    await waitFor(() => expect(open.getAttribute('aria-disabled')).toBe('false'));
    fireEvent.click(open);
    expect(location.hash).toBe(place);
  });
});

describe('who answers when a provider can not', () => {
  test('is chosen for each provider, with the time it has', async () => {
    const { chosen } = await start('#chat');
    choose('Instead of Local', 'Large');
    await waitFor(() =>
      expect(chosen()).toEqual([{ fallbacks: [{ endpointId: 'local', model: large, afterSeconds: 30 }] }]),
    );
    fireEvent.change(await screen.findByLabelText('Seconds until Local is too late'), { target: { value: '5' } });
    await waitFor(() =>
      expect(chosen().at(-1)).toEqual({ fallbacks: [{ endpointId: 'local', model: large, afterSeconds: 5 }] }),
    );
    choose('Instead of Local', 'Nobody');
    await waitFor(() => expect(chosen().at(-1)).toEqual({ fallbacks: [] }));
    expect(screen.queryByLabelText('Seconds until Local is too late')).toBeNull();
  });

  test('may be a model that no list has', async () => {
    const own = { endpointId: 'work', model: 'own', label: 'own' };
    await start('#chat', { favourites: [own] });
    expect([...field('Instead of Local').querySelectorAll('option')].map(({ textContent }) => textContent)).toEqual([
      'Nobody',
      'small',
      'own',
      'Large',
    ]);
  });
});
