import { isRecord } from './is-record';

/**
 * The users' keys: in IndexedDB of the extension's own origin, which no web page and no content script can reach
 * (`storage.local` could be read by a compromised page process in Firefox). Written by the options page, read by the
 * background only. Clear text on disk, as every browser extension keeps it; a key is bound to the origin it was saved
 * for and never leaves for another.
 */
export interface Secrets {
  /** The key saved for this endpoint and this origin (`https://api.example.com`); '' when there is none. */
  get(endpointId: string, origin: string): Promise<string>;
  /** What may be shown of it: its last four characters, '' when there is none. */
  hint(endpointId: string): Promise<string>;
  set(endpointId: string, origin: string, key: string): Promise<void>;
  remove(endpointId: string): Promise<void>;
}

interface SecretRecord {
  readonly v: 1;
  readonly origin: string;
  readonly key: string;
}

const storeName = 'keys';

/** For the background, which only reads. `databases`: the worker's `indexedDB`. */
export function readSecret(databases: IDBFactory): Secrets['get'] {
  return async (endpointId, origin) => {
    const record = await readRecord(databases, endpointId);
    return isSecret(record) && record.origin === origin ? record.key : '';
  };
}

/** `databases`: the page's `indexedDB`. */
export function createSecrets(databases: IDBFactory): Secrets {
  return {
    get: readSecret(databases),
    hint: async (endpointId) => {
      const record = await readRecord(databases, endpointId);
      return isSecret(record) ? record.key.slice(-4) : '';
    },
    set: async (endpointId, origin, key) => {
      const record: SecretRecord = { v: 1, origin, key };
      await writeRecord(databases, (store) => store.put(record, endpointId));
    },
    remove: (endpointId) => writeRecord(databases, (store) => store.delete(endpointId)),
  };
}

async function readRecord(databases: IDBFactory, endpointId: string): Promise<unknown> {
  const database = await openDatabase(databases);
  try {
    return await answered<unknown>(database.transaction(storeName).objectStore(storeName).get(endpointId));
  } finally {
    database.close();
  }
}

async function writeRecord(databases: IDBFactory, write: (store: IDBObjectStore) => IDBRequest): Promise<void> {
  const database = await openDatabase(databases);
  try {
    const transaction = database.transaction(storeName, 'readwrite');
    const done = finished(transaction);
    await answered(write(transaction.objectStore(storeName)));
    await done;
  } finally {
    database.close();
  }
}

function isSecret(value: unknown): value is SecretRecord {
  return isRecord(value, 1) && typeof value['key'] === 'string' && typeof value['origin'] === 'string';
}

async function openDatabase(databases: IDBFactory): Promise<IDBDatabase> {
  const request = databases.open('secrets', 1);
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore(storeName);
  });
  return answered(request);
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => {
      resolve(request.result);
    });
    request.addEventListener('error', () => {
      reject(request.error ?? new Error('the database refused'));
    });
  });
}

function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => {
      resolve();
    });
    transaction.addEventListener('abort', () => {
      reject(transaction.error ?? new Error('the database refused'));
    });
  });
}
