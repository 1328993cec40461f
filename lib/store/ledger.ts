import type { ContextKind } from '@/lib/chat/types';
import type { FailureKind } from '@/lib/errors/failure';
import { isNewer, isRecord } from './is-record';
import type { KeyValue } from './key-value';
import { createQueue } from './queue';
import { keptKey } from './record';

/** Why a request was made: for an answer, a list of models, to find out whether somebody answers, or to let a server download a model. */
export type Purpose = 'chat' | 'models' | 'test' | 'pull';

/** One request as the ledger has it. Never a key, never a text, and of its address the origin alone. */
export interface LedgerEntry {
  readonly id: string;
  /** Epoch milliseconds at which it was sent. */
  readonly at: number;
  /** Scheme, host and port: `https://api.example.com`. */
  readonly origin: string;
  readonly purpose: Purpose;
  readonly kinds: readonly ContextKind[];
  /** Of the bodies, without headers. */
  readonly bytesOut: number;
  readonly bytesIn: number;
  /** HTTP status; missing where no answer came. */
  readonly status?: number;
  readonly failure?: FailureKind;
  /** How long it took; missing while it is under way, and for good when its worker died under it. */
  readonly ms?: number;
}

/** The requests of one day, under `ledger/<yyyy-mm-dd>`, in the order in which they were sent. */
interface DayRecord {
  readonly v: 1;
  readonly entries: readonly LedgerEntry[];
  /** How many earlier ones of this day were too many to keep. */
  readonly dropped: number;
}

/** A day is kept so long, and of a day so many requests: of more, the newest. */
export const keptDays = 90;
export const mostADay = 400;

const prefix = 'ledger/';
const dayMs = 24 * 3600_000;

export interface Ledger {
  /** Takes an entry, or what has become of it. Waits for nothing: it is written when the disk has time. */
  note(entry: LedgerEntry): void;
}

/** `store`: one that takes every write (`createSteadyKeyValue`). */
export function createLedger(store: KeyValue): Ledger {
  const queue = createQueue();
  const unwritten = new Map<string, LedgerEntry>();

  async function write(): Promise<void> {
    const days = Map.groupBy(unwritten.values(), ({ at }) => dayOf(at));
    for (const [day, entries] of days) {
      const key = prefix + day;
      const before = (await store.get([key]))[key];
      // What a newer version wrote stays as it is.
      if (!isNewer(before)) await store.set({ [key]: add(before, entries), ...keepTorn(key, before) });
      for (const entry of entries) if (unwritten.get(entry.id) === entry) unwritten.delete(entry.id);
      if (before === undefined) await removeBefore(dayOf((entries[0]?.at ?? 0) - keptDays * dayMs));
    }
  }

  async function removeBefore(day: string): Promise<void> {
    const old = (await store.keys()).filter((key) => key.startsWith(prefix) && key < prefix + day);
    if (old.length > 0) await store.remove(old);
  }

  return {
    note: (entry) => {
      unwritten.set(entry.id, entry);
      // A disk that can't be read now: the next request takes this one along.
      queue(write).catch(() => undefined);
    },
  };
}

function add(before: unknown, entries: readonly LedgerEntry[]): DayRecord {
  const { entries: known, dropped }: DayRecord = isDay(before) ? before : { v: 1, entries: [], dropped: 0 };
  const all = new Map([...known, ...entries].map((entry) => [entry.id, entry]));
  const kept = [...all.values()].slice(-mostADay);
  return { v: 1, entries: kept, dropped: dropped + all.size - kept.length };
}

function keepTorn(key: string, before: unknown): Readonly<Record<string, unknown>> {
  return before === undefined || isDay(before) ? {} : { [keptKey(key)]: before };
}

/** A day of the ledger as it is read. */
export interface LedgerDay {
  /** `2026-11-24`, in the time zone of the browser when it was written. */
  readonly day: string;
  readonly entries: readonly LedgerEntry[];
  readonly dropped: number;
  /** It is there and could not be read. */
  readonly isDamaged: boolean;
}

export interface ReadLedger {
  /** The newest first. */
  readonly days: readonly LedgerDay[];
  /** There are earlier days. */
  readonly hasMore: boolean;
}

/** The newest days of the ledger, for the page that shows it. Rejects when the disk can't be read. */
export async function readLedger(store: KeyValue, count: number): Promise<ReadLedger> {
  const keys = (await store.keys())
    .filter((key) => key.startsWith(prefix))
    .sort()
    .toReversed();
  const shown = keys.slice(0, count);
  const records = shown.length > 0 ? await store.get(shown) : {};
  const days = shown.map((key): LedgerDay => {
    const record = records[key];
    const day = key.slice(prefix.length);
    if (!isDay(record)) return { day, entries: [], dropped: 0, isDamaged: true };
    return { day, entries: record.entries, dropped: record.dropped, isDamaged: false };
  });
  return { days, hasMore: keys.length > count };
}

/** The day of a moment where the browser is, as `2026-11-24`. */
export function dayOf(at: number): string {
  return new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

function isDay(value: unknown): value is DayRecord {
  if (!isRecord(value, 1) && !isNewer(value)) return false;
  const { entries, dropped } = value as Partial<DayRecord>;
  return typeof dropped === 'number' && Array.isArray(entries) && entries.every(isEntry);
}

function isEntry(value: unknown): value is LedgerEntry {
  const { id, at, origin, kinds, bytesOut, bytesIn } = (value ?? {}) as {
    readonly [field in keyof LedgerEntry]?: unknown;
  };
  return (
    typeof id === 'string' &&
    typeof origin === 'string' &&
    Array.isArray(kinds) &&
    [at, bytesOut, bytesIn].every((number) => typeof number === 'number')
  );
}
