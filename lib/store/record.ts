import { isRecord } from './is-record';
import type { KeyValue } from './key-value';
import { createQueue } from './queue';

/** One small record that is read, changed and written by one owner. */
export interface StoredRecord<T> {
  read(): Promise<T>;
  /** Writes what `change` makes of it, one change after the other; writes nothing when it gives back the same object. */
  change(change: (before: T) => T): Promise<T>;
}

export interface RecordOptions<T> {
  readonly store: KeyValue;
  readonly key: string;
  readonly fallback: T;
  readonly isValid: (value: unknown) => value is T;
}

export function createRecord<T>({ store, key, fallback, isValid }: RecordOptions<T>): StoredRecord<T> {
  const queue = createQueue();
  let known: T | undefined;
  const read = async (): Promise<T> => {
    if (known === undefined) {
      const value = (await store.get([key]))[key];
      known = isValid(value) ? value : fallback;
    }
    return known;
  };
  return {
    read: () => queue(read),
    change: (change) =>
      queue(async () => {
        const before = await read();
        const after = change(before);
        if (after !== before) {
          await store.set({ [key]: after });
          known = after;
        }
        return after;
      }),
  };
}

/** A record that is a list, under a version. */
export interface StoredList<T> {
  readonly v: 1;
  readonly items: readonly T[];
}

export function createListRecord<T>(store: KeyValue, key: string): StoredRecord<StoredList<T>> {
  return createRecord<StoredList<T>>({
    store,
    key,
    fallback: { v: 1, items: [] },
    isValid: (value: unknown): value is StoredList<T> => isRecord(value, 1) && Array.isArray(value['items']),
  });
}
