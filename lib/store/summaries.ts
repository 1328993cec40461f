import type { Summary } from '@/lib/chat/types';
import { isRecord } from './is-record';
import type { KeyValue } from './key-value';
import { type Head, isHead } from './conversation-log';
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
  /** Gives the summary that was there. */
  remove(id: string, shard: number): Promise<Summary | undefined>;
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
}

export function createSummaries({ store, summarise }: SummariesOptions): Summaries {
  const queue = createQueue();
  let root: Root | undefined;
  const shards = new Map<number, Shard>();

  async function loadRoot(): Promise<Root> {
    if (root) return root;
    const stored = (await store.get([rootKey]))[rootKey];
    root = isRoot(stored) ? stored : await rebuild();
    return root;
  }

  async function loadShards(wanted: readonly number[]): Promise<void> {
    const missing = wanted.filter((shard) => !shards.has(shard));
    if (missing.length === 0) return;
    const records = await store.get(missing.map(shardKey));
    for (const shard of missing) {
      const record = records[shardKey(shard)];
      shards.set(shard, isShard(record) ? record : { v: 1, entries: [] });
    }
  }

  /** The list from the conversations themselves. */
  async function rebuild(): Promise<Root> {
    const keys = (await store.keys()).filter((key) => /^chat\/[^/]+$/u.test(key));
    const heads = Object.values(await store.get(keys)).filter(
      (head): head is Head => isHead(head) && head.deletedAt === undefined,
    );
    const records: Record<string, Root | Shard> = {};
    let last = 0;
    for (const shard of new Set(heads.map((head) => head.shard))) {
      const summaries = await Promise.all(heads.filter((head) => head.shard === shard).map(({ id }) => summarise(id)));
      const made: Shard = { v: 1, entries: summaries.filter((summary) => summary !== undefined) };
      shards.set(shard, made);
      records[shardKey(shard)] = made;
      last = Math.max(last, shard);
    }
    const made: Root = { v: 1, shards: last + 1 };
    await store.set({ ...records, [rootKey]: made });
    return made;
  }

  async function change(shard: number, entries: (before: readonly Summary[]) => readonly Summary[]): Promise<void> {
    const { shards: count } = await loadRoot();
    await loadShards([shard]);
    const next: Shard = { v: 1, entries: entries(shards.get(shard)?.entries ?? []) };
    const nextRoot: Root = { v: 1, shards: Math.max(count, shard + 1) };
    await store.set({ [shardKey(shard)]: next, ...(nextRoot.shards === count ? {} : { [rootKey]: nextRoot }) });
    shards.set(shard, next);
    root = nextRoot;
  }

  return {
    all: () =>
      queue(async () => {
        const { shards: count } = await loadRoot();
        await loadShards(Array.from({ length: count }, (_, shard) => shard));
        return [...shards.values()].flatMap(({ entries }) => entries).sort((a, b) => b.updatedAt - a.updatedAt);
      }),
    shardForNew: () =>
      queue(async () => {
        const { shards: count } = await loadRoot();
        const last = count - 1;
        await loadShards([last]);
        return (shards.get(last)?.entries.length ?? 0) < shardSize ? last : count;
      }),
    put: (summary, shard) =>
      queue(() => change(shard, (entries) => [...entries.filter(({ id }) => id !== summary.id), summary])),
    remove: (id, shard) =>
      queue(async () => {
        await loadRoot();
        await loadShards([shard]);
        const removed = shards.get(shard)?.entries.find((entry) => entry.id === id);
        if (removed) await change(shard, (entries) => entries.filter((entry) => entry.id !== id));
        return removed;
      }),
  };
}

function isRoot(value: unknown): value is Root {
  return isRecord(value, 1) && typeof value['shards'] === 'number' && value['shards'] > 0;
}

function isShard(value: unknown): value is Shard {
  return isRecord(value, 1) && Array.isArray(value['entries']);
}
