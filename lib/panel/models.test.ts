import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import type { FromPage, ToPage } from '@/lib/protocol/messages';
import { defaultSettings, type Settings } from '@/lib/store/settings';
import { createModels } from './models';

function start() {
  const sent: FromPage[] = [];
  let tell: (message: ToPage) => void = () => undefined;
  const models = createModels(
    {
      isOpen: signal(true),
      send: (message) => void sent.push(message),
      onMessage: (listener) => {
        tell = listener;
      },
      onOpen: () => undefined,
      wake: () => undefined,
    },
    { fromMemory: true },
  );
  const answer = (settings: Partial<Settings>): void => {
    tell({ type: 'settings', settings: { ...defaultSettings, ...settings } });
  };
  answer({});
  return { models, sent, answer };
}

const one = { endpointId: 'e1', model: 'one', label: 'One' };
const two = { endpointId: 'e1', model: 'two', label: 'Two' };

test('a change is shown at once, and stays while the answer to an earlier one comes in', () => {
  const { models, sent, answer } = start();
  models.change({ favourites: [one] });
  models.change({ favourites: [one, two] });
  models.change({ silenceSeconds: 90 });
  answer({ favourites: [one] });
  expect(models.settings.value).toMatchObject({ favourites: [one, two], silenceSeconds: 90 });
  answer({ favourites: [one, two] });
  expect(models.settings.value).toMatchObject({ favourites: [one, two], silenceSeconds: 90 });
  answer({ favourites: [one, two], silenceSeconds: 90 });
  expect(sent).toHaveLength(3);
  // From here on the background alone says what holds.
  answer({ silenceSeconds: 30 });
  expect(models.settings.value).toEqual({ ...defaultSettings, silenceSeconds: 30 });
});

test('what another window changes meanwhile is seen too', () => {
  const { models, answer } = start();
  models.change({ favourites: [one] });
  answer({ silenceSeconds: 30 });
  expect(models.settings.value).toMatchObject({ favourites: [one], silenceSeconds: 30 });
});
