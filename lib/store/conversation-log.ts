import { applyEvent, emptyConversation } from '@/lib/chat/apply-event';
import { coalesce, isText } from '@/lib/chat/coalesce';
import type { ChatEvent, Conversation } from '@/lib/chat/types';
import { type Failure, toFailure } from '@/lib/errors/failure';
import { makeChunk, readChunk } from './chunks';
import { isRecord } from './is-record';
import type { KeyValue } from './key-value';
import { createQueue } from './queue';

/**
 * What is known of a conversation without its events, under `chat/<id>`. Its chunks are `chat/<id>/<n>`: the sealed
 * ones hold a turn or more each; the open ones are the checkpoints of the turn that is running, a run of numbers.
 */
export interface Head {
  readonly v: 1;
  readonly id: string;
  readonly createdAt: number;
  readonly sealed: readonly number[];
  readonly open: { readonly first: number; readonly count: number };
  /** The shard of the list that has its summary. */
  readonly shard: number;
  readonly deletedAt?: number;
}

export const headKey = (id: string): string => `chat/${id}`;
export const chunkKey = (id: string, chunk: number): string => `chat/${id}/${chunk}`;

/** A checkpoint is at most so far behind what is shown. */
const checkpointMs = 200;
const checkpointLength = 2000;
/** How soon a write that the browser refused is tried again. */
const tryAgainMs = 2000;

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
  /** Keys of chunks that could not be read; they stay where they are. */
  readonly damaged: readonly string[];
}

export async function loadConversation(store: KeyValue, id: string): Promise<LoadedConversation | undefined> {
  const head = (await store.get([headKey(id)]))[headKey(id)];
  if (!isHead(head)) return undefined;
  const openNumbers = Array.from({ length: head.open.count }, (_, index) => head.open.first + index);
  const numbers = [...head.sealed, ...openNumbers];
  const records = await store.get(numbers.map((chunk) => chunkKey(id, chunk)));
  const damaged: string[] = [];
  const openEvents: ChatEvent[] = [];
  let conversation = emptyConversation(id, head.createdAt);
  for (const chunk of numbers) {
    const events = readChunk(records[chunkKey(id, chunk)]);
    if (!events) {
      damaged.push(chunkKey(id, chunk));
      continue;
    }
    for (const event of events) conversation = applyIfWhole(conversation, event);
    if (openNumbers.includes(chunk)) openEvents.push(...events);
  }
  return { head, conversation, openEvents, damaged };
}

export interface LogOptions {
  readonly store: KeyValue;
  readonly head: Head;
  readonly openEvents: readonly ChatEvent[];
  /** Called after every write: null when it was taken, else why the browser refused. */
  readonly onSaved: (failure: Failure | null) => void;
}

export function createConversationLog({
  store,
  head: firstHead,
  openEvents: kept,
  onSaved,
}: LogOptions): ConversationLog {
  const queue = createQueue();
  let head = firstHead;
  /** On disk, in open chunks. */
  let openEvents: readonly ChatEvent[] = kept;
  /** Not on disk yet. */
  let unsaved: readonly ChatEvent[] = [];
  let unsavedLength = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function write(records: Records): Promise<void> {
    try {
      await store.set(records);
    } catch (error) {
      onSaved({ ...toFailure(error), kind: 'storage' });
      throw error;
    }
    onSaved(null);
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    return queue(async () => {
      const taken = unsaved.length;
      if (taken === 0) return;
      const events = coalesce(unsaved);
      const { first, count } = head.open;
      const next: Head = { ...head, open: { first, count: count + 1 } };
      try {
        await write({ [headKey(head.id)]: next, [chunkKey(head.id, first + count)]: makeChunk(events) });
      } catch (error) {
        timer ??= setTimeout(flushQuietly, tryAgainMs);
        throw error;
      }
      head = next;
      openEvents = [...openEvents, ...events];
      unsaved = unsaved.slice(taken);
      unsavedLength = lengthOf(unsaved);
    });
  }

  function flushQuietly(): void {
    // `onSaved` has told; the events stay and are tried again.
    flush().catch(() => undefined);
  }

  return {
    head: () => head,
    flush,
    append: (events) => {
      unsaved = [...unsaved, ...events];
      unsavedLength += lengthOf(events);
      if (unsavedLength >= checkpointLength) flushQuietly();
      else timer ??= setTimeout(flushQuietly, checkpointMs);
    },
    seal: async () => {
      await flush();
      await queue(async () => {
        if (head.open.count === 0) return;
        const { first, count } = head.open;
        const sealed = first + count;
        const next: Head = { ...head, sealed: [...head.sealed, sealed], open: { first: sealed + 1, count: 0 } };
        await write({ [headKey(head.id)]: next, [chunkKey(head.id, sealed)]: makeChunk(coalesce(openEvents)) });
        head = next;
        openEvents = [];
        await store.remove(Array.from({ length: count }, (_, index) => chunkKey(head.id, first + index)));
      });
    },
    rewriteHead: ({ deletedAt }) =>
      queue(async () => {
        const { deletedAt: _before, ...rest } = head;
        const next: Head = deletedAt === undefined ? rest : { ...rest, deletedAt };
        await write({ [headKey(head.id)]: next });
        head = next;
      }),
  };
}

export function newHead(id: string, createdAt: number, shard: number): Head {
  return { v: 1, id, createdAt, sealed: [], open: { first: 0, count: 0 }, shard };
}

export function isHead(value: unknown): value is Head {
  return (
    isRecord(value, 1) &&
    typeof value['id'] === 'string' &&
    Array.isArray(value['sealed']) &&
    typeof value['open'] === 'object' &&
    value['open'] !== null
  );
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
