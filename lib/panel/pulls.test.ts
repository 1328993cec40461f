import { signal } from '@preact/signals';
import { describe, expect, test, vi } from 'vitest';
import { readySettings } from '@/components/testing/start-panel';
import { createChannelPair } from '@/lib/protocol/channel';
import type { FromPage, Pull, ToPage } from '@/lib/protocol/messages';
import type { Settings } from '@/lib/store/settings';
import { createLine } from './line';
import { createPulls, modelInTyped } from './pulls';

function start({ isGranted = true, isOpen = false } = {}) {
  const sent: FromPage[] = [];
  const asked: string[] = [];
  let answer: (message: ToPage) => void = () => undefined;
  let close: () => void = () => undefined;
  const line = createLine({
    connect: () => {
      const [page, background] = createChannelPair<FromPage, ToPage>();
      background.onMessage((message) => {
        sent.push(message);
      });
      answer = background.send;
      close = background.close;
      return page;
    },
    isNeeded: () => false,
    now: () => 0,
  });
  const settings = signal<Settings | undefined>(readySettings);
  if (isOpen) line.wake();
  const pulls = createPulls({
    line,
    settings,
    requestAccess: (origin) => {
      asked.push(origin);
      return Promise.resolve(isGranted);
    },
  });
  const sending = (messages: readonly FromPage[]): Promise<void> => vi.waitFor(() => expect(sent).toEqual(messages));
  return {
    pulls,
    line,
    settings,
    sent,
    asked,
    sending,
    answer: (message: ToPage) => answer(message),
    close: () => close(),
  };
}

const read = { type: 'read-pulls' } as const;
const ask = { type: 'pull-model', endpointId: 'local', model: 'm' } as const;
const one = { endpointId: 'local', model: 'm' };
const running: Pull = { ...one, state: 'running', step: 'downloading', percent: 5, completedBytes: 5, totalBytes: 100 };

describe('downloads that a page watches', () => {
  test('are those that were under way before it', async () => {
    const { pulls, sending, answer } = start({ isOpen: true });
    await sending([read]);
    answer({ type: 'pull', pull: running });
    await vi.waitFor(() => expect(pulls.all.value).toEqual([running]));
  });

  test('wake nobody who sleeps, and does nothing', () => {
    const { line, sent } = start();
    expect(line.isOpen.value).toBe(false);
    expect(sent).toEqual([]);
  });

  test('begin at once, are cancelled, and each is one of its model', async () => {
    const { pulls, sending, answer } = start();
    pulls.start('local', 'm');
    expect(pulls.all.value).toMatchObject([{ ...one, state: 'running', step: 'preparing' }]);
    await sending([read, ask]);
    answer({ type: 'pull', pull: { ...running, model: 'n' } });
    answer({ type: 'pull', pull: running });
    await vi.waitFor(() => expect(pulls.all.value).toEqual([running, { ...running, model: 'n' }]));
    pulls.cancel(running);
    await sending([read, ask, { type: 'cancel-pull', ...one }]);
  });

  test('are lost with a background that ends, and may go on; those that had ended stay as they are', async () => {
    const { pulls, sending, answer, close } = start();
    const done: Pull = { endpointId: 'local', model: 'n', state: 'done', listedAs: 'n' };
    pulls.start('local', 'm');
    answer({ type: 'pull', pull: done });
    await sending([read, ask]);
    close();
    await vi.waitFor(() => expect(pulls.all.value).toEqual([{ ...one, state: 'lost' }, done]));
    pulls.goOn({ ...one, state: 'lost' });
    expect(pulls.all.value).toMatchObject([{ state: 'running' }, done]);
    await sending([read, ask, read, ask]);
  });

  test('whose access is missing ask for it in the click itself', async () => {
    const pull: Pull = {
      ...one,
      state: 'failed',
      reason: 'other',
      failure: { kind: 'permission', origin: 'http://h/*' },
    };
    const given = start();
    given.pulls.goOn(pull);
    expect(given.asked).toEqual(['http://h/*']);
    await given.sending([read, ask]);
    const refused = start({ isGranted: false });
    refused.pulls.goOn(pull);
    await Promise.resolve().then(() => Promise.resolve());
    expect(refused.sent).toEqual([]);
  });

  test('give a model that the next question can go to', async () => {
    const { pulls, settings, sending } = start();
    expect(pulls.isChosen('local', 'm')).toBe(false);
    pulls.choose('local', 'm');
    const model = { ...one, label: 'm' };
    await sending([read, { type: 'choose', settings: { model } }]);
    settings.value = { ...readySettings, model };
    expect(pulls.isChosen('local', 'm')).toBe(true);
  });
});

test.each([
  [' qwen3:4b ', 'qwen3:4b'],
  ['ollama pull qwen3', 'qwen3'],
  ['ollama run hf.co/some/model:Q4_K_M', 'hf.co/some/model:Q4_K_M'],
  [' ', ''],
])('the model in "%s" is "%s"', (typed, model) => {
  expect(modelInTyped(typed)).toBe(model);
});
