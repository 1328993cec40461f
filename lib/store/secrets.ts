import { isChatError } from '@/lib/errors/failure';
import { hasLock, isPassphrase, sealKey } from './key-lock';
import type { KeyValue } from './key-value';
import { type ReadSecret, readSecret } from './read-secret';
import type { SealWorld } from './seal';
import { asSecret, heldId, heldKey, readSecretRecords, rewriteSecrets, type SecretRecord } from './secret-records';

/** What may be told of a saved key. */
export interface SavedKey {
  readonly endpointId: string;
  /** The one it is sent to. */
  readonly origin: string;
  /** `browser`: on disk in clear text; `locked`: on disk behind the lock; `session`: in memory until the browser ends. */
  readonly kept: 'browser' | 'locked' | 'session';
  /** What may be shown of it: its last four characters, '' of a short one; undefined when it can't be read now. */
  readonly last: string | undefined;
}

export interface HowToKeep {
  /** `browser`: on disk, behind the lock where there is one. */
  readonly kept: 'browser' | 'session';
  /** Of the lock, which needs it to keep one more. */
  readonly passphrase: string;
}

/**
 * The users' keys, as the options page writes them. They never cross the port: the background reads them itself. All of
 * it rejects with a `storage` failure, also when the database does not answer.
 */
export interface Secrets {
  readonly get: ReadSecret;
  list(): Promise<readonly SavedKey[]>;
  /** false: it was to be kept behind the lock, and this is not its passphrase. Nothing has changed then. */
  set(endpointId: string, origin: string, options: HowToKeep & { readonly key: string }): Promise<boolean>;
  /** From memory and disk. Whoever has read it before has it still. */
  remove(endpointId: string): Promise<void>;
}

export interface SecretsWorld extends SealWorld {
  /** The page's `indexedDB`. */
  readonly databases: IDBFactory;
  /** `storage.session`. */
  readonly session: KeyValue;
}

/** The last four of a key shorter than this would be too much of it. */
const shortestHinted = 9;

export function createSecrets(world: SecretsWorld): Secrets {
  const { databases, session } = world;
  const get = readSecret(databases, session);

  async function lastOf(endpointId: string, origin: string): Promise<string | undefined> {
    try {
      const key = await get(endpointId, origin);
      return key.length < shortestHinted ? '' : key.slice(-4);
    } catch (error) {
      if (isChatError(error) && error.failure.kind !== 'storage') return undefined;
      throw error;
    }
  }

  return {
    get,
    list: async () => {
      const records = [...(await readSecretRecords(databases))];
      const saved = records.map(async ([endpointId, value]): Promise<readonly SavedKey[]> => {
        const record = asSecret(value);
        if (!record) return [];
        const { origin } = record;
        const kept = record.v === 1 ? 'browser' : record.kept;
        return [{ endpointId, origin, kept, last: await lastOf(endpointId, origin) }];
      });
      return (await Promise.all(saved)).flat();
    },
    set: async (endpointId, origin, { key, kept, passphrase }) => {
      const held = { [heldId(endpointId)]: heldKey(origin, key) };
      if (kept === 'session') {
        // First: a marker on disk without the key would say that it is gone.
        await session.set(held);
        const marker: SecretRecord = { v: 2, kept: 'session', origin };
        return rewriteSecrets(databases, () => Promise.resolve(new Map([[endpointId, marker]])));
      }
      let isSealed = false;
      const isSaved = await rewriteSecrets(databases, async (records) => {
        isSealed = hasLock(records);
        if (isSealed && !(await isPassphrase(records, passphrase, world))) return undefined;
        const record: SecretRecord = isSealed
          ? await sealKey({ endpointId, origin, key }, passphrase, world)
          : { v: 1, origin, key };
        return new Map([[endpointId, record]]);
      });
      if (!isSaved) return false;
      // Who gave the passphrase may use the key at once.
      if (isSealed) await session.set(held);
      else await session.remove([heldId(endpointId)]);
      return true;
    },
    remove: async (endpointId) => {
      await session.remove([heldId(endpointId)]);
      await rewriteSecrets(databases, () => Promise.resolve(new Map([[endpointId, undefined]])));
    },
  };
}
