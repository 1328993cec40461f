import { type Failure, toFailure } from '@/lib/errors/failure';
import { isNewer } from './is-record';
import type { KeyValue } from './key-value';
import { createQueue } from './queue';
import { createLater } from './retry-later';

/**
 * The same place, but one that takes every write: what the browser refuses is kept in memory, is read from there, and is
 * tried again until it is taken. So whoever writes need not know of refusals; `onSaved` tells the user. A record that
 * was read and is of a newer version is never written over: what is to be written there stays in memory for good.
 *
 * `set` and `remove` resolve when the disk has it, or has refused; they never reject. One write at a time, each with all
 * that waits, so a record on disk is never older than one that was written before it.
 */
export function createSteadyKeyValue(store: KeyValue, onSaved: (failure: Failure | null) => void): KeyValue {
  const queue = createQueue();
  /** Not on disk yet; undefined stands for a record that is to be removed. */
  const unsaved = new Map<string, unknown>();
  const newer = new Set<string>();
  const later = createLater(() => void save());
  let isRefused = false;
  let nextSave: Promise<void> | undefined;

  function save(): Promise<void> {
    // However many ask while a write is under way, one more is enough.
    nextSave ??= queue(async () => {
      nextSave = undefined;
      later.forget();
      const taken = [...unsaved].filter(([key]) => !newer.has(key));
      const isRemoved = ([, value]: readonly [string, unknown]): boolean => value === undefined;
      const written = taken.filter((record) => !isRemoved(record));
      const removed = taken.filter(isRemoved);
      try {
        if (written.length > 0) await store.set(Object.fromEntries(written));
        forget(written);
        isRefused = false;
        onSaved([...unsaved.keys()].some((key) => newer.has(key)) ? { kind: 'newer-version' } : null);
      } catch (error) {
        isRefused = true;
        onSaved(toFailure(error));
        later.ask();
      }
      try {
        if (removed.length > 0) await store.remove(removed.map(([key]) => key));
        forget(removed);
      } catch {
        // What stays too long harms nobody: it is removed another time.
        later.ask();
      }
    });
    return nextSave;
  }

  function forget(records: readonly (readonly [string, unknown])[]): void {
    for (const [key, value] of records) if (unsaved.get(key) === value) unsaved.delete(key);
  }

  async function write(records: readonly (readonly [string, unknown])[]): Promise<void> {
    for (const [key, value] of records) unsaved.set(key, value);
    // A disk that refuses is asked now and then, not at every word of an answer.
    if (isRefused) later.ask();
    else await save();
  }

  return {
    get: async (keys) => {
      const elsewhere = keys.filter((key) => !unsaved.has(key));
      const found = elsewhere.length > 0 ? await store.get(elsewhere) : {};
      for (const [key, value] of Object.entries(found)) if (isNewer(value)) newer.add(key);
      const kept = keys.filter((key) => unsaved.get(key) !== undefined);
      return { ...found, ...Object.fromEntries(kept.map((key) => [key, unsaved.get(key)])) };
    },
    set: (records) => write(Object.entries(records)),
    remove: (keys) => write(keys.map((key) => [key, undefined])),
    keys: async () => {
      const stored = (await store.keys()).filter((key) => !unsaved.has(key));
      return [...stored, ...unsaved.keys().filter((key) => unsaved.get(key) !== undefined)];
    },
  };
}
