/**
 * As much of IndexedDB as the keys need: databases whose transactions are written whole or not at all, and whose requests
 * answer in microtasks.
 */
export interface MemoryDatabases {
  readonly factory: IDBFactory;
  /** What is on disk, by key. */
  readonly disk: Map<IDBValidKey, unknown>;
}

export interface MemoryDatabasesOptions {
  readonly disk?: Map<IDBValidKey, unknown>;
  /** Called before each write of a transaction, and before its end; what it throws gives the whole of it up. */
  readonly beforeWrite?: () => void;
}

export function createMemoryDatabases({
  disk = new Map(),
  beforeWrite = () => undefined,
}: MemoryDatabasesOptions = {}): MemoryDatabases {
  const transaction = (): EventTarget => {
    const draft = new Map(disk);
    let open = 0;
    let isWriting = false;
    let isAborted = false;
    const abort = (error: unknown): void => {
      isAborted = true;
      Object.assign(target, { error });
      target.dispatchEvent(new Event('abort'));
    };
    /** A transaction ends when nothing was asked of it any more in the turn after its last answer. */
    const endLater = (): void => {
      setTimeout(() => {
        if (open > 0 || isAborted) return;
        try {
          if (isWriting) beforeWrite();
        } catch (error) {
          abort(error);
          return;
        }
        disk.clear();
        for (const [key, value] of draft) disk.set(key, value);
        target.dispatchEvent(new Event('complete'));
      });
    };
    const request = (act: () => unknown): EventTarget => {
      const made = Object.assign(new EventTarget(), { result: undefined as unknown, error: null as unknown });
      open += 1;
      queueMicrotask(() => {
        open -= 1;
        if (isAborted) return;
        try {
          made.result = act();
          made.dispatchEvent(new Event('success'));
          endLater();
        } catch (error) {
          made.error = error;
          made.dispatchEvent(new Event('error'));
          abort(error);
        }
      });
      return made;
    };
    const write = (act: () => unknown): EventTarget => {
      isWriting = true;
      return request(() => {
        beforeWrite();
        return act();
      });
    };
    const store = {
      get: (key: IDBValidKey) => request(() => structuredClone(draft.get(key))),
      getAll: () => request(() => structuredClone(sorted(draft).map(([, value]) => value))),
      getAllKeys: () => request(() => sorted(draft).map(([key]) => key)),
      put: (value: unknown, key: IDBValidKey) => write(() => draft.set(key, structuredClone(value))),
      delete: (key: IDBValidKey) => write(() => draft.delete(key)),
    };
    const target = Object.assign(new EventTarget(), { objectStore: () => store });
    return target;
  };
  const open = (): EventTarget => {
    const request = Object.assign(new EventTarget(), { result: { transaction, close: () => undefined } });
    queueMicrotask(() => request.dispatchEvent(new Event('success')));
    return request;
  };
  return { factory: { open } as unknown as IDBFactory, disk };
}

/** As IndexedDB gives them. */
function sorted(records: ReadonlyMap<IDBValidKey, unknown>): readonly (readonly [IDBValidKey, unknown])[] {
  return [...records].toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1));
}
