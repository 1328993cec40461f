import { describe, expect, test } from 'vitest';
import { createMemoryKeyValue } from './key-value';
import { createPageMemory, emptyDraft } from './page-memory';

function places() {
  const items = new Map<string, string>();
  return {
    local: createMemoryKeyValue(),
    session: createMemoryKeyValue(),
    atOnce: {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
    },
  };
}

describe('what a page remembers', () => {
  test('a draft comes back at its place, an empty one leaves nothing', async () => {
    const all = places();
    const memory = createPageMemory(all);
    await memory.saveDraft('c', { ...emptyDraft, text: 'half a question' });
    expect(await memory.loadDraft('c')).toMatchObject({ text: 'half a question' });
    expect(await memory.loadDraft('other')).toEqual(emptyDraft);
    await memory.saveDraft('c', emptyDraft);
    expect(await all.local.keys()).toEqual([]);
  });

  test('what was typed in the last moment wins over what was on disk, until the next save', async () => {
    const all = places();
    const memory = createPageMemory(all);
    await memory.saveDraft('c', { ...emptyDraft, text: 'half a que' });
    memory.saveDraftAtOnce('c', { ...emptyDraft, text: 'half a question' });
    expect(await createPageMemory(all).loadDraft('c')).toMatchObject({ text: 'half a question' });
    await memory.saveDraft('c', emptyDraft);
    expect(await memory.loadDraft('c')).toEqual(emptyDraft);
  });

  test('a window shows what it showed; a new one what was last looked at, if that was recent', async () => {
    const memory = createPageMemory(places());
    const hour = 3600_000;
    await memory.saveView(1, 'a', 0);
    await memory.saveView(2, null, 5);
    await memory.saveView(1, 'a', 10);
    expect(await memory.loadView(2, 20)).toBeNull();
    expect(await memory.loadView(3, hour)).toBe('a');
    expect(await memory.loadView(3, 13 * hour)).toBeNull();
  });

  test('a record of an unknown version is as good as none', async () => {
    const memory = createPageMemory({ ...places(), local: createMemoryKeyValue({ 'draft/c': { v: 9, text: 'x' } }) });
    expect(await memory.loadDraft('c')).toEqual(emptyDraft);
  });
});
