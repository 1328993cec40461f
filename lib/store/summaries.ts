import type { Summary } from '@/lib/chat/types';
import { isRecord } from './is-record';
import type { KeyValue } from './key-value';
import { headKey, isHead } from './conversation-log';
import { createQueue } from './queue';

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
  remove(id: string, shard: number): Promise<void>;
  /** Makes the list anew from the conversations. */
  rebuild(): Promise<unknown>;
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
  /** One that takes every write (`createSteadyKeyValue`). */
  readonly store: KeyValue;
  /** The summary of a conversation read from its own records: to make the list again where it is missing. */
  readonly summarise: (id: string) => Promise<Summary | undefined>;
}

export function createSummaries({ store, summarise }: SummariesOptions): Summaries {
  const queue = createQueue();
  /** How many shards there are; undefined until somebody asks. */
  let count: number | undefined;
  const shards = new Map<number, readonly Summary[]>();

  /** Loads shards and gives their number. Where one is missing or torn, the list is made again. */
  async function load(wanted: (count: number) => readonly number[]): Promise<number> {
    if (count === undefined) {
      const root = (await store.get([rootKey]))[rootKey];
      if (!isRoot(root)) return rebuild();
      count = root.shards;
    }
    const missing = wanted(count).filter((shard) => !shards.has(shard));
    const records = missing.length > 0 ? await store.get(missing.map(shardKey)) : {};
    for (const shard of missing) {
      const record = records[shardKey(shard)];
      if (!isShard(record)) return rebuild();
      shards.set(shard, record.entries);
    }
    return count;
  }

  /** The list from the conversations themselves. One that can't be read does not keep the others out. */
  async function rebuild(): Promise<number> {
    const ids = new Set((await store.keys()).filter((key) => key.startsWith('chat/')).map((key) => key.split('/')[1]));
    shards.clear();
    shards.set(0, []);
    for (const id of ids) {
      if (!id) continue;
      const found = await store.get([headKey(id)]).catch((): Readonly<Record<string, unknown>> => ({}));
      const head = found[headKey(id)];
      const isKnown = isHead(head);
      if (isKnown && head.deletedAt !== undefined) continue;
      const summary = await summarise(id).catch(() => undefined);
      const shard = isKnown ? head.shard : 0;
      if (summary) shards.set(shard, [...(shards.get(shard) ?? []), summary]);
    }
    count = 1 + Math.max(...shards.keys());
    const records = Array.from({ length: count }, (_, shard) => [shardKey(shard), shardOf(shards.get(shard) ?? [])]);
    void store.set({ ...Object.fromEntries(records), [rootKey]: rootOf(count) });
    return count;
  }

  /** Valid at once; resolves when it is written. */
  async function change(shard: number, entries: (before: readonly Summary[]) => readonly Summary[]): Promise<void> {
    let written: Promise<void> | undefined;
    await queue(async () => {
      const before = await load((shardCount) => (shard < shardCount ? [shard] : []));
      const next = entries(shards.get(shard) ?? []);
      shards.set(shard, next);
      count = Math.max(before, shard + 1);
      written = store.set({
        [shardKey(shard)]: shardOf(next),
        ...(count > before ? { [rootKey]: rootOf(count) } : {}),
      });
    });
    await written;
  }

  return {
    all: () =>
      queue(async () => {
        await load((shardCount) => Array.from({ length: shardCount }, (_, shard) => shard));
        return uniqueById([...shards.values()].flat()).sort((a, b) => b.updatedAt - a.updatedAt);
      }),
    shardForNew: () =>
      queue(async () => {
        const last = (await load((shardCount) => [shardCount - 1])) - 1;
        return (shards.get(last)?.length ?? 0) < shardSize ? last : last + 1;
      }),
    put: (summary, shard) => change(shard, (entries) => [...entries.filter(({ id }) => id !== summary.id), summary]),
    rebuild: () => queue(rebuild),
    remove: (id, shard) => change(shard, (entries) => entries.filter((entry) => entry.id !== id)),
  };
}

const rootOf = (shards: number): Root => ({ v: 1, shards });
const shardOf = (entries: readonly Summary[]): Shard => ({ v: 1, entries });

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

/** What a list needs to show it. */
function isSummary(value: unknown): value is Summary {
  const { id, title, updatedAt } = (value ?? {}) as { readonly [field in keyof Summary]?: unknown };
  return typeof id === 'string' && typeof title === 'string' && typeof updatedAt === 'number';
}
