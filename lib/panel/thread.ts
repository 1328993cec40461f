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
  /** A further version of a reply; in an unanswered question's place, its first. */
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
  readonly onAsked: (message: UserMessage) => void;
}

export function createThread(options: ThreadOptions): Thread {
  const { line, newId } = options;
  const conversationId = signal<string | null>(null);
  const conversation = signal<Conversation | undefined>(undefined);
  const isLoading = signal(false);
  const health = signal<Health>(wellRead);
  const pending = signal<{ readonly message: UserMessage; readonly send: () => void } | undefined>(undefined);
  const refusal = signal<Failure | undefined>(undefined);
  /** Messages that came or grew before the page's eyes: a worker that dies may not have written them yet. */
  const fresh = new Set<string>();

  const messages = computed(() => (conversation.value ? shownMessages(conversation.value) : []));
  const streaming = computed(() => {
    const last = messages.value.at(-1)?.message;
    return last?.role === 'assistant' && last.state === 'streaming' ? last : undefined;
  });

  function watch(): void {
    const id = conversationId.value;
    if (id === null) return;
    const holding = conversation.value ? whatItHolds(conversation.value, fresh) : [];
    line.send({ type: 'watch', conversationId: id, ...(holding.length > 0 ? { holding } : {}) });
  }

  function show(id: string | null): void {
    if (conversationId.value === id) return;
    if (conversationId.value !== null) line.send({ type: 'unwatch', conversationId: conversationId.value });
    conversationId.value = id;
    conversation.value = undefined;
    fresh.clear();
    health.value = wellRead;
    refusal.value = undefined;
    isLoading.value = id !== null;
    options.onShown(id);
  }

  function receive(next: Conversation): void {
    conversation.value = next;
    isLoading.value = false;
    const waiting = pending.value;
    if (waiting && next.messages.some(({ id }) => id === waiting.message.id)) {
      pending.value = undefined;
      fresh.add(waiting.message.id);
      options.onAsked(waiting.message);
    }
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

  line.onOpen(() => {
    // The question first: it may be what makes the conversation that is watched.
    pending.value?.send();
    watch();
  });
  line.onMessage((message) => {
    switch (message.type) {
      case 'snapshot':
        if (message.conversation.id !== conversationId.value) return;
        health.value = message.health;
        receive(message.conversation);
        return;
      case 'events':
        if (message.conversationId === conversationId.value) fold(message.events);
        return;
      case 'no-conversation':
        if (message.conversationId !== conversationId.value) return;
        if (!pending.value) {
          show(null);
          return;
        }
        // Deleted elsewhere while this question was on its way: asked again, it brings the conversation back.
        pending.value.send();
        watch();
        return;
      case 'refused':
        if (message.conversationId !== conversationId.value) return;
        pending.value = undefined;
        refusal.value = message.failure;
        if (!conversation.value) show(null);
        refusal.value = message.failure;
        return;
      case 'settings':
      case 'history':
      case 'models':
      case 'inbox':
      case 'saving':
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
      const isNew = conversationId.value === null;
      const id = conversationId.value ?? newId();
      const replyId = newId();
      const send = (): void => {
        line.send({ type: 'ask', conversationId: id, message, replyId, model });
      };
      pending.value = { message, send };
      if (isNew) {
        show(id);
        conversation.value = emptyConversation(id, message.createdAt);
        isLoading.value = false;
      }
      send();
      if (isNew) watch();
    },
    retry: (parentId) => {
      const model = options.model();
      const id = conversationId.value;
      if (!model || id === null) return;
      line.send({ type: 'retry', conversationId: id, parentId, replyId: newId(), model });
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

/** What may not be on disk: also a question just taken, and a reply whose end was shown before it was written. */
function whatItHolds({ messages }: Conversation, fresh: ReadonlySet<string>): readonly Message[] {
  return messages.filter(
    (message) => fresh.has(message.id) || (message.role === 'assistant' && message.state === 'streaming'),
  );
}
