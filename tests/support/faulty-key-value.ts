import { ChatError } from '@/lib/errors/failure';
import type { KeyValue } from '@/lib/store/key-value';

export type KeyValueMethod = keyof KeyValue;

/** Something that goes wrong on the way to the disk, from now until `heal`. */
export interface DiskFault {
  readonly methods: readonly KeyValueMethod[];
  /** Only asks that have to do with such a key; without it, all. `keys` has to do with every key. */
  readonly matches?: (key: string) => boolean;
  /** From which such ask on, counting from 1; without it, from the first. */
  readonly from?: number;
  /** How many of them; without it, all that come. */
  readonly times?: number;
  readonly does: DiskFaultKind;
}

export type DiskFaultKind =
  /** Refuses, in the browser's words. */
  | { readonly type: 'reject'; readonly message: string }
  /** Never answers. `happensAtLast`: it is done when the disk recovers, in its order; nobody hears of it. */
  | { readonly type: 'hang'; readonly happensAtLast: boolean }
  | { readonly type: 'slow'; readonly ms: number }
  /** Says it is written, and it is not. */
  | { readonly type: 'lose' };

export interface FaultyKeyValue extends KeyValue {
  /** The disk itself: reads and writes here meet no fault. */
  readonly disk: KeyValue;
  inject(fault: DiskFault): void;
  /** From now on every ask is answered. */
  heal(): Promise<void>;
  /** The power goes after so many further writes: later ones neither happen nor are answered, until `heal`. */
  dieAfterWrites(count: number): void;
  /** Writes (`set` and `remove`) that reached the disk. */
  readonly writes: () => number;
}

/** What the browsers say when there is no room (Chromium; measured for disk full, from its source for the quota). */
export const noSpace = 'FILE_ERROR_NO_SPACE';
export const quotaReached = 'Resource::kQuotaBytes quota exceeded';

/** A place for records in which every kind of fault can be had, exactly when it is wanted. */
export function createFaultyKeyValue(disk: KeyValue): FaultyKeyValue {
  let faults: { readonly fault: DiskFault; met: number }[] = [];
  let late: (() => Promise<unknown>)[] = [];
  let writesLeft = Number.POSITIVE_INFINITY;
  let writes = 0;

  function findFault(method: KeyValueMethod, keys: readonly string[]): DiskFaultKind | undefined {
    for (const met of faults) {
      const { methods, matches, from = 1, times = Number.POSITIVE_INFINITY, does } = met.fault;
      if (!methods.includes(method)) continue;
      if (matches && method !== 'keys' && !keys.some(matches)) continue;
      met.met += 1;
      if (met.met >= from && met.met < from + times) return does;
    }
    return undefined;
  }

  async function ask<T>(method: KeyValueMethod, keys: readonly string[], act: () => Promise<T>, lost: T): Promise<T> {
    const isWrite = method === 'set' || method === 'remove';
    if (isWrite && writesLeft <= 0) return forEver();
    const fault = findFault(method, keys);
    switch (fault?.type) {
      case 'reject':
        throw new ChatError({ kind: 'storage', message: fault.message });
      case 'hang':
        if (fault.happensAtLast) late.push(act);
        return forEver();
      case 'lose':
        return lost;
      case 'slow':
        await new Promise((resolve) => {
          setTimeout(resolve, fault.ms);
        });
        break;
      case undefined:
        break;
    }
    if (isWrite) {
      writesLeft -= 1;
      writes += 1;
    }
    return act();
  }

  return {
    disk,
    writes: () => writes,
    inject: (fault) => {
      faults.push({ fault, met: 0 });
    },
    heal: async () => {
      faults = [];
      writesLeft = Number.POSITIVE_INFINITY;
      const acts = late;
      late = [];
      for (const act of acts) await act();
    },
    dieAfterWrites: (count) => {
      writesLeft = count;
    },
    get: (keys) => ask('get', keys, () => disk.get(keys), {}),
    set: (records) => ask('set', Object.keys(records), () => disk.set(records), undefined),
    remove: (keys) => ask('remove', keys, () => disk.remove(keys), undefined),
    keys: () => ask('keys', [], () => disk.keys(), []),
  };
}

function forEver(): Promise<never> {
  return new Promise(() => undefined);
}
