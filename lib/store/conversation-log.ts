import { applyEvent, emptyConversation } from '@/lib/chat/apply-event';
import { coalesce, isText } from '@/lib/chat/coalesce';
import type { ChatEvent, Conversation } from '@/lib/chat/types';
import { type Failure, toFailure } from '@/lib/errors/failure';
import { checksum, makeChunk, readChunk } from './chunks';
import { isNewer, isRecord } from './is-record';
import type { KeyValue } from './key-value';
import { createQueue } from './queue';
import { createLater } from './retry-later';

/**
 * What is known of a conversation without its events, under `chat/<id>`. Its chunks are `chat/<id>/<n>`: the sealed
 * ones hold a turn or more each; the open ones are the checkpoints of the turn that is running, a run of numbers.
 */
export interface Head {
  /** 1; a higher number was written by a newer version, which keeps these fields. */
  readonly v: number;
  readonly id: string;
  readonly createdAt: number;
  readonly sealed: readonly number[];
  readonly open: { readonly first: number; readonly count: number };
  /** The shard of the list that has its summary. */
  readonly shard: number;
  readonly deletedAt?: number;
  /** Chunks that could not be read when their turn was sealed; kept for export. */
  readonly kept?: readonly number[];
  /** Of the other fields: a number altered on the disk would let one chunk be written over another. */
  readonly sum?: string;
}

export const headKey = (id: string): string => `chat/${id}`;
/** A head that could not be understood, kept for export beside the one that took its place. */
export const keptHeadKey = (id: string): string => `chat/${id}/head`;
export const chunkKey = (id: string, chunk: number): string => `chat/${id}/${chunk}`;

/** A checkpoint is at most so far behind what is shown. */
const checkpointMs = 200;
const checkpointLength = 2000;

/** The writer of one conversation. There is one at a time, in the background. */
export interface ConversationLog {
  readonly head: () => Head;
  /** Takes events down; they are on disk within 250 ms or 2 kB, or `onSaved` says why not. */
  append(events: readonly ChatEvent[]): void;
  /** Resolves when everything taken so far is on disk; rejects (and keeps it for later) when the browser refuses. */
  flush(): Promise<void>;
  /** Makes one chunk of the open ones: to be called when a turn has ended. */
  seal(): Promise<void>;
  /** Changes the head itself. */
  rewriteHead(change: HeadChange): Promise<void>;
}

export interface HeadChange {
  /** undefined: not deleted (any more). */
  readonly deletedAt: number | undefined;
}

type Records = Readonly<Record<string, unknown>>;

export interface LoadedConversation {
  readonly head: Head;
  readonly conversation: Conversation;
  /** Events of the open chunks: those that the next seal makes one. */
  readonly openEvents: readonly ChatEvent[];
  /** Keys of records that could not be read; they stay where they are. */
  readonly damaged: readonly string[];
  /** A newer version of Ava has written here: to be read, not written. */
  readonly isReadOnly: boolean;
  /** The record in the head's place that is no head: to be kept when a new one takes its place. */
  readonly tornHead?: unknown;
}

/** Undefined when there is no such conversation. What of it can't be read takes nothing else with it. */
export async function loadConversation(store: KeyValue, id: string): Promise<LoadedConversation | undefined> {
  const found = await loadHead(store, id);
  if (!found) return undefined;
  const { head } = found;
  const openNumbers = range(head.open);
  const numbers = [...head.sealed, ...openNumbers];
  const records = await store.get(numbers.map((chunk) => chunkKey(id, chunk)));
  const damaged: string[] = [...found.damaged, ...(head.kept ?? []).map((chunk) => chunkKey(id, chunk))];
  const openEvents: ChatEvent[] = [];
  let { isReadOnly } = found;
  let conversation = emptyConversation(id, head.createdAt);
  for (const number of numbers) {
    const chunk = readChunk(records[chunkKey(id, number)]);
    if (chunk.state === 'damaged') {
      damaged.push(chunkKey(id, number));
      continue;
    }
    isReadOnly ||= chunk.state === 'newer';
    for (const event of chunk.events) conversation = applyIfWhole(conversation, event);
    if (openNumbers.includes(number)) openEvents.push(...chunk.events);
  }
  return { ...found, conversation, openEvents, damaged, isReadOnly };
}

type FoundHead = Pick<LoadedConversation, 'head' | 'damaged' | 'isReadOnly' | 'tornHead'>;

/** The head; where it is lost, one made from the chunks that are there. */
async function loadHead(store: KeyValue, id: string): Promise<FoundHead | undefined> {
  const key = headKey(id);
  const record = (await store.get([key]))[key];
  if (isHead(record) && record.id === id) return { head: record, damaged: [], isReadOnly: record.v > 1 };
  const prefix = chunkKey(id, 0).slice(0, -1);
  const sealed = (await store.keys())
    .filter((other) => other.startsWith(prefix))
    .map((other) => Number(other.slice(prefix.length)))
    .filter(Number.isSafeInteger)
    .sort((one, other) => one - other);
  if (sealed.length === 0) return undefined;
  const head: Head = { ...newHead(id, 0, 0), sealed, open: { first: (sealed.at(-1) ?? 0) + 1, count: 0 } };
  if (record === undefined) return { head, damaged: [], isReadOnly: false };
  return { head, damaged: [key], isReadOnly: isNewer(record), tornHead: record };
}

function range({ first, count }: Head['open']): readonly number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

/** Everything stored of a conversation, as it lies there: for export when it can't be read. */
export async function readRecords(store: KeyValue, id: string): Promise<Readonly<Record<string, unknown>>> {
  const keys = (await store.keys()).filter((key) => key === headKey(id) || key.startsWith(`${headKey(id)}/`));
  return store.get(keys);
}

export interface LogOptions {
  readonly store: KeyValue;
  readonly head: Head;
  readonly openEvents: readonly ChatEvent[];
  /** Keys of records that must stay, because they could not be read. */
  readonly damaged?: readonly string[];
  readonly tornHead?: unknown;
  /** Called after every write: null when it was taken, else why the browser refused. */
  readonly onSaved: (failure: Failure | null) => void;
}

export function createConversationLog({
  store,
  head: firstHead,
  openEvents: start,
  damaged = [],
  tornHead: firstTorn,
  onSaved,
}: LogOptions): ConversationLog {
  const queue = createQueue();
  let head = firstHead;
  let tornHead = firstTorn;
  /** On disk, in open chunks. */
  let openEvents: readonly ChatEvent[] = start;
  /** Not on disk yet. */
  let unsaved: ChatEvent[] = [];
  let unsavedLength = 0;
  let isRefused = false;
  let nextFlush: Promise<void> | undefined;
  const later = createLater(flushQuietly);

  async function write(records: Records): Promise<void> {
    try {
      await store.set(tornHead === undefined ? records : { ...records, [keptHeadKey(head.id)]: tornHead });
      tornHead = undefined;
    } catch (error) {
      isRefused = true;
      onSaved(toFailure(error));
      later.ask();
      throw error;
    }
    isRefused = false;
    onSaved(null);
  }

  function flush(): Promise<void> {
    later.forget();
    // However many ask while a write is under way, one more is enough.
    nextFlush ??= queue(async () => {
      nextFlush = undefined;
      const taken = unsaved.length;
      if (taken === 0) {
        // What was refused last was no text: whether the browser takes anything again shows with the head.
        if (isRefused) await write({ [headKey(head.id)]: withSum(head) });
        return;
      }
      const events = coalesce(unsaved);
      const { first, count } = head.open;
      const next: Head = { ...head, open: { first, count: count + 1 } };
      await write({ [headKey(head.id)]: withSum(next), [chunkKey(head.id, first + count)]: makeChunk(events) });
      head = next;
      openEvents = [...openEvents, ...events];
      unsaved = unsaved.slice(taken);
      unsavedLength = lengthOf(unsaved);
    });
    return nextFlush;
  }

  function flushQuietly(): void {
    // `onSaved` has told; the events stay and are tried again.
    flush().catch(() => undefined);
  }

  return {
    head: () => head,
    flush,
    append: (events) => {
      unsaved.push(...events);
      unsavedLength += lengthOf(events);
      if (isRefused) later.ask();
      else if (unsavedLength >= checkpointLength) flushQuietly();
      else later.ask(checkpointMs);
    },
    seal: async () => {
      await flush();
      await queue(async () => {
        if (head.open.count === 0) return;
        const { first, count } = head.open;
        const sealed = first + count;
        const isDamaged = (number: number): boolean => damaged.includes(chunkKey(head.id, number));
        const kept = [...(head.kept ?? []), ...range(head.open).filter(isDamaged)];
        const open = range(head.open).filter((number) => !isDamaged(number));
        const next: Head = {
          ...head,
          sealed: [...head.sealed, sealed],
          open: { first: sealed + 1, count: 0 },
          ...(kept.length > 0 ? { kept } : {}),
        };
        await write({
          [headKey(head.id)]: withSum(next),
          [chunkKey(head.id, sealed)]: makeChunk(coalesce(openEvents)),
        });
        head = next;
        openEvents = [];
        await store.remove(open.map((number) => chunkKey(head.id, number)));
      });
    },
    rewriteHead: ({ deletedAt }) =>
      queue(async () => {
        const { deletedAt: _before, ...rest } = head;
        const next: Head = deletedAt === undefined ? rest : { ...rest, deletedAt };
        await write({ [headKey(head.id)]: withSum(next) });
        head = next;
      }),
  };
}

export function newHead(id: string, createdAt: number, shard: number): Head {
  return { v: 1, id, createdAt, sealed: [], open: { first: 0, count: 0 }, shard };
}

/** Whether a record says where a conversation's chunks are, in numbers that make sense. */
export function isHead(value: unknown): value is Head {
  if (!isRecord(value, 1) && !isNewer(value)) return false;
  const { v, sum, id, createdAt, sealed, open, shard } = value as { readonly [field in keyof Head]?: unknown };
  if (typeof open !== 'object' || open === null || !('first' in open) || !('count' in open)) return false;
  return (
    typeof id === 'string' &&
    typeof createdAt === 'number' &&
    Array.isArray(sealed) &&
    sealed.every(isCount) &&
    isCount(open.first) &&
    isCount(open.count) &&
    open.count <= mostOpen &&
    isCount(shard) &&
    (v !== 1 || sum === undefined || sum === sumOf(value as Head))
  );
}

function withSum(head: Head): Head {
  return { ...head, sum: sumOf(head) };
}

function sumOf({ v, id, createdAt, sealed, open, shard, deletedAt, kept }: Head): string {
  return checksum(JSON.stringify([v, id, createdAt, sealed, open.first, open.count, shard, deletedAt, kept]));
}

/** More open chunks than a day of checkpoints makes are no count but damage. */
const mostOpen = 1_000_000;

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function lengthOf(events: readonly ChatEvent[]): number {
  return events.reduce((sum, event) => sum + (isText(event) ? event.text.length : 0), 0);
}

/** Text behind a hole (a damaged chunk) can't be placed; what was whole before it stays. */
function applyIfWhole(conversation: Conversation, event: ChatEvent): Conversation {
  try {
    return applyEvent(conversation, event);
  } catch {
    return conversation;
  }
}
