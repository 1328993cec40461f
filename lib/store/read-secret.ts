import { ChatError } from '@/lib/errors/failure';
import type { KeyValue } from './key-value';
import { asSecret, readHeld, readSecretRecord } from './secret-records';

/**
 * The key saved for this endpoint and this origin (`https://api.example.com`); '' when there is none. Rejects with
 * `key-locked` while the lock is shut, with `key-gone` when its session is over, and with `storage`.
 */
export type ReadSecret = (endpointId: string, origin: string) => Promise<string>;

/** For the background, which only reads. `databases`: the worker's `indexedDB`; `session`: the session's memory. */
export function readSecret(databases: IDBFactory, session: KeyValue): ReadSecret {
  return async (endpointId, origin) => {
    const record = asSecret(await readSecretRecord(databases, endpointId));
    if (record?.origin !== origin) return '';
    if (record.v === 1) return record.key;
    const held = await readHeld(session, endpointId, origin);
    if (held !== undefined) return held;
    throw new ChatError({ kind: record.kept === 'locked' ? 'key-locked' : 'key-gone', host: new URL(origin).host });
  };
}
