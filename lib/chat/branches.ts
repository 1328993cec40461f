import type { Conversation, Message, Reply, UserMessage } from './types';

/** A message of the shown branch, with its place among its siblings (edits of a question, versions of a reply). */
export interface ShownMessage {
  readonly message: Message;
  /** 1-based. */
  readonly version: number;
  readonly versions: number;
}

/** The shown branch: from the first message down to the head. */
export function shownMessages(conversation: Conversation): readonly ShownMessage[] {
  const byId = new Map(conversation.messages.map((message) => [message.id, message]));
  const byParent = Map.groupBy(conversation.messages, ({ parentId }) => parentId);
  const shown: ShownMessage[] = [];
  const seen = new Set<string>();
  for (let id = conversation.headId; id !== null && !seen.has(id);) {
    const message = byId.get(id);
    if (!message) break;
    seen.add(id);
    const siblings = byParent.get(message.parentId) ?? [message];
    shown.push({ message, version: siblings.indexOf(message) + 1, versions: siblings.length });
    id = message.parentId;
  }
  return shown.toReversed();
}

/** The head to show when the user steps to another version: the newest message written under that sibling. */
export function headOfVersion(conversation: Conversation, messageId: string, step: 1 | -1): string | undefined {
  const message = conversation.messages.find(({ id }) => id === messageId);
  if (!message) return undefined;
  const siblings = conversation.messages.filter(({ parentId }) => parentId === message.parentId);
  const other = siblings[siblings.indexOf(message) + step];
  return other && newestUnder(conversation, other.id);
}

export function findReply(conversation: Conversation, messageId: string): Reply | undefined {
  const message = conversation.messages.findLast(({ id }) => id === messageId);
  return message?.role === 'assistant' ? message : undefined;
}

/** The question with this id. */
export function findQuestion(conversation: Conversation, messageId: string): UserMessage | undefined {
  const message = conversation.messages.findLast(({ id }) => id === messageId);
  return message?.role === 'user' ? message : undefined;
}

/** The replies that the log calls streaming. */
export function streamingReplies(conversation: Conversation): readonly Reply[] {
  return conversation.messages.filter(
    (message): message is Reply => message.role === 'assistant' && message.state === 'streaming',
  );
}

/** The answer's text alone, without its thinking. */
export function answerText(reply: Reply): string {
  return reply.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
}

/** The title in lists and bars: the user's own, else the first words of the first question. */
export function titleOf(conversation: Conversation): string {
  if (conversation.title !== '') return conversation.title;
  const first = conversation.messages.find((message) => message.role === 'user');
  if (first?.role !== 'user') return '';
  const words = first.text.trim() || first.attachments[0]?.text.trim() || '';
  const line = words.replace(/\s+/gu, ' ');
  return line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line;
}

function newestUnder(conversation: Conversation, messageId: string): string {
  const under = new Set([messageId]);
  let newest = messageId;
  // Messages stand in order of writing, so a child always comes after its parent.
  for (const { id, parentId } of conversation.messages) {
    if (parentId === null || !under.has(parentId)) continue;
    under.add(id);
    newest = id;
  }
  return newest;
}
