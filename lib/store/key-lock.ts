import { isRecord } from './is-record';
import type { KeyValue } from './key-value';
import { seal, type SealWorld, unseal } from './seal';
import {
  asLock,
  asSecret,
  heldId,
  heldKey,
  type LockRecord,
  lockId,
  readSecretRecords,
  rewriteSecrets,
  type SecretRecord,
  type SecretRecords,
} from './secret-records';

/** `open`: the keys are in the session's memory, where they can be used. */
export type LockState = 'none' | 'open' | 'shut';

/**
 * The passphrase lock: while there is one, keys are on disk encrypted, each record with a salt and a nonce of its own, and
 * in clear in the session's memory only. What it writes is one transaction, so that no browser that dies loses a key.
 * The verbs that take a passphrase say whether it was the right one; a wrong one changes nothing. All of it rejects with
 * `storage`.
 */
export interface KeyLock {
  state(): Promise<LockState>;
  /** Encrypts every key that is on disk. false when there is a lock already. */
  set(passphrase: string): Promise<boolean>;
  unlock(passphrase: string): Promise<boolean>;
  /** Takes the keys out of memory; keys of this session only stay, for they are nowhere else. */
  shut(): Promise<void>;
  change(passphrase: string, next: string): Promise<boolean>;
  /** Puts the keys back on disk in clear text. */
  remove(passphrase: string): Promise<boolean>;
  /** For whoever does not know the passphrase any more: takes the lock away with every key behind it. */
  forget(): Promise<void>;
}

export interface KeyLockWorld extends SealWorld {
  readonly databases: IDBFactory;
  readonly session: KeyValue;
}

/** In the session's memory while the lock is open. */
const openId = 'key-lock-open';
const openRecord = { v: 1 } as const;

/** What is sealed to tell whether a passphrase is the right one. */
const sample = 'ava';
const samplePurpose = 'lock';

/** Whether there is a lock, also when its own record is damaged: what lies behind it says so. */
export function hasLock(records: SecretRecords): boolean {
  return asLock(records.get(lockId)) !== undefined || lockedKeys(records).length > 0;
}

export async function isPassphrase(
  records: SecretRecords,
  passphrase: string,
  world: Pick<SealWorld, 'crypto'>,
): Promise<boolean> {
  const lock = asLock(records.get(lockId));
  if (lock) return (await unseal(lock.sealed, passphrase, { ...world, purpose: samplePurpose })) === sample;
  return (await openKeys(records, passphrase, world)).length > 0;
}

export async function sealKey(
  { endpointId, origin, key }: FoundKey,
  passphrase: string,
  world: SealWorld,
): Promise<SecretRecord> {
  const sealed = await seal(key, passphrase, { ...world, purpose: purposeOf(endpointId, origin) });
  return { v: 2, kept: 'locked', origin, sealed };
}

interface FoundKey {
  readonly endpointId: string;
  readonly origin: string;
  readonly key: string;
}

export function createKeyLock(world: KeyLockWorld): KeyLock {
  const { databases, session } = world;

  const sealLock = async (passphrase: string): Promise<LockRecord> => ({
    v: 1,
    sealed: await seal(sample, passphrase, { ...world, purpose: samplePurpose }),
  });

  const sealKeys = (
    keys: readonly FoundKey[],
    passphrase: string,
  ): Promise<readonly (readonly [string, SecretRecord])[]> =>
    Promise.all(keys.map(async (key) => [key.endpointId, await sealKey(key, passphrase, world)] as const));

  /** undefined when there is no lock, or another passphrase opens it. One whose record is damaged is left where it is. */
  const openWith = async (records: SecretRecords, passphrase: string): Promise<readonly FoundKey[] | undefined> =>
    (await isPassphrase(records, passphrase, world)) ? openKeys(records, passphrase, world) : undefined;

  const hold = (keys: readonly FoundKey[]): Promise<void> =>
    session.set({
      ...Object.fromEntries(keys.map(({ endpointId, origin, key }) => [heldId(endpointId), heldKey(origin, key)])),
      [openId]: openRecord,
    });

  const letGo = async (): Promise<void> => {
    const behind = lockedKeys(await readSecretRecords(databases));
    await session.remove([openId, ...behind.map(([endpointId]) => heldId(endpointId))]);
  };

  return {
    state: async () => {
      if (!hasLock(await readSecretRecords(databases))) return 'none';
      return isRecord((await session.get([openId]))[openId], 1) ? 'open' : 'shut';
    },
    set: (passphrase) =>
      rewriteSecrets(databases, async (records) => {
        if (hasLock(records)) return undefined;
        const clear = clearKeys(records);
        const [lock, sealed] = await Promise.all([sealLock(passphrase), sealKeys(clear, passphrase)]);
        // Before the disk: whoever sets a lock goes on using the keys.
        await hold(clear);
        return new Map<string, SecretRecord | LockRecord>([[lockId, lock], ...sealed]);
      }),
    unlock: (passphrase) =>
      rewriteSecrets(databases, async (records) => {
        const keys = await openWith(records, passphrase);
        if (!keys) return undefined;
        // Whatever lies there in clear text all the same goes behind the lock, too.
        const clear = clearKeys(records);
        const sealed = await sealKeys(clear, passphrase);
        await hold([...keys, ...clear]);
        const lock = asLock(records.get(lockId)) ?? (await sealLock(passphrase));
        return new Map<string, SecretRecord | LockRecord>([[lockId, lock], ...sealed]);
      }),
    shut: letGo,
    change: (passphrase, next) =>
      rewriteSecrets(databases, async (records) => {
        const keys = await openWith(records, passphrase);
        if (!keys) return undefined;
        const [lock, sealed] = await Promise.all([sealLock(next), sealKeys(keys, next)]);
        return new Map<string, SecretRecord | LockRecord>([[lockId, lock], ...sealed]);
      }),
    remove: async (passphrase) => {
      const isRemoved = await rewriteSecrets(databases, async (records) => {
        const keys = await openWith(records, passphrase);
        if (!keys) return undefined;
        const clear = keys.map(({ endpointId, origin, key }) => [endpointId, { v: 1, origin, key }] as const);
        return new Map<string, SecretRecord | undefined>([[lockId, undefined], ...clear]);
      });
      if (isRemoved) await session.remove([openId]);
      return isRemoved;
    },
    forget: async () => {
      await letGo();
      await rewriteSecrets(databases, async (records) => {
        const behind = lockedKeys(records).map(([endpointId]) => endpointId);
        return new Map([lockId, ...behind].map((id) => [id, undefined]));
      });
    },
  };
}

/** A sealed key opens for its endpoint and its origin alone. */
function purposeOf(endpointId: string, origin: string): string {
  return JSON.stringify([endpointId, origin]);
}

type LockedKey = Extract<SecretRecord, { readonly kept: 'locked' }>;

function lockedKeys(records: SecretRecords): readonly (readonly [endpointId: string, record: LockedKey])[] {
  return [...records].flatMap(([endpointId, value]) => {
    const record = asSecret(value);
    return record?.v === 2 && record.kept === 'locked' ? [[endpointId, record] as const] : [];
  });
}

function clearKeys(records: SecretRecords): readonly FoundKey[] {
  return [...records].flatMap(([endpointId, value]) => {
    const record = asSecret(value);
    return record?.v === 1 ? [{ endpointId, origin: record.origin, key: record.key }] : [];
  });
}

async function openKeys(
  records: SecretRecords,
  passphrase: string,
  { crypto }: Pick<SealWorld, 'crypto'>,
): Promise<readonly FoundKey[]> {
  const opened = lockedKeys(records).map(async ([endpointId, { origin, sealed }]): Promise<readonly FoundKey[]> => {
    const key = await unseal(sealed, passphrase, { crypto, purpose: purposeOf(endpointId, origin) });
    return key === undefined ? [] : [{ endpointId, origin, key }];
  });
  return (await Promise.all(opened)).flat();
}
