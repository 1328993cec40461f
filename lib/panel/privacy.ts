import { type ReadonlySignal, signal } from '@preact/signals';
import { type Failure, toFailure } from '@/lib/errors/failure';
import type { ReadLedger } from '@/lib/store/ledger';
import type { Line } from './line';

export type { LedgerDay, LedgerEntry, ReadLedger } from '@/lib/store/ledger';

export interface PrivacyWorld {
  /** The newest days of the ledger. */
  readonly readLedger: (days: number) => Promise<ReadLedger>;
  /** The match patterns that access was given for. */
  readonly listAccess: () => Promise<readonly string[]>;
  readonly removeAccess: (origin: string) => Promise<void>;
  /** Calls back whenever access was given or taken, here or in the browser's own settings. */
  readonly onAccessChanged: (listener: () => void) => void;
  /** Deletes what is not the background's: keys, access, rules for headers, what pages keep for themselves. */
  readonly erase: () => Promise<void>;
  /** Loads the page again. */
  readonly beginAnew: () => void;
}

/** `asking`: it is to be confirmed. */
export type Erasing = 'no' | 'asking' | 'running' | 'done';

/** What left this browser, who may be asked, and the way to get rid of it all. */
export interface Privacy {
  /** undefined until it has been read. */
  readonly ledger: ReadonlySignal<ReadLedger | undefined>;
  readonly access: ReadonlySignal<readonly string[]>;
  /** Ledger and access have been read, or could not be. */
  readonly isRead: ReadonlySignal<boolean>;
  readonly erasing: ReadonlySignal<Erasing>;
  /** Why the ledger could not be read, access not be taken, or something not be deleted. */
  readonly failure: ReadonlySignal<Failure | null>;
  /** To be called when it is looked at. */
  load(): void;
  showMoreDays(): void;
  revoke(origin: string): void;
  askToErase(): void;
  cancelErase(): void;
  eraseEverything(): Promise<void>;
}

const daysAtOnce = 7;
/** A background that has not deleted everything after so long will not do it. */
const patienceMs = 20_000;

export function createPrivacy(world: PrivacyWorld, line: Line): Privacy {
  const ledger = signal<ReadLedger | undefined>(undefined);
  const access = signal<readonly string[]>([]);
  const isRead = signal(false);
  const erasing = signal<Erasing>('no');
  const failure = signal<Failure | null>(null);
  let days = daysAtOnce;
  let tellForgotten: ((failure: Failure | null) => void) | undefined;

  async function trying(act: () => Promise<unknown>): Promise<void> {
    try {
      await act();
    } catch (error) {
      failure.value = toFailure(error);
    }
  }

  const readAccess = (): Promise<void> =>
    trying(async () => {
      access.value = await world.listAccess();
    });
  const readDays = (): Promise<void> =>
    trying(async () => {
      ledger.value = await world.readLedger(days);
    });

  world.onAccessChanged(() => void readAccess());
  line.onMessage((message) => {
    if (message.type !== 'forgotten') return;
    // Another page has asked for it.
    if (tellForgotten) tellForgotten(message.failure);
    else world.beginAnew();
  });

  function forgetStored(): Promise<Failure | null> {
    return new Promise((resolve) => {
      tellForgotten = resolve;
      setTimeout(resolve, patienceMs, { kind: 'storage' });
      line.send({ type: 'forget-everything' });
    });
  }

  return {
    ledger,
    access,
    isRead,
    erasing,
    failure,
    load: () => {
      void Promise.all([readAccess(), readDays()]).then(() => {
        isRead.value = true;
      });
    },
    showMoreDays: () => {
      days += daysAtOnce;
      void readDays();
    },
    revoke: (origin) => {
      void trying(() => world.removeAccess(origin)).then(readAccess);
    },
    askToErase: () => {
      erasing.value = 'asking';
    },
    cancelErase: () => {
      erasing.value = 'no';
    },
    eraseEverything: async () => {
      erasing.value = 'running';
      failure.value = await forgetStored();
      tellForgotten = undefined;
      // What the background could not delete keeps nothing else.
      await trying(world.erase);
      line.wake();
      erasing.value = 'done';
      days = daysAtOnce;
      await Promise.all([readAccess(), readDays()]);
    },
  };
}
