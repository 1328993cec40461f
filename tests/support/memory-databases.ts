/**
 * As much of IndexedDB as the keys need: transactions are written whole or not at all, and those that write come one after
 * the other, whoever opened the database (https://www.w3.org/TR/IndexedDB/#transaction-scheduling).
 */
export interface MemoryDatabases {
  readonly factory: IDBFactory;
  /** What is on disk, by key. */
  readonly disk: Map<string, unknown>;
}

export interface MemoryDatabasesOptions {
  readonly disk?: Map<string, unknown>;
  /** Called before each write of a transaction, and before its end; what it throws gives the whole of it up. */
  readonly beforeWrite?: () => void;
}

/** The transactions that write to a disk, until the last of them has ended. */
const writers = new WeakMap<Map<string, unknown>, Promise<void>>();

export function createMemoryDatabases({
  disk = new Map(),
  beforeWrite = () => undefined,
}: MemoryDatabasesOptions = {}): MemoryDatabases {
  const transaction = (_stores: string, mode: IDBTransactionMode = 'readonly'): EventTarget => {
    const ended = Promise.withResolvers<void>();
    const started = (mode === 'readwrite' ? (writers.get(disk) ?? Promise.resolve()) : Promise.resolve()).then(
      () => new Map(disk),
    );
    if (mode === 'readwrite') writers.set(disk, ended.promise);
    let open = 0;
    let isWriting = false;
    let isOver = false;
    const abort = (error: unknown): void => {
      isOver = true;
      ended.resolve();
      Object.assign(target, { error });
      target.dispatchEvent(new Event('abort'));
    };
    /** A transaction ends when nothing was asked of it any more in the turn after its last answer. */
    const endLater = (draft: ReadonlyMap<string, unknown>): void => {
      setTimeout(() => {
        if (open > 0 || isOver) return;
        try {
          if (isWriting) beforeWrite();
        } catch (error) {
          abort(error);
          return;
        }
        isOver = true;
        if (isWriting) {
          disk.clear();
          for (const [key, value] of draft) disk.set(key, value);
        }
        ended.resolve();
        target.dispatchEvent(new Event('complete'));
      });
    };
    type Draft = Map<string, unknown>;
    const request = (act: (draft: Draft) => unknown): EventTarget => {
      const made: EventTarget & { result?: unknown; error?: unknown } = new EventTarget();
      open += 1;
      void started.then((draft) => {
        open -= 1;
        if (isOver) return;
        try {
          made.result = act(draft);
          made.dispatchEvent(new Event('success'));
          endLater(draft);
        } catch (error) {
          made.error = error;
          made.dispatchEvent(new Event('error'));
          abort(error);
        }
      });
      return made;
    };
    const write = (act: (draft: Draft) => unknown): EventTarget => {
      isWriting = true;
      return request((draft) => {
        beforeWrite();
        return act(draft);
      });
    };
    const store = {
      get: (key: string) => request((draft) => structuredClone(draft.get(key))),
      getAll: () => request((draft) => structuredClone(sorted(draft).map(([, value]) => value))),
      getAllKeys: () => request((draft) => sorted(draft).map(([key]) => key)),
      put: (value: unknown, key: string) => write((draft) => draft.set(key, structuredClone(value))),
      delete: (key: string) => write((draft) => draft.delete(key)),
    };
    const target = Object.assign(new EventTarget(), { objectStore: () => store });
    return target;
  };
  const open = (): EventTarget => {
    const result = Object.assign(new EventTarget(), { transaction, close: () => undefined });
    const request = Object.assign(new EventTarget(), { result });
    queueMicrotask(() => request.dispatchEvent(new Event('success')));
    return request;
  };
  return { factory: { open } as unknown as IDBFactory, disk };
}

/** As IndexedDB gives them. */
function sorted(records: ReadonlyMap<string, unknown>): readonly (readonly [string, unknown])[] {
  return [...records].toSorted(([one], [other]) => (one < other ? -1 : 1));
}
