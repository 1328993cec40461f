import type { Summary } from '@/lib/chat/types';
import { type Failure, toFailure } from '@/lib/errors/failure';
import { isNewer, isRecord } from './is-record';
import type { KeyValue } from './key-value';
import { headKey, isHead } from './conversation-log';
import { createQueue } from './queue';
import { createLater } from './retry-later';

/**
 * The list of conversations, in shards `list/<n>`: one record for all would cost 100 ms a write at 10,000 titles.
 * A conversation stays in the shard it was born in (`Head.shard`). `list` counts the shards.
 */
export interface Summaries {
  /** Newest first. */
  all(): Promise<readonly Summary[]>;
  /** The shard that the next new conversation belongs to. */
  shardForNew(): Promise<number>;
  put(summary: Summary, shard: number): Promise<void>;
  /** Gives the summary that was there. */
  remove(id: string, shard: number): Promise<Summary | undefined>;
  /** Makes the list anew from the conversations. */
  rebuild(): Promise<void>;
}

interface Root {
  readonly v: 1;
  readonly shards: number;
}

interface Shard {
  readonly v: 1;
  readonly entries: readonly Summary[];
}

const rootKey = 'list';
const shardKey = (shard: number): string => `list/${shard}`;
const shardSize = 200;

export interface SummariesOptions {
  readonly store: KeyValue;
  /** The summary of a conversation read from its own records: to make the list again where it is missing. */
  readonly summarise: (id: string) => Promise<Summary | undefined>;
  /** Called after every write: null when it was taken, else why the browser refused. */
  readonly onSaved: (failure: Failure | null) => void;
}

export function createSummaries({ store, summarise, onSaved }: SummariesOptions): Summaries {
  const queue = createQueue();
  /** Apart from the other: a disk that is slow to write keeps nobody from reading what is known. */
  const writing = createQueue();
  let root: Root | undefined;
  const shards = new Map<number, Shard>();
  /** Records that a newer Ava wrote: known in memory only. */
  const newer = new Set<string>();
  let unsaved: Readonly<Record<string, Root | Shard>> = {};
  const later = createLater(() => void write({}));

  async function loadRoot(): Promise<Root> {
    if (root) return root;
    const stored = (await store.get([rootKey]))[rootKey];
    if (isNewer(stored)) newer.add(rootKey);
    root = isRoot(stored) ? stored : await rebuild();
    return root;
  }

  /** Loads shards; one that is missing or torn is made again from the conversations. */
  async function loadShards(wanted: readonly number[]): Promise<void> {
    const missing = wanted.filter((shard) => !shards.has(shard));
    if (missing.length === 0) return;
    const records = await store.get(missing.map(shardKey));
    const torn = missing.filter((shard) => !isShard(records[shardKey(shard)]));
    for (const shard of missing) {
      const record = records[shardKey(shard)];
      if (isShard(record)) shards.set(shard, record);
      else if (isNewer(record)) newer.add(shardKey(shard));
    }
    if (torn.length === 0) return;
    const places = await findPlaces();
    for (const shard of torn) shards.set(shard, await makeShard(places, shard));
  }

  /** Every conversation that is not deleted and the shard it is in; the first one where its head does not tell. */
  async function findPlaces(): Promise<ReadonlyMap<string, number>> {
    const ids = new Set<string>();
    for (const key of await store.keys()) {
      const [room, id] = key.split('/');
      if (room === 'chat' && id !== undefined) ids.add(id);
    }
    const heads = await store.get([...ids].map(headKey));
    const places = new Map<string, number>();
    for (const id of ids) {
      const head = heads[headKey(id)];
      if (!isHead(head)) places.set(id, 0);
      else if (head.deletedAt === undefined) places.set(id, head.shard);
    }
    return places;
  }

  /** One conversation that can't be read does not keep the others out of the list. */
  async function makeShard(places: ReadonlyMap<string, number>, shard: number): Promise<Shard> {
    const ids = [...places].filter(([, place]) => place === shard).map(([id]) => id);
    const summaries = await Promise.all(ids.map((id) => summarise(id).catch(() => undefined)));
    return { v: 1, entries: summaries.filter((summary) => summary !== undefined) };
  }

  /** The list from the conversations themselves. */
  async function rebuild(): Promise<Root> {
    const places = await findPlaces();
    const records: Record<string, Root | Shard> = {};
    let last = 0;
    for (const shard of new Set([0, ...places.values()])) {
      const made = await makeShard(places, shard);
      shards.set(shard, made);
      records[shardKey(shard)] = made;
      last = Math.max(last, shard);
    }
    const made: Root = { v: 1, shards: last + 1 };
    const before = await store.get([rootKey, ...Object.keys(records)]).catch(() => ({}));
    for (const [key, record] of Object.entries(before)) if (isNewer(record)) newer.add(key);
    void write({ ...records, [rootKey]: made });
    return made;
  }

  /** What the browser refuses to write stays valid here, and is tried again. Never rejects. */
  function write(records: Readonly<Record<string, Root | Shard>>): Promise<void> {
    const own = Object.entries(records).filter(([key]) => !newer.has(key));
    if (newer.size > 0) onSaved({ kind: 'newer-version' });
    unsaved = { ...unsaved, ...Object.fromEntries(own) };
    return writing(async () => {
      const taken = unsaved;
      if (Object.keys(taken).length === 0) return;
      try {
        await store.set(taken);
        unsaved = Object.fromEntries(Object.entries(unsaved).filter(([key, record]) => taken[key] !== record));
        if (newer.size === 0) onSaved(null);
      } catch (error) {
        onSaved(toFailure(error));
        later.ask();
      }
    });
  }

  /** In memory at once; `written` when it is on disk or was refused. */
  async function change(
    shard: number,
    entries: (before: readonly Summary[]) => readonly Summary[],
  ): Promise<{ readonly written: Promise<void> }> {
    const { shards: count } = await loadRoot();
    if (shard < count) await loadShards([shard]);
    const next: Shard = { v: 1, entries: entries(shards.get(shard)?.entries ?? []) };
    const nextRoot: Root = { v: 1, shards: Math.max(count, shard + 1) };
    shards.set(shard, next);
    root = nextRoot;
    const changed = { [shardKey(shard)]: next, ...(nextRoot.shards === count ? {} : { [rootKey]: nextRoot }) };
    return { written: write(changed) };
  }

  return {
    all: () =>
      queue(async () => {
        const { shards: count } = await loadRoot();
        await loadShards(Array.from({ length: count }, (_, shard) => shard));
        return uniqueById([...shards.values()].flatMap(({ entries }) => entries)).sort(
          (a, b) => b.updatedAt - a.updatedAt,
        );
      }),
    shardForNew: () =>
      queue(async () => {
        const { shards: count } = await loadRoot();
        const last = count - 1;
        await loadShards([last]);
        return (shards.get(last)?.entries.length ?? 0) < shardSize ? last : count;
      }),
    put: async (summary, shard) => {
      const { written } = await queue(() =>
        change(shard, (entries) => [...entries.filter(({ id }) => id !== summary.id), summary]),
      );
      await written;
    },
    rebuild: () =>
      queue(async () => {
        shards.clear();
        root = await rebuild();
      }),
    remove: async (id, shard) => {
      const { removed, written } = await queue(async () => {
        await loadRoot();
        await loadShards([shard]);
        const found = shards.get(shard)?.entries.find((entry) => entry.id === id);
        if (!found) return { removed: undefined, written: undefined };
        return { removed: found, ...(await change(shard, (entries) => entries.filter((entry) => entry.id !== id))) };
      });
      await written;
      return removed;
    },
  };
}

/** A conversation whose head was lost may stand in two shards. */
function uniqueById(entries: readonly Summary[]): Summary[] {
  return [...new Map(entries.map((entry) => [entry.id, entry])).values()];
}

/** More shards than a million conversations fill are no count but damage. */
const mostShards = 5000;

function isRoot(value: unknown): value is Root {
  if (!isRecord(value, 1)) return false;
  const count = value['shards'];
  return Number.isSafeInteger(count) && Number(count) > 0 && Number(count) <= mostShards;
}

function isShard(value: unknown): value is Shard {
  return isRecord(value, 1) && Array.isArray(value['entries']) && value['entries'].every(isSummary);
}

function isSummary(value: unknown): value is Summary {
  if (typeof value !== 'object' || value === null) return false;
  const { id, title, createdAt, updatedAt } = value as { readonly [field in keyof Summary]?: unknown };
  return (
    typeof id === 'string' &&
    typeof title === 'string' &&
    typeof createdAt === 'number' &&
    typeof updatedAt === 'number'
  );
}
