import { defined } from '@/lib/errors/defined';
import { applyEvents, emptyConversation } from '@/lib/chat/apply-event';
import { findReply, streamingReplies, titleOf } from '@/lib/chat/branches';
import { coalesce, isText } from '@/lib/chat/coalesce';
import type { ChatEvent, Conversation, Message, Reply, Summary } from '@/lib/chat/types';
import type { Health, ToPage } from '@/lib/protocol/messages';
import { type ConversationLog, createConversationLog, loadConversation, newHead } from '@/lib/store/conversation-log';
import type { KeyValue } from '@/lib/store/key-value';
import type { Summaries } from '@/lib/store/summaries';

/**
 * Events wait so long for others before they are sent: a frame or two of the screen. Text that comes after silence does
 * not wait; what began its reply is on disk by then.
 */
const frameMs = 24;

/** A conversation that is open in the background: its fold, its log, and who watches. */
export interface LiveConversation {
  readonly id: string;
  conversation(): Conversation;
  isDeleted(): boolean;
  /** Written by a newer version of Ava: it can be shown, not changed. */
  readonly isReadOnly: boolean;
  /** Folds the events, and passes them on to watchers and log. */
  record(...events: readonly ChatEvent[]): void;
  /** Resolves when all is on disk, or the browser has refused it. */
  flush(): Promise<void>;
  /** To be called when a turn has ended. */
  seal(): Promise<void>;
  /** Sends a snapshot now, then every batch of events. Gives the function that ends it. */
  watch(send: (message: ToPage) => void): () => void;
  /** Takes over what a page still shows of a message, and the log lacks because its worker died. */
  takeOver(held: Message): void;
  remove(deletedAt: number): Promise<void>;
  restore(): Promise<void>;
  /** Brings the list up to date. */
  summarise(updatedAt: number): Promise<void>;
}

export interface LiveConversationsWorld {
  readonly store: KeyValue;
  readonly summaries: Summaries;
  readonly now: () => number;
}

export interface LiveConversations {
  /** undefined when there is no such conversation. */
  open(id: string): Promise<LiveConversation | undefined>;
  /** `isNew`: the id has just been made. A head is still looked for, but not what may be left of a lost one. */
  openOrCreate(id: string, createdAt: number, isNew: boolean): Promise<LiveConversation>;
  /** One that is known to be new, when the disk can't be asked. */
  create(id: string, createdAt: number): Promise<LiveConversation>;
  /** Resolves when all that is open is on disk, or has been refused. */
  flush(): Promise<unknown>;
}

export function createLiveConversations(world: LiveConversationsWorld): LiveConversations {
  const live = new Map<string, Promise<LiveConversation | undefined>>();

  const open = (id: string, isNew = false): Promise<LiveConversation | undefined> => {
    const known = live.get(id);
    if (known) return known;
    const opening = openStored(id, isNew, world);
    live.set(id, opening);
    const forget = (): void => {
      if (live.get(id) === opening) live.delete(id);
    };
    void opening.then((found) => {
      if (!found) forget();
    }, forget);
    return opening;
  };

  return {
    open: (id) => open(id),
    openOrCreate: async (id, createdAt, isNew) => {
      const found = await open(id, isNew);
      if (found) return found;
      // Two asks at once: the one that comes second here finds what the first one made.
      const made = live.get(id) ?? createNew(id, createdAt, world);
      live.set(id, made);
      return (await made) ?? createNew(id, createdAt, world);
    },
    flush: () => Promise.all([...live.values()].map(async (opened) => (await opened)?.flush())),
    create: (id, createdAt) => {
      const made = createNew(id, createdAt, world);
      live.set(id, made);
      return made;
    },
  };
}

async function openStored(
  id: string,
  isNew: boolean,
  world: LiveConversationsWorld,
): Promise<LiveConversation | undefined> {
  const loaded = await loadConversation(world.store, id, { isNew });
  if (!loaded) return undefined;
  const { conversation, damaged, isReadOnly } = loaded;
  const log = createConversationLog({
    ...loaded,
    // What a newer version wrote stays as it is: changes are shown, and end with the page.
    store: isReadOnly ? { ...world.store, set: () => Promise.resolve() } : world.store,
  });
  const ends = streamingReplies(conversation).map((reply) => interrupted(reply, world.now()));
  const health = { damaged, isReadOnly };
  if (isReadOnly) return createLive(applyEvents(conversation, ends), log, health, world);
  const opened = createLive(conversation, log, health, world);
  // No turn runs in a conversation that had to be loaded: what the log calls streaming lost its worker.
  if (ends.length > 0) opened.record(...ends);
  return opened;
}

async function createNew(id: string, createdAt: number, world: LiveConversationsWorld): Promise<LiveConversation> {
  // A list that can't be read must not keep anybody from asking: the first shard will do.
  const shard = await world.summaries.shardForNew().catch(() => 0);
  const head = newHead(id, createdAt, shard);
  const log = createConversationLog({ store: world.store, head, openEvents: [] });
  return createLive(emptyConversation(id, createdAt), log, { damaged: [], isReadOnly: false }, world);
}

function createLive(
  start: Conversation,
  log: ConversationLog,
  health: Health,
  { summaries, now }: LiveConversationsWorld,
): LiveConversation {
  const watchers = new Set<(message: ToPage) => void>();
  let conversation = start;
  let batch: ChatEvent[] = [];
  /** Runs while a batch waits, and for a frame after one was sent. */
  let timer: ReturnType<typeof setTimeout> | undefined;

  function sendBatch(): void {
    clearTimeout(timer);
    timer = undefined;
    if (batch.length === 0) return;
    const events = coalesce(batch);
    batch = [];
    for (const send of watchers) send({ type: 'events', conversationId: conversation.id, events });
    timer = setTimeout(sendBatch, frameMs);
  }

  function record(...events: readonly ChatEvent[]): void {
    conversation = applyEvents(conversation, events);
    log.append(events);
    if (watchers.size === 0) return;
    batch.push(...events);
    if (timer === undefined && events.every(isText)) sendBatch();
    else timer ??= setTimeout(sendBatch, frameMs);
  }

  function takeOver(held: Message): void {
    const known = conversation.messages.find(({ id }) => id === held.id);
    if (held.role === 'user') {
      if (!known) record({ type: 'asked', message: held });
      return;
    }
    if (known && (known.role !== 'assistant' || known.state === 'streaming')) return;
    const { id: messageId, parentId, model, continuations = 0 } = held;
    const isBehind = known !== undefined && continuations < (known.continuations ?? 0);
    const isAhead = continuations > (known?.continuations ?? 0);
    if (isBehind || (known && !isAhead && known.state !== 'interrupted')) return;
    if (!known) record({ type: 'reply-started', messageId, parentId, model, time: held.createdAt });
    if (isAhead) {
      const time = held.continuedAt ?? held.createdAt;
      record({ type: 'reply-continued', messageId, continuation: continuations, model, time });
    }
    record(...missingText(findReply(conversation, messageId), held), ...endOf(held, now()));
  }

  return {
    id: conversation.id,
    conversation: () => conversation,
    isDeleted: () => log.head().deletedAt !== undefined,
    isReadOnly: health.isReadOnly,
    record,
    flush: () => log.flush(),
    seal: () => log.seal(),
    watch: (send) => {
      // What waits in the batch is in the snapshot already; the others get it now.
      sendBatch();
      send({ type: 'snapshot', conversation, health });
      watchers.add(send);
      return () => {
        watchers.delete(send);
      };
    },
    takeOver,
    remove: async (deletedAt) => {
      const { shard } = log.head();
      void log.rewriteHead({ deletedAt });
      await summaries.remove(conversation.id, shard);
      for (const send of watchers) send({ type: 'no-conversation', conversationId: conversation.id });
      watchers.clear();
    },
    restore: async () => {
      void log.rewriteHead({ deletedAt: undefined });
      await summaries.put(summaryOf(conversation, lastChange(conversation)), log.head().shard);
    },
    summarise: async (updatedAt) => {
      if (log.head().deletedAt === undefined) {
        await summaries.put(summaryOf(conversation, updatedAt), log.head().shard);
      }
    },
  };
}

function interrupted({ id, continuations }: Reply, time: number): ChatEvent {
  return defined({
    type: 'reply-finished',
    messageId: id,
    ending: 'interrupted',
    time,
    continuation: continuations,
  } as const);
}

/** How the page saw it end; where it saw no end, nobody knows any more what became of the request: `interrupted`. */
function endOf(held: Reply, now: number): readonly ChatEvent[] {
  const { id: messageId, state, failure, usage, servedBy, fallback } = held;
  const { finishedAt: time = now, continuations: continuation } = held;
  if (state === 'streaming' || state === 'interrupted') return [interrupted(held, now)];
  const end = { messageId, time, continuation, usage };
  return [
    ...(servedBy === undefined ? [] : [defined({ type: 'reply-served', messageId, servedBy, fallback } as const)]),
    failure
      ? defined({ type: 'reply-failed', ...end, failure } as const)
      : defined({ type: 'reply-finished', ...end, ending: state === 'error' ? 'interrupted' : state } as const),
  ];
}

/** The text that a page has and the log lacks: the log may be behind a worker that died, never ahead. */
function missingText(known: Reply | undefined, held: Reply): readonly ChatEvent[] {
  if (!known) return [];
  return held.parts.flatMap(({ type, text, startedAt }, part): readonly ChatEvent[] => {
    const before = known.parts[part]?.text ?? '';
    if (!text.startsWith(before) || text === before) return [];
    const at = before.length;
    const time = at === 0 ? startedAt : undefined;
    return [defined({ type, messageId: held.id, part, at, text: text.slice(at), time })];
  });
}

export function summaryOf(conversation: Conversation, updatedAt: number): Summary {
  return { id: conversation.id, title: titleOf(conversation), createdAt: conversation.createdAt, updatedAt };
}

export function lastChange(conversation: Conversation): number {
  return Math.max(
    conversation.createdAt,
    ...conversation.messages.map((message) =>
      message.role === 'assistant' ? (message.finishedAt ?? message.createdAt) : message.createdAt,
    ),
  );
}
