import { ChatError } from '@/lib/errors/failure';
import { isRecord } from './is-record';

/**
 * The users' keys: in IndexedDB of the extension's own origin, which no web page and no content script can reach
 * (`storage.local` could be read by a compromised page process in Firefox). Written by the options page, read by the
 * background only. Clear text on disk, as every browser extension keeps it; a key is bound to the origin it was saved
 * for and never leaves for another. All of it rejects with a `storage` failure, also when the database does not answer.
 */
export interface Secrets {
  /** The key saved for this endpoint and this origin (`https://api.example.com`); '' when there is none. */
  get(endpointId: string, origin: string): Promise<string>;
  /** What may be shown of it: its last four characters, '' of a short one; undefined when there is none. */
  hint(endpointId: string, origin: string): Promise<string | undefined>;
  set(endpointId: string, origin: string, key: string): Promise<void>;
  remove(endpointId: string): Promise<void>;
}

interface SecretRecord {
  readonly v: 1;
  readonly origin: string;
  readonly key: string;
}

const storeName = 'keys';

/** A database that has not answered after this long is taken to be out of order. */
const readingMs = 1000;
const writingMs = 4000;
/** The last four of a key shorter than this would be too much of it. */
const shortestHinted = 9;

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
    hint: async (endpointId, origin) => {
      const record = await readRecord(databases, endpointId);
      if (!isSecret(record) || record.origin !== origin) return undefined;
      return record.key.length < shortestHinted ? '' : record.key.slice(-4);
    },
    set: async (endpointId, origin, key) => {
      const record: SecretRecord = { v: 1, origin, key };
      await writeRecord(databases, (store) => store.put(record, endpointId));
    },
    remove: (endpointId) => writeRecord(databases, (store) => store.delete(endpointId)),
  };
}

function readRecord(databases: IDBFactory, endpointId: string): Promise<unknown> {
  return ask(databases, readingMs, (database) =>
    answered<unknown>(database.transaction(storeName).objectStore(storeName).get(endpointId)),
  );
}

function writeRecord(databases: IDBFactory, write: (store: IDBObjectStore) => IDBRequest): Promise<void> {
  return ask(databases, writingMs, async (database) => {
    const transaction = database.transaction(storeName, 'readwrite');
    await Promise.all([finished(transaction), answered(write(transaction.objectStore(storeName)))]);
  });
}

async function ask<T>(databases: IDBFactory, ms: number, act: (database: IDBDatabase) => Promise<T>): Promise<T> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(reject, ms);
  });
  try {
    return await Promise.race([withDatabase(databases, act), late]);
  } catch (error) {
    throw new ChatError({ kind: 'storage' }, { cause: error });
  }
}

async function withDatabase<T>(databases: IDBFactory, act: (database: IDBDatabase) => Promise<T>): Promise<T> {
  const database = await openDatabase(databases);
  try {
    return await act(database);
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
