import type { ChatEvent, Conversation, Message, Reply, ReplyPart, Waiting } from './types';

/** Thrown by `applyEvent` for a text event that starts behind what is known: ask for a snapshot. */
export class MissingText extends Error {}

/**
 * The one fold of the log: the conversation after the event. Pure; the result is the same object when nothing changed.
 *
 * - An event applied twice in a row changes nothing: messages are known by id, text by its offset.
 * - Text that overlaps what is known adds only its new end; text beyond the end throws `MissingText`.
 * - A reply that has ended takes no more events, except that it may be continued, and that text which an
 *   *interrupted* reply had already shown, and how it ended, may still be handed in.
 * - An event about a message that is not there is dropped.
 */
export function applyEvent(conversation: Conversation, event: ChatEvent): Conversation {
  switch (event.type) {
    case 'asked':
      return addMessage(conversation, event.message);
    case 'reply-started':
      return addMessage(conversation, {
        id: event.messageId,
        role: 'assistant',
        parentId: event.parentId,
        createdAt: event.time,
        model: event.model,
        parts: [],
        state: 'streaming',
      });
    case 'reply-continued':
      return changeReply(conversation, event.messageId, (reply) => continueReply(reply, event));
    case 'text':
    case 'thinking':
      return changeReply(conversation, event.messageId, (reply) => appendText(reply, event));
    case 'reply-waiting':
      return changeReply(conversation, event.messageId, (reply) => {
        if (reply.state !== 'streaming') return reply;
        const { waiting: before, ...rest } = reply;
        if (event.waiting) return isSameWait(before, event.waiting) ? reply : { ...rest, waiting: event.waiting };
        return before ? rest : reply;
      });
    case 'reply-served':
      return changeReply(conversation, event.messageId, (reply) =>
        reply.servedBy === event.servedBy && (!event.fallback || reply.fallback)
          ? reply
          : { ...reply, servedBy: event.servedBy, ...(event.fallback && { fallback: event.fallback }) },
      );
    case 'reply-finished':
      return changeReply(conversation, event.messageId, (reply) => endReply(reply, event.ending, event));
    case 'reply-failed':
      return changeReply(conversation, event.messageId, (reply) => endReply(reply, 'error', event));
    case 'branch-shown':
      if (conversation.headId === event.headId) return conversation;
      if (!conversation.messages.some((message) => message.id === event.headId)) return conversation;
      return { ...conversation, headId: event.headId };
    case 'renamed':
      return conversation.title === event.title ? conversation : { ...conversation, title: event.title };
  }
}

/** The fold of a whole log. */
export function applyEvents(conversation: Conversation, events: readonly ChatEvent[]): Conversation {
  return events.reduce(applyEvent, conversation);
}

export function emptyConversation(id: string, createdAt: number): Conversation {
  return { id, title: '', createdAt, messages: [], headId: null };
}

function isSameWait(before: Waiting | undefined, { until, percent }: Waiting): boolean {
  return before?.until === until && before.percent === percent;
}

function addMessage(conversation: Conversation, message: Message): Conversation {
  if (conversation.messages.some(({ id }) => id === message.id)) return conversation;
  return { ...conversation, messages: [...conversation.messages, message], headId: message.id };
}

function changeReply(conversation: Conversation, messageId: string, change: (reply: Reply) => Reply): Conversation {
  // From the end: the reply that is streaming is nearly always the last message.
  const index = conversation.messages.findLastIndex(({ id }) => id === messageId);
  const before = conversation.messages[index];
  if (before?.role !== 'assistant') return conversation;
  const after = change(before);
  if (after === before) return conversation;
  return { ...conversation, messages: conversation.messages.with(index, after) };
}

function appendText(reply: Reply, event: ChatEvent & { type: 'text' | 'thinking' }): Reply {
  if (reply.state !== 'streaming' && reply.state !== 'interrupted') return reply;
  if (event.part > reply.parts.length) throw new MissingText();
  const before: ReplyPart = reply.parts[event.part] ?? {
    type: event.type,
    text: '',
    ...(event.time === undefined ? {} : { startedAt: event.time }),
  };
  if (event.at > before.text.length) throw new MissingText();
  const added = event.text.slice(before.text.length - event.at);
  const isNewPart = event.part === reply.parts.length;
  if (added === '' && !isNewPart) return reply;
  const part: ReplyPart = { ...before, text: before.text + added };
  const { waiting: _over, continuedAt: _answered, ...rest } = reply;
  return {
    ...rest,
    parts: isNewPart ? [...reply.parts, part] : reply.parts.with(event.part, part),
  };
}

function continueReply(reply: Reply, event: ChatEvent & { type: 'reply-continued' }): Reply {
  if (reply.state === 'streaming' || event.continuation !== (reply.continuations ?? 0) + 1) return reply;
  // It is the model of this run that goes on, whoever answered before.
  const { failure: _mended, finishedAt: _notYet, servedBy: _before, fallback: _over, ...rest } = reply;
  return {
    ...rest,
    state: 'streaming',
    continuations: event.continuation,
    continuedAt: event.time,
    model: event.model,
  };
}

function endReply(
  reply: Reply,
  state: Exclude<Reply['state'], 'streaming'>,
  event: ChatEvent & { type: 'reply-finished' | 'reply-failed' },
): Reply {
  const isOpen = reply.state === 'streaming' || (reply.state === 'interrupted' && state !== 'interrupted');
  if (!isOpen || (event.continuation ?? 0) !== (reply.continuations ?? 0)) return reply;
  const { waiting: _over, continuedAt: _ended, ...rest } = reply;
  return {
    ...rest,
    state,
    finishedAt: event.time,
    ...(event.usage ? { usage: event.usage } : {}),
    ...(event.type === 'reply-failed' ? { failure: event.failure } : {}),
  };
}
