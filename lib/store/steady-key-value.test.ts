import { describe, expect, test, vi } from 'vitest';
import { ChatError } from '@/lib/errors/failure';
import { createMemoryKeyValue, type KeyValue } from './key-value';
import { createSteadyKeyValue } from './steady-key-value';

function place(start: Readonly<Record<string, unknown>> = {}) {
  const disk = createMemoryKeyValue(start);
  const state = { refuses: false, writes: 0 };
  const failing = (): Promise<never> => Promise.reject(new ChatError({ kind: 'storage', message: 'full' }));
  const store: KeyValue = {
    ...disk,
    set: (records) => {
      state.writes += 1;
      return state.refuses ? failing() : disk.set(records);
    },
    remove: (keys) => (state.refuses ? failing() : disk.remove(keys)),
  };
  const onSaved = vi.fn();
  return { disk, state, onSaved, steady: createSteadyKeyValue(store, onSaved) };
}

describe('a place that takes every write', () => {
  test('what is written is on disk when `set` resolves', async () => {
    const { disk, steady, onSaved } = place();
    await steady.set({ a: 1, b: 2 });
    await steady.remove(['b']);
    expect(await disk.get(['a', 'b'])).toEqual({ a: 1 });
    expect(onSaved).toHaveBeenLastCalledWith(null);
  });

  test('what the disk refuses is read from memory, told of, and written when the disk takes it again', async () => {
    vi.useFakeTimers();
    const { disk, state, steady, onSaved } = place({ gone: 1 });
    state.refuses = true;
    await steady.set({ a: 1 });
    await steady.remove(['gone']);
    expect(onSaved).toHaveBeenLastCalledWith({ kind: 'storage', message: 'full' });
    expect(await steady.get(['a', 'gone'])).toEqual({ a: 1 });
    expect(await steady.keys()).toEqual(['a']);
    expect(await disk.keys()).toEqual(['gone']);
    state.refuses = false;
    await vi.advanceTimersByTimeAsync(2000);
    expect(await disk.get(['a', 'gone'])).toEqual({ a: 1 });
    expect(onSaved).toHaveBeenLastCalledWith(null);
    vi.useRealTimers();
  });

  test('a disk that refuses is not asked at every write', async () => {
    vi.useFakeTimers();
    const { state, steady } = place();
    state.refuses = true;
    for (let index = 0; index < 100; index += 1) await steady.set({ [`k${index}`]: index });
    expect(state.writes).toBe(1);
    vi.useRealTimers();
  });

  test('what was written while a write was under way is not lost', async () => {
    const { disk, steady } = place();
    await Promise.all([steady.set({ a: 1 }), steady.set({ a: 2 }), steady.set({ b: 3 })]);
    expect(await disk.get(['a', 'b'])).toEqual({ a: 2, b: 3 });
  });

  test('a record of a newer version is never written over', async () => {
    const newer = { v: 2, whatever: true };
    const { disk, steady, onSaved } = place({ settings: newer });
    expect(await steady.get(['settings'])).toEqual({ settings: newer });
    await steady.set({ settings: { v: 1 } });
    expect(await disk.get(['settings'])).toEqual({ settings: newer });
    expect(await steady.get(['settings'])).toEqual({ settings: { v: 1 } });
    expect(onSaved).toHaveBeenLastCalledWith({ kind: 'newer-version' });
  });
});
