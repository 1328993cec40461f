import { applyEvent, emptyConversation } from '@/lib/chat/apply-event';
import { coalesce, isText } from '@/lib/chat/coalesce';
import type { ChatEvent, Conversation } from '@/lib/chat/types';
import { checksum, makeChunk, readChunk } from './chunks';
import { isNewer, isRecord } from './is-record';
import type { KeyValue } from './key-value';
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

/** A checkpoint is written so long after its first text; a busy disk takes as long again, and 250 ms is what is promised. */
const checkpointMs = 120;
const checkpointLength = 2000;

/** The writer of one conversation. There is one at a time, in the background. */
export interface ConversationLog {
  readonly head: () => Head;
  /** Takes events down; they are written within 250 ms or 2 kB. */
  append(events: readonly ChatEvent[]): void;
  /** Resolves when everything taken so far is on disk, or the browser has refused it. */
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

/**
 * Undefined when there is no such conversation. What of it can't be read takes nothing else with it. `isNew`: its id has
 * just been made, so the whole disk is not searched for what a lost head may have left.
 */
export async function loadConversation(
  store: KeyValue,
  id: string,
  { isNew = false }: { readonly isNew?: boolean } = {},
): Promise<LoadedConversation | undefined> {
  const found = await loadHead(store, id, isNew);
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
async function loadHead(store: KeyValue, id: string, isNew: boolean): Promise<FoundHead | undefined> {
  const key = headKey(id);
  const record = (await store.get([key]))[key];
  if (isHead(record) && record.id === id) return { head: record, damaged: [], isReadOnly: record.v > 1 };
  if (record === undefined && isNew) return undefined;
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

export interface LogOptions {
  /** One that takes every write (`createSteadyKeyValue`). */
  readonly store: KeyValue;
  readonly head: Head;
  readonly openEvents: readonly ChatEvent[];
  /** Keys of records that must stay, because they could not be read. */
  readonly damaged?: readonly string[];
  readonly tornHead?: unknown;
}

export function createConversationLog({
  store,
  head: firstHead,
  openEvents: start,
  damaged = [],
  tornHead,
}: LogOptions): ConversationLog {
  let head = firstHead;
  let torn = tornHead;
  /** Written, in open chunks. */
  let openEvents: readonly ChatEvent[] = start;
  let unwritten: ChatEvent[] = [];
  let unwrittenLength = 0;
  let written: Promise<void> = Promise.resolve();
  const later = createLater(() => void flush());

  /** Writes the head, and a chunk with it, in one. */
  function write(next: Head, chunk?: readonly [number, readonly ChatEvent[]]): void {
    head = next;
    const kept = torn === undefined ? {} : { [keptHeadKey(head.id)]: torn };
    torn = undefined;
    written = store.set({
      ...kept,
      [headKey(head.id)]: signHead(head),
      ...(chunk ? { [chunkKey(head.id, chunk[0])]: makeChunk(chunk[1]) } : {}),
    });
  }

  function flush(): Promise<void> {
    later.forget();
    if (unwritten.length > 0) {
      const events = coalesce(unwritten);
      unwritten = [];
      unwrittenLength = 0;
      openEvents = [...openEvents, ...events];
      const { first, count } = head.open;
      write({ ...head, open: { first, count: count + 1 } }, [first + count, events]);
    }
    return written;
  }

  return {
    head: () => head,
    flush,
    append: (events) => {
      unwritten.push(...events);
      unwrittenLength += lengthOf(events);
      if (unwrittenLength >= checkpointLength) void flush();
      else later.ask(checkpointMs);
    },
    seal: async () => {
      void flush();
      const numbers = range(head.open);
      if (numbers.length > 0) {
        const sealed = head.open.first + head.open.count;
        const isDamaged = (number: number): boolean => damaged.includes(chunkKey(head.id, number));
        const kept = [...(head.kept ?? []), ...numbers.filter(isDamaged)];
        const events = coalesce(openEvents);
        openEvents = [];
        write(
          {
            ...head,
            sealed: [...head.sealed, sealed],
            open: { first: sealed + 1, count: 0 },
            ...(kept.length > 0 ? { kept } : {}),
          },
          [sealed, events],
        );
        const merged = numbers.filter((number) => !isDamaged(number)).map((number) => chunkKey(head.id, number));
        await written;
        await store.remove(merged);
      }
      await written;
    },
    rewriteHead: ({ deletedAt }) => {
      const { deletedAt: _before, ...rest } = head;
      write(deletedAt === undefined ? rest : { ...rest, deletedAt });
      return written;
    },
  };
}

export function newHead(id: string, createdAt: number, shard: number): Head {
  return { v: 1, id, createdAt, sealed: [], open: { first: 0, count: 0 }, shard };
}

/** Whether a record is a head as it was written: a number altered on the disk would let chunks be written over others. */
export function isHead(value: unknown): value is Head {
  return isNewer(value) ? hasChunks(value) : isRecord(value, 1) && value['sum'] === sumOf(value);
}

/** What a newer version wrote is read as far as it is understood. */
function hasChunks(value: unknown): boolean {
  const { id, sealed, open } = value as Partial<Head>;
  return typeof id === 'string' && Array.isArray(sealed) && typeof open?.count === 'number' && open.count <= mostOpen;
}

const mostOpen = 1_000_000;

/** In this order, as storage keeps none. */
const summedFields = ['v', 'id', 'createdAt', 'sealed', 'open', 'first', 'count', 'shard', 'deletedAt', 'kept'];

/** The head as it is written. */
export function signHead(head: Head): Head {
  return { ...head, sum: sumOf(head) };
}

function sumOf(head: object): string {
  return checksum(JSON.stringify(head, summedFields));
}

function lengthOf(events: readonly ChatEvent[]): number {
  return events.reduce((sum, event) => sum + (isText(event) ? event.text.length : 0), 0);
}

/** Text behind a hole (a damaged chunk) can't be placed; what was whole before it stays. */
function applyIfWhole(conversation: Conversation, event: ChatEvent): Conversation {
  try {
    // An event that a newer version invented has no fold here.
    const next: Conversation | undefined = applyEvent(conversation, event);
    return next ?? conversation;
  } catch {
    return conversation;
  }
}
