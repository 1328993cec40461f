import { type ReadonlySignal, signal } from '@preact/signals';
import { type Failure, toFailure } from '@/lib/errors/failure';
import type { KeyLock, LockState } from '@/lib/store/key-lock';
import type { SavedKey, Secrets } from '@/lib/store/secrets';

export type { LockState, SavedKey };

/** What came of something asked of the lock. `refused`: another passphrase, or a lock that is there already. */
export type LockAnswer = 'done' | 'refused' | 'failed';

/** The saved keys and their lock, as far as they may be told. No key itself is ever in here. */
export interface Keys {
  readonly saved: ReadonlySignal<readonly SavedKey[]>;
  /** undefined until it is known. */
  readonly lock: ReadonlySignal<LockState | undefined>;
  /** Why the place of the keys refused the last change; null when it did not. */
  readonly failure: ReadonlySignal<Failure | null>;
  /** Looks again at what is there. */
  read(): Promise<void>;
  /** Whether the key is gone. */
  remove(endpointId: string): Promise<boolean>;
  setLock(passphrase: string): Promise<LockAnswer>;
  unlock(passphrase: string): Promise<LockAnswer>;
  shutLock(): Promise<LockAnswer>;
  changePassphrase(passphrase: string, next: string): Promise<LockAnswer>;
  removeLock(passphrase: string): Promise<LockAnswer>;
  /** Takes the lock away with every key behind it. */
  forgetLocked(): Promise<LockAnswer>;
}

export interface KeysWorld {
  readonly secrets: Secrets;
  readonly keyLock: KeyLock;
  /** These endpoints have another key than before, or can use it now, or no more. */
  readonly onChanged: (endpointIds: readonly string[]) => void;
}

export function createKeys({ secrets, keyLock, onChanged }: KeysWorld): Keys {
  const saved = signal<readonly SavedKey[]>([]);
  const lock = signal<LockState | undefined>(undefined);
  const failure = signal<Failure | null>(null);

  async function read(): Promise<void> {
    try {
      [saved.value, lock.value] = await Promise.all([secrets.list(), keyLock.state()]);
    } catch {
      // Whoever uses a key is told why it can't be read.
      saved.value = [];
    }
  }

  /** Every key behind the lock is usable, or is not, after that. */
  async function turn(act: () => Promise<boolean>): Promise<LockAnswer> {
    try {
      const isDone = await act();
      failure.value = null;
      await read();
      if (isDone) onChanged(saved.value.filter(({ kept }) => kept !== 'session').map(({ endpointId }) => endpointId));
      return isDone ? 'done' : 'refused';
    } catch (error) {
      failure.value = toFailure(error);
      return 'failed';
    }
  }

  return {
    saved,
    lock,
    failure,
    read,
    remove: async (endpointId) => {
      try {
        await secrets.remove(endpointId);
        failure.value = null;
      } catch (error) {
        failure.value = toFailure(error);
        return false;
      }
      await read();
      return true;
    },
    setLock: (passphrase) => turn(() => keyLock.set(passphrase)),
    unlock: (passphrase) => turn(() => keyLock.unlock(passphrase)),
    shutLock: () => turn(() => keyLock.shut().then(() => true)),
    changePassphrase: (passphrase, next) => turn(() => keyLock.change(passphrase, next)),
    removeLock: (passphrase) => turn(() => keyLock.remove(passphrase)),
    forgetLocked: async () => {
      const behind = saved.peek().filter(({ kept }) => kept === 'locked');
      const answer = await turn(() => keyLock.forget().then(() => true));
      if (answer === 'done') onChanged(behind.map(({ endpointId }) => endpointId));
      return answer;
    },
  };
}
