import { ChatError } from '@/lib/errors/failure';
import { isRecord } from './is-record';
import type { KeyValue } from './key-value';
import type { Sealed } from './seal';

/**
 * The users' keys on disk: in IndexedDB of the extension's own origin, which no web page and no content script can reach
 * (`storage.local` could be read by a compromised page process in Firefox). A key is bound to the origin it was saved for.
 * Everything here rejects with a `storage` failure, also when the database does not answer.
 */
export type SecretRecord =
  /** In clear text, as every browser extension keeps it. */
  | { readonly v: 1; readonly origin: string; readonly key: string }
  /** Behind the lock. */
  | { readonly v: 2; readonly kept: 'locked'; readonly origin: string; readonly sealed: Sealed }
  /** That there is a key, which lies in the session's memory alone. */
  | { readonly v: 2; readonly kept: 'session'; readonly origin: string };

/** That there is a lock, and what only its passphrase opens. */
export interface LockRecord {
  readonly v: 1;
  readonly sealed: Sealed;
}

/** Every record under the id of its endpoint, and the lock under `lockId`. */
export type SecretRecords = ReadonlyMap<string, unknown>;
/** undefined takes a record away. */
export type SecretChanges = ReadonlyMap<string, SecretRecord | LockRecord | undefined>;

/** No endpoint's: those are UUIDs. */
export const lockId = '/lock';

const storeName = 'keys';

/** A database that has not answered after this long is taken to be out of order. */
const readingMs = 1000;
const writingMs = 4000;
/** Another page that writes at the same moment is given way to so many times. */
const mostAttempts = 5;

export function asSecret(value: unknown): SecretRecord | undefined {
  return isClear(value) || isKeptElsewhere(value) ? (value as SecretRecord) : undefined;
}

function isClear(value: unknown): boolean {
  return isRecord(value, 1) && typeof value['origin'] === 'string' && typeof value['key'] === 'string';
}

function isKeptElsewhere(value: unknown): boolean {
  if (!isRecord(value, 2) || typeof value['origin'] !== 'string') return false;
  return value['kept'] === 'session' || (value['kept'] === 'locked' && isSealed(value['sealed']));
}

export function asLock(value: unknown): LockRecord | undefined {
  return isRecord(value, 1) && isSealed(value['sealed']) ? (value as unknown as LockRecord) : undefined;
}

function isSealed(value: unknown): value is Sealed {
  if (typeof value !== 'object' || value === null) return false;
  const { rounds, salt, nonce, bytes } = value as Partial<Sealed>;
  return Number.isSafeInteger(rounds) && [salt, nonce, bytes].every((part) => part instanceof Uint8Array);
}

/** A clear key in the session's memory: of the session only, or of a lock that is open. */
interface HeldKey {
  readonly v: 1;
  readonly origin: string;
  readonly key: string;
}

/** Where it lies in `storage.session`, which no content script reaches and no disk keeps. */
export const heldId = (endpointId: string): string => `secret/${endpointId}`;

export const heldKey = (origin: string, key: string): HeldKey => ({ v: 1, origin, key });

/** undefined when the session's memory has no key of this endpoint for this origin. */
export async function readHeld(session: KeyValue, endpointId: string, origin: string): Promise<string | undefined> {
  const held = (await session.get([heldId(endpointId)]))[heldId(endpointId)] as HeldKey | undefined;
  return isRecord(held, 1) && held.origin === origin ? held.key : undefined;
}

export function readSecretRecord(databases: IDBFactory, endpointId: string): Promise<unknown> {
  return ask(databases, readingMs, (database) =>
    answered<unknown>(database.transaction(storeName).objectStore(storeName).get(endpointId)),
  );
}

export function readSecretRecords(databases: IDBFactory): Promise<SecretRecords> {
  return ask(databases, readingMs, (database) => readAll(database.transaction(storeName).objectStore(storeName)));
}

/**
 * Makes all the changes that `plan` wants, or none: in one transaction, which a browser that dies does not halve. When
 * another page has written meanwhile, it is planned anew. false when the plan gave none.
 */
export async function rewriteSecrets(
  databases: IDBFactory,
  plan: (records: SecretRecords) => Promise<SecretChanges | undefined>,
): Promise<boolean> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const before = await readSecretRecords(databases);
    const changes = await plan(before);
    if (!changes) return false;
    if (await ask(databases, writingMs, (database) => writeUnlessChanged(database, before, changes))) return true;
  }
  throw new ChatError({ kind: 'storage' });
}

async function writeUnlessChanged(
  database: IDBDatabase,
  before: SecretRecords,
  changes: SecretChanges,
): Promise<boolean> {
  // On the disk itself when it is done: what took the place of a clear key must not be lost with the machine's power.
  const transaction = database.transaction(storeName, 'readwrite', { durability: 'strict' });
  const store = transaction.objectStore(storeName);
  const isWritten = finished(transaction);
  const written = readAll(store).then((now) => {
    if (!isSame(before, now)) return false;
    for (const [id, record] of changes) {
      if (record) store.put(record, id);
      else store.delete(id);
    }
    return true;
  });
  await isWritten;
  return written;
}

/** Byte arrays are compared by what JSON makes of them. */
function isSame(one: SecretRecords, other: SecretRecords): boolean {
  return JSON.stringify([...one]) === JSON.stringify([...other]);
}

async function readAll(store: IDBObjectStore): Promise<SecretRecords> {
  const [ids, values] = await Promise.all([answered(store.getAllKeys()), answered<unknown[]>(store.getAll())]);
  // Every id written here is a text.
  return new Map(ids.map((id, index) => [id as string, values[index]]));
}

async function ask<T>(databases: IDBFactory, ms: number, act: (database: IDBDatabase) => Promise<T>): Promise<T> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(reject, ms);
  });
  try {
    return await Promise.race([openDatabase(databases).then(act), late]);
  } catch (error) {
    opened.delete(databases);
    throw new ChatError({ kind: 'storage' }, { cause: error });
  }
}

/** Opening takes several times as long as reading, and a key is read for every request: it stays open while it works. */
const opened = new WeakMap<IDBFactory, Promise<IDBDatabase>>();

function openDatabase(databases: IDBFactory): Promise<IDBDatabase> {
  const known = opened.get(databases);
  if (known) return known;
  const opening = openAnew(databases);
  opened.set(databases, opening);
  return opening;
}

async function openAnew(databases: IDBFactory): Promise<IDBDatabase> {
  const request = databases.open('secrets', 1);
  request.addEventListener('upgradeneeded', () => {
    request.result.createObjectStore(storeName);
  });
  const database = await answered(request);
  // Somebody wants to delete it, or the browser has: https://www.w3.org/TR/IndexedDB/#closing-connection
  for (const end of ['versionchange', 'close']) {
    database.addEventListener(end, () => {
      opened.delete(databases);
      database.close();
    });
  }
  return database;
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
