import { expect, test, vi } from 'vitest';
import type { FoundServer } from '@/lib/doctor/diagnosis';
import { createChannelPair } from '@/lib/protocol/channel';
import type { FromPage, ToPage } from '@/lib/protocol/messages';
import { createLine } from './line';
import { createServerSearch } from './server-search';

const ollama: FoundServer = {
  kind: 'ollama',
  label: 'Ollama',
  providerId: 'ollama',
  baseUrl: 'http://127.0.0.1:11434',
  modelCount: 2,
  runsHere: true,
};

function start() {
  const sent: FromPage[] = [];
  const [page, background] = createChannelPair<FromPage, ToPage>();
  background.onMessage((message) => {
    sent.push(message);
  });
  const line = createLine({ connect: () => page, isNeeded: () => false, now: () => 0 });
  return { search: createServerSearch({ line, newId: () => 'new' }), background, sent };
}

test('nothing is looked for by itself, nor without access', async () => {
  const { search, sent } = start();
  expect(search.result.value).toEqual({ state: 'idle' });
  search.start(Promise.resolve(false));
  await vi.waitFor(() => {
    expect(search.result.value).toEqual({ state: 'refused' });
  });
  search.start(Promise.reject(new Error('no gesture')));
  await Promise.resolve();
  expect(search.result.value).toEqual({ state: 'refused' });
  expect(sent).toEqual([]);
});

test('what was found is shown, and added in one click', async () => {
  const { search, background, sent } = start();
  search.start(Promise.resolve(true));
  await vi.waitFor(() => {
    expect(search.result.value).toEqual({ state: 'looking' });
  });
  background.send({ type: 'found-servers', servers: [ollama] });
  await vi.waitFor(() => {
    expect(search.result.value).toEqual({ state: 'found', servers: [ollama] });
  });
  expect(search.add(ollama)).toBe('new');
  expect(search.add({ ...ollama, label: '' })).toBe('new');
  const endpoint = {
    id: 'new',
    providerId: 'ollama',
    baseUrl: ollama.baseUrl,
    headers: {},
    body: {},
    unstreamed: false,
  };
  await vi.waitFor(() => {
    expect(sent).toEqual([
      { type: 'find-servers' },
      { type: 'save-endpoint', endpoint: { ...endpoint, label: 'Ollama' } },
      { type: 'save-endpoint', endpoint: { ...endpoint, label: '127.0.0.1:11434' } },
    ]);
  });
});

test('a background that ends meanwhile can be asked again', async () => {
  const { search, background } = start();
  search.start(Promise.resolve(true));
  await vi.waitFor(() => {
    expect(search.result.value).toEqual({ state: 'looking' });
  });
  background.close();
  await vi.waitFor(() => {
    expect(search.result.value).toEqual({ state: 'idle' });
  });
});
