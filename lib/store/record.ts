import { type Failure, toFailure } from '@/lib/errors/failure';
import { isNewer, isRecord } from './is-record';
import type { KeyValue } from './key-value';
import { createQueue } from './queue';

/** One small record that is read, changed and written by one owner. */
export interface StoredRecord<T> {
  /** Never rejects: a record that can't be read is its fallback, in memory only. */
  read(): Promise<T>;
  /**
   * Makes one change after the other; resolves with what is then valid, when it is written. Nothing is written when `change` gives back the
   * same object, nor over a record that could not be read. A record that was read and makes no sense is kept beside the
   * new one, under `kept/<key>`.
   *
   * `withIt` writes what belongs to the change into the same store. It is called when the change is handed over, so that a
   * `createSteadyKeyValue` writes both in one, or both later; it is waited for, too.
   */
  change(change: (before: T) => T, withIt?: () => Promise<void>): Promise<T>;
}

/** Where a record is kept that could not be understood, when a new one takes its place. */
export const keptKey = (key: string): string => `kept/${key}`;

export interface RecordOptions<T> {
  /** One that takes every write (`createSteadyKeyValue`). */
  readonly store: KeyValue;
  readonly key: string;
  readonly fallback: T;
  readonly isValid: (value: unknown) => value is T;
  readonly onUnread: (failure: Failure) => void;
}

export function createRecord<T>({ store, key, fallback, isValid, onUnread }: RecordOptions<T>): StoredRecord<T> {
  const queue = createQueue();
  let known: T | undefined;
  let mayWrite = true;
  /** What lay there and made no sense. */
  let torn: unknown;

  const read = async (): Promise<T> => {
    if (known !== undefined) return known;
    try {
      const value = (await store.get([key]))[key];
      if (isValid(value)) known = value;
      else torn = value;
      if (isNewer(value)) onUnread({ kind: 'newer-version' });
    } catch (error) {
      mayWrite = false;
      onUnread(toFailure(error));
    }
    known ??= fallback;
    return known;
  };

  return {
    // What is known needs no disk.
    read: () => (known === undefined ? queue(read) : Promise.resolve(known)),
    change: async (change, withIt) => {
      const written: Promise<void>[] = [];
      const after = await queue(async () => {
        const before = await read();
        known = change(before);
        if (known !== before && mayWrite) {
          written.push(store.set({ [key]: known, ...(torn === undefined ? {} : { [keptKey(key)]: torn }) }));
          torn = undefined;
        }
        if (withIt) written.push(withIt());
        return known;
      });
      // Valid at once; a disk that hangs keeps only those waiting who want it written.
      await Promise.all(written);
      return after;
    },
  };
}

/** A record that is a list, under a version. */
export interface StoredList<T> {
  readonly v: 1;
  readonly items: readonly T[];
}

export function createListRecord<T>(
  options: Pick<RecordOptions<StoredList<T>>, 'store' | 'key' | 'onUnread'>,
): StoredRecord<StoredList<T>> {
  return createRecord<StoredList<T>>({
    ...options,
    fallback: { v: 1, items: [] },
    isValid: (value: unknown): value is StoredList<T> =>
      isRecord(value, 1) && Array.isArray(value['items']) && !value['items'].includes(null),
  });
}
