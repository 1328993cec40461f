/**
 * A place for records under string keys: `storage.local` or `storage.session` in the browser, a map in tests.
 * Every method rejects with a `ChatError` of kind `storage` when the place refuses.
 */
export interface KeyValue {
  /** The records that are there; a key without a record is missing in the result. */
  get(keys: readonly string[]): Promise<Readonly<Record<string, unknown>>>;
  /** Writes all or none. */
  set(records: Readonly<Record<string, unknown>>): Promise<void>;
  remove(keys: readonly string[]): Promise<void>;
  keys(): Promise<readonly string[]>;
}

/** In memory, with the same promises as the real one: values are copied in and out. */
export function createMemoryKeyValue(start: Readonly<Record<string, unknown>> = {}): KeyValue {
  const records = new Map<string, unknown>(Object.entries(structuredClone(start)));
  return {
    get: (keys) =>
      Promise.resolve(
        Object.fromEntries(
          keys.filter((key) => records.has(key)).map((key) => [key, structuredClone(records.get(key))]),
        ),
      ),
    set: (items) => {
      for (const [key, value] of Object.entries(structuredClone(items))) records.set(key, value);
      return Promise.resolve();
    },
    remove: (keys) => {
      for (const key of keys) records.delete(key);
      return Promise.resolve();
    },
    keys: () => Promise.resolve([...records.keys()]),
  };
}
