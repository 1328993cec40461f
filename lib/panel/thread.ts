import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { applyEvent, emptyConversation, MissingText } from '@/lib/chat/apply-event';
import { headOfVersion, shownMessages, streamingReplies, type ShownMessage } from '@/lib/chat/branches';
import type { ChatEvent, Conversation, Message, ModelRef, Reply, UserMessage } from '@/lib/chat/types';
import type { Failure } from '@/lib/errors/failure';
import type { Health } from '@/lib/protocol/messages';
import type { Line } from './line';

/** The conversation on screen: a fold of what the background sends. */
export interface Thread {
  /** undefined: a new chat, or one that has not arrived yet (`isLoading`). */
  readonly conversation: ReadonlySignal<Conversation | undefined>;
  readonly conversationId: ReadonlySignal<string | null>;
  readonly isLoading: ReadonlySignal<boolean>;
  /** How well it could be read from the disk. */
  readonly health: ReadonlySignal<Health>;
  readonly messages: ReadonlySignal<readonly ShownMessage[]>;
  /** The reply that is being written on the shown branch. */
  readonly streaming: ReadonlySignal<Reply | undefined>;
  /** Whether any reply is being written, on whichever branch: where both windows have asked there are two. */
  isWriting(): boolean;
  /** The question that was sent and not acknowledged yet: on its way, and still in the composer. */
  readonly pending: ReadonlySignal<UserMessage | undefined>;
  /** Why the last question could not even be taken. */
  readonly refusal: ReadonlySignal<Failure | undefined>;
  /** Shows a conversation; null is a new chat. */
  open(conversationId: string | null): void;
  ask(message: UserMessage): void;
  /**
   * A further version of a reply; in an unanswered question's place, its first. Does nothing while one is on its way or
   * being written: a double click asks once.
   */
  retry(parentId: string): void;
  /** Lets a reply that has ended go on where it ended. */
  goOn(messageId: string): void;
  stop(): void;
  tryNow(): void;
  stepVersion(messageId: string, step: 1 | -1): void;
}

const wellRead: Health = { damaged: [], isReadOnly: false };

export interface ThreadOptions {
  readonly line: Line;
  readonly newId: () => string;
  /** The model of the next question; undefined when none is chosen. */
  readonly model: () => ModelRef | undefined;
  readonly onShown: (conversationId: string | null) => void;
  /** The background has the question: it may leave the composer. */
  readonly onAsked: () => void;
  /** The background could not take it: it stays in the composer. Called when the view has followed. */
  readonly onRefused: () => void;
}

/** A question that is on its way. Whatever is shown meanwhile, it is the background's answer that ends it. */
interface Pending {
  readonly conversationId: string;
  readonly message: UserMessage;
  /** It was to begin the conversation. */
  readonly isFirst: boolean;
  readonly send: () => void;
}

/** After this long a background has written what it recorded, or has said that it can't. */
const writtenMs = 3000;

/** How often a question is sent again into a conversation that the background does not know. */
const maxResends = 3;

export function createThread(options: ThreadOptions): Thread {
  const { line, newId } = options;
  const conversationId = signal<string | null>(null);
  const conversation = signal<Conversation | undefined>(undefined);
  const isLoading = signal(false);
  const health = signal<Health>(wellRead);
  const pending = signal<Pending | undefined>(undefined);
  let resends = 0;
  const refusal = signal<Failure | undefined>(undefined);
  /** The last refusal, and where it is to be seen: also by those who come back there later. */
  let refused: { readonly conversationId: string | null; readonly failure: Failure } | undefined;
  /** What was retried last, and how many versions it had then. */
  let retried: { readonly parentId: string; readonly versions: number } | undefined;
  /** Messages that came or grew before the page's eyes: a worker that dies may not have written them yet. */
  const fresh = new Set<string>();
  /** The same of conversations that were left a moment ago. */
  const left = new Map<string, readonly Message[]>();

  const messages = computed(() => (conversation.value ? shownMessages(conversation.value) : []));
  const streaming = computed(() => {
    const last = messages.value.at(-1)?.message;
    return last?.role === 'assistant' && last.state === 'streaming' ? last : undefined;
  });

  /** What the user has turned away from was shown all the same. */
  function leave(id: string): void {
    const holding = conversation.value ? whatItHolds(conversation.value, fresh) : [];
    if (holding.length === 0) return;
    left.set(id, holding);
    setTimeout(() => {
      if (left.get(id) === holding) left.delete(id);
    }, writtenMs);
  }

  function handOverWhatWasLeft(): void {
    for (const [id, holding] of left) {
      if (id === conversationId.value) continue;
      line.send({ type: 'watch', conversationId: id, holding });
      unwatch(id);
    }
  }

  function watch(): void {
    const id = conversationId.value;
    const asked = pending.value?.conversationId;
    if (asked !== undefined && asked !== id) line.send({ type: 'watch', conversationId: asked });
    if (id === null) return;
    const holding = conversation.value ? whatItHolds(conversation.value, fresh) : [];
    line.send({ type: 'watch', conversationId: id, ...(holding.length > 0 ? { holding } : {}) });
  }

  function unwatch(id: string | null): void {
    if (id !== null && id !== pending.value?.conversationId) line.send({ type: 'unwatch', conversationId: id });
  }

  function show(id: string | null): void {
    if (conversationId.value === id) return;
    if (conversationId.value !== null) leave(conversationId.value);
    unwatch(conversationId.value);
    conversationId.value = id;
    conversation.value = undefined;
    fresh.clear();
    retried = undefined;
    health.value = wellRead;
    refusal.value = refused?.conversationId === id ? refused.failure : undefined;
    isLoading.value = id !== null;
    options.onShown(id);
  }

  /** The question is no longer on its way; its conversation is watched only if it is shown. */
  function settle({ conversationId: id }: Pending): void {
    pending.value = undefined;
    if (id !== conversationId.value) unwatch(id);
  }

  function accept(written: readonly Message[]): void {
    const waiting = pending.value;
    if (!waiting || !written.some(({ id }) => id === waiting.message.id)) return;
    settle(waiting);
    if (waiting.conversationId === conversationId.value) fresh.add(waiting.message.id);
    options.onAsked();
  }

  function refuse(id: string, failure: Failure): void {
    const waiting = pending.value?.conversationId === id ? pending.value : undefined;
    if (!waiting && id !== conversationId.value) return;
    if (waiting) settle(waiting);
    retried = undefined;
    const isShown = id === conversationId.value;
    const isNew = waiting?.isFirst === true || (isShown && !conversation.value);
    refused = { conversationId: isNew ? null : id, failure };
    if (isShown && isNew) show(null);
    if (refused.conversationId === conversationId.value) refusal.value = failure;
    if (waiting) options.onRefused();
  }

  function receive(next: Conversation): void {
    conversation.value = next;
    isLoading.value = false;
    accept(next.messages);
  }

  function fold(events: readonly ChatEvent[]): void {
    if (!conversation.value) return;
    for (const event of events) {
      if (event.type === 'asked') fresh.add(event.message.id);
      if ('messageId' in event) fresh.add(event.messageId);
    }
    try {
      receive(events.reduce(applyEvent, conversation.value));
    } catch (error) {
      if (!(error instanceof MissingText)) throw error;
      watch();
    }
  }

  function repliesTo(question: string): readonly Reply[] {
    const all = conversation.value?.messages ?? [];
    return all.filter((message): message is Reply => message.role === 'assistant' && message.parentId === question);
  }

  line.onOpen(() => {
    // The question first: it may be what makes the conversation that is watched.
    pending.value?.send();
    handOverWhatWasLeft();
    watch();
    // What was asked for on the last line may have been lost with it.
    retried = undefined;
  });
  line.onMessage((message) => {
    switch (message.type) {
      case 'snapshot':
        if (message.conversation.id === conversationId.value) {
          health.value = message.health;
          receive(message.conversation);
        } else if (message.conversation.id === pending.value?.conversationId) {
          accept(message.conversation.messages);
        }
        return;
      case 'events':
        if (message.conversationId === conversationId.value) fold(message.events);
        else if (message.conversationId === pending.value?.conversationId) accept(asksOf(message.events));
        return;
      case 'no-conversation': {
        const waiting = pending.value;
        if (message.conversationId !== waiting?.conversationId) {
          if (message.conversationId === conversationId.value) show(null);
          return;
        }
        if (resends >= maxResends) {
          refuse(waiting.conversationId, { kind: 'bug' });
          return;
        }
        // Deleted elsewhere while this question was on its way: asked again, it brings the conversation back.
        resends += 1;
        waiting.send();
        line.send({ type: 'watch', conversationId: waiting.conversationId });
        return;
      }
      case 'refused':
        refuse(message.conversationId, message.failure);
        return;
      case 'settings':
      case 'history':
      case 'models':
      case 'diagnosis':
      case 'found-servers':
      case 'pull':
      case 'inbox':
      case 'saving':
      case 'sent':
      case 'forgetting':
      case 'forgotten':
        return;
    }
  });

  return {
    conversation,
    conversationId,
    isLoading,
    health,
    messages,
    streaming,
    isWriting: () => {
      const known = conversation.peek();
      return known !== undefined && streamingReplies(known).length > 0;
    },
    refusal,
    pending: computed(() => pending.value?.message),
    open: (id) => {
      if (conversationId.value === id) return;
      show(id);
      watch();
    },
    ask: (message) => {
      const model = options.model();
      if (!model || pending.value) return;
      refusal.value = undefined;
      refused = undefined;
      resends = 0;
      const isFirst = conversationId.value === null;
      const id = conversationId.value ?? newId();
      const replyId = newId();
      const send = (): void => {
        line.send({ type: 'ask', conversationId: id, isFirst, message, replyId, model });
      };
      pending.value = { conversationId: id, message, isFirst, send };
      if (isFirst) {
        show(id);
        conversation.value = emptyConversation(id, message.createdAt);
        isLoading.value = false;
      }
      send();
      if (isFirst) watch();
    },
    retry: (parentId) => {
      const model = options.model();
      const id = conversationId.value;
      const replies = repliesTo(parentId);
      const isAsked = line.isOpen.value && retried?.parentId === parentId && retried.versions === replies.length;
      if (!model || id === null || isAsked || replies.some(({ state }) => state === 'streaming')) return;
      line.send({ type: 'retry', conversationId: id, parentId, replyId: newId(), model });
      retried = { parentId, versions: replies.length };
    },
    goOn: (messageId) => {
      const model = options.model();
      const id = conversationId.value;
      if (model && id !== null) line.send({ type: 'continue', conversationId: id, messageId, model });
    },
    stop: () => {
      const id = conversationId.value;
      if (id !== null && streaming.value)
        line.send({ type: 'stop', conversationId: id, messageId: streaming.value.id });
    },
    tryNow: () => {
      const id = conversationId.value;
      if (id !== null && streaming.value) {
        line.send({ type: 'try-now', conversationId: id, messageId: streaming.value.id });
      }
    },
    stepVersion: (messageId, step) => {
      const headId = conversation.value && headOfVersion(conversation.value, messageId, step);
      if (conversation.value && headId !== undefined) {
        line.send({ type: 'show-branch', conversationId: conversation.value.id, headId });
      }
    },
  };
}

function asksOf(events: readonly ChatEvent[]): readonly UserMessage[] {
  return events.flatMap((event) => (event.type === 'asked' ? [event.message] : []));
}

/** What may not be on disk: also a question just taken, and a reply whose end was shown before it was written. */
function whatItHolds({ messages }: Conversation, fresh: ReadonlySet<string>): readonly Message[] {
  return messages.filter(
    (message) => fresh.has(message.id) || (message.role === 'assistant' && message.state === 'streaming'),
  );
}
