// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import type { FoundServer } from '@/lib/doctor/diagnosis';
import { loadLater } from '@/lib/i18n/load-later';
import type { SearchState } from '@/lib/panel/server-search';
import { FoundServers } from './found-servers';

afterEach(cleanup);

async function show(state: SearchState, known: readonly string[] = []) {
  await loadLater();
  const search = { ports: [11434, 1234], result: signal(state), start: vi.fn(), add: () => 'new' };
  const acts = { onLook: vi.fn(), onUse: vi.fn(), onAddByHand: vi.fn() };
  const { container } = render(<FoundServers search={search} known={known} {...acts} />);
  return { ...acts, container };
}

const server = (port: number, rest: Partial<FoundServer> = {}): FoundServer => ({
  kind: 'ollama',
  label: 'Ollama',
  providerId: 'ollama',
  baseUrl: `http://127.0.0.1:${port}`,
  runsHere: true,
  ...rest,
});

test('nothing is shown before anybody has looked', async () => {
  expect((await show({ state: 'idle' })).container.textContent).toBe('');
});

test('every server says what it is and what it has, and is used in one click', async () => {
  const servers = [
    server(11434, { modelCount: 6 }),
    server(8080, { kind: 'unknown', label: '', modelCount: 1, runsHere: false }),
    server(4000, { kind: 'litellm', label: 'LiteLLM', refusal: 'key' }),
    server(1234, { refusal: 'origin' }),
  ];
  const { onUse, container } = await show({ state: 'found', servers }, ['http://127.0.0.1:1234']);
  expect(screen.getByText('4 servers were found.')).toBeTruthy();
  expect([...container.querySelectorAll('.found-text')].map(({ textContent }) => textContent)).toEqual([
    'Ollama on this computerPort 11434 · 6 models · nothing leaves this machine',
    'OpenAI-compatible server on this computerPort 8080 · 1 model',
    'LiteLLM on this computerPort 4000 · wants a key',
    'Ollama on this computerPort 1234 · refuses browser extensions so far',
  ]);
  expect(screen.getByText('Added')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Use: LiteLLM on this computer' }));
  expect(onUse).toHaveBeenCalledWith(servers[2]);
});

test('where nothing was found it says what was looked for, and how to start one', async () => {
  const { onLook, onAddByHand } = await show({ state: 'found', servers: [] });
  expect(screen.getByText(/looked for Ollama.* at the ports 11434, 1234.*ollama serve/u)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Look again' }));
  fireEvent.click(screen.getByRole('button', { name: 'Add by hand' }));
  expect([onLook, onAddByHand].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});

test('without access it says that nothing was looked at', async () => {
  await show({ state: 'refused' });
  expect(screen.getByText(/nothing was looked at/u)).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Look again' })).toBeTruthy();
});
