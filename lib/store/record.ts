import { type Failure, toFailure } from '@/lib/errors/failure';
import { isNewer, isRecord } from './is-record';
import type { KeyValue } from './key-value';
import { createQueue } from './queue';
import { createLater } from './retry-later';

/** One small record that is read, changed and written by one owner. */
export interface StoredRecord<T> {
  /** Never rejects: a record that can't be read is its fallback, in memory only. */
  read(): Promise<T>;
  /**
   * Makes one change after the other; gives back what is then valid. Never rejects: what the browser refuses to write
   * stays valid in memory and is tried again until it is taken. Nothing is written when `change` gives
   * back the same object, nor over a record that could not be read or is of a newer version. A record that was read and
   * makes no sense is kept beside the new one, under `kept/<key>`.
   */
  change(change: (before: T) => T): Promise<T>;
}

/** Where a record is kept that could not be understood, when a new one takes its place. */
export const keptKey = (key: string): string => `kept/${key}`;

export interface RecordOptions<T> {
  readonly store: KeyValue;
  readonly key: string;
  readonly fallback: T;
  readonly isValid: (value: unknown) => value is T;
  /** Called after every write: null when it was taken, else why the browser refused. */
  readonly onSaved: (failure: Failure | null) => void;
}

export function createRecord<T>({ store, key, fallback, isValid, onSaved }: RecordOptions<T>): StoredRecord<T> {
  const queue = createQueue();
  let known: T | undefined;
  let mayWrite = true;
  /** What lay there and made no sense. */
  let torn: unknown;
  const later = createLater(() => void queue(write));

  async function write(): Promise<void> {
    later.forget();
    try {
      await store.set({ [key]: known, ...(torn === undefined ? {} : { [keptKey(key)]: torn }) });
      torn = undefined;
      onSaved(null);
    } catch (error) {
      onSaved(toFailure(error));
      later.ask();
    }
  }

  const read = async (): Promise<T> => {
    if (known !== undefined) return known;
    try {
      const value = (await store.get([key]))[key];
      known = isValid(value) ? value : fallback;
      mayWrite = !isNewer(value);
      torn = isValid(value) ? undefined : value;
      if (!mayWrite) onSaved({ kind: 'newer-version' });
    } catch (error) {
      known = fallback;
      mayWrite = false;
      onSaved(toFailure(error));
    }
    return known;
  };

  return {
    // What is known needs no disk, which may be busy or hang with the last change.
    read: () => (known === undefined ? queue(read) : Promise.resolve(known)),
    change: (change) =>
      queue(async () => {
        const before = await read();
        const after = change(before);
        if (after === before) return before;
        known = after;
        if (mayWrite) await write();
        return after;
      }),
  };
}

/** A record that is a list, under a version. */
export interface StoredList<T> {
  readonly v: 1;
  readonly items: readonly T[];
}

export function createListRecord<T>(
  options: Pick<RecordOptions<StoredList<T>>, 'store' | 'key' | 'onSaved'> & {
    readonly isItem: (value: unknown) => value is T;
  },
): StoredRecord<StoredList<T>> {
  return createRecord<StoredList<T>>({
    ...options,
    fallback: { v: 1, items: [] },
    isValid: (value: unknown): value is StoredList<T> =>
      isRecord(value, 1) && Array.isArray(value['items']) && value['items'].every(options.isItem),
  });
}
