import { describe, expect, test, vi } from 'vitest';
import type { FromPage, ToPage } from '@/lib/protocol/messages';
import { createChannelPair } from '@/lib/protocol/channel';
import { createMemoryKeyValue } from '@/lib/store/key-value';
import { defaultSettings } from '@/lib/store/settings';
import { createRig, type Rig } from '@/tests/support/background-and-pages';

const until = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 4000, interval: 5 });

/** The options page, as far as it deletes everything. */
function openOptions(rig: Rig) {
  const told: ToPage[] = [];
  let isOpen = true;
  const [page, side] = createChannelPair<FromPage, ToPage>();
  page.onMessage((message) => void told.push(message));
  page.onClose(() => {
    isOpen = false;
  });
  rig.background().accept(side);
  page.send({ type: 'hello', surface: 'options', windowId: -1 });
  return { ...page, told, isOpen: () => isOpen };
}

const forgotten = (told: readonly ToPage[]) => told.filter(({ type }) => type === 'forgotten');

describe('when everything is deleted', () => {
  test('nothing is left on the disk, also while an answer is being written, which ends', async () => {
    const rig = createRig();
    await rig.store.set({ 'ledger/2026-11-24': { v: 1, entries: [], dropped: 0 }, 'sent/c1/r1': 1, 'kept/x': 1 });
    const panel = rig.openPanel();
    await until(() => {
      expect(panel.models.chosen.value).toBeDefined();
    });
    panel.composer.setText('a question');
    panel.composer.send();
    await until(() => {
      expect(rig.provider.requests).toHaveLength(1);
    });
    rig.provider.write({ type: 'text', text: 'an answer' });
    await until(() => {
      expect(panel.thread.streaming.value?.parts).toHaveLength(1);
    });
    panel.composer.setText('half typed');

    const options = openOptions(rig);
    options.send({ type: 'forget-everything' });
    await until(() => {
      expect(forgotten(options.told)).toEqual([{ type: 'forgotten', failure: null }]);
    });
    expect(await rig.store.keys()).toEqual([]);
    expect(rig.hearts()).toBe(0);
    // Longer than a draft, a checkpoint and a write that is tried again take.
    await new Promise((resolve) => {
      setTimeout(resolve, 2500);
    });
    panel.keep();
    expect(await rig.store.keys()).toEqual([]);
    await until(() => {
      expect(options.isOpen()).toBe(false);
    });
  });

  test('every page that is open begins anew, and finds what a new installation has', async () => {
    const rig = createRig();
    const beginAnew = vi.fn();
    const panel = rig.openPanel(1, beginAnew);
    await until(() => {
      expect(panel.models.chosen.value).toBeDefined();
    });
    const options = openOptions(rig);
    options.send({ type: 'forget-everything' });
    await until(() => {
      expect(beginAnew).toHaveBeenCalled();
    });
    const again = rig.openPanel(1);
    await until(() => {
      expect(again.models.settings.value).toEqual(defaultSettings);
    });
  });

  test('a page that comes while it is under way is sent away, and what is asked meanwhile is not done', async () => {
    const store = createMemoryKeyValue();
    const disk = Promise.withResolvers<undefined>();
    const remove = (keys: readonly string[]) => disk.promise.then(() => store.remove(keys));
    const rig = createRig({ store: { ...store, remove } });
    const options = openOptions(rig);
    options.send({ type: 'forget-everything' });
    await until(() => {
      expect(options.told.some(({ type }) => type === 'forgetting')).toBe(true);
    });
    const late = openOptions(rig);
    late.send({ type: 'choose', settings: { language: 'ru' } });
    options.send({ type: 'choose', settings: { language: 'ru' } });
    await until(() => {
      expect(late.isOpen()).toBe(false);
    });
    disk.resolve(undefined);
    await until(() => {
      expect(forgotten(options.told)).toHaveLength(1);
    });
    expect(await rig.store.keys()).toEqual([]);
  });

  test('what the disk does not give up is told', async () => {
    const store = createMemoryKeyValue();
    const rig = createRig({ store: { ...store, remove: () => Promise.resolve() } });
    const options = openOptions(rig);
    options.send({ type: 'forget-everything' });
    await until(() => {
      expect(forgotten(options.told)).toMatchObject([{ failure: { kind: 'storage' } }]);
    });
  });

  test('many records go as well as few', async () => {
    const rig = createRig();
    await rig.store.set(Object.fromEntries(Array.from({ length: 1203 }, (_, index) => [`chat/c${index}`, 1])));
    const options = openOptions(rig);
    options.send({ type: 'forget-everything' });
    await until(() => {
      expect(forgotten(options.told)).toHaveLength(1);
    });
    expect(await rig.store.keys()).toEqual([]);
  });
});
