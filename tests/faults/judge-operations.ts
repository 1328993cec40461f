import { answerText } from '@/lib/chat/branches';
import type { Conversation, Reply } from '@/lib/chat/types';
import type { Laboratory, OpenPanel } from './laboratory';
import { findWrongTokens, type NumberedProvider } from './numbered-provider';

/** What a run of random operations found wrong; every list is empty when all is well. */
export interface Judgement {
  /** Messages that were sent or shown, and are not there at the end. */
  readonly lost: readonly string[];
  /** Messages that nobody sent, or in the wrong place, or with text that no server wrote. */
  readonly ghosts: readonly string[];
  /** Panels and disk that differ, replies that never ended. */
  readonly apart: readonly string[];
  /** Requests beyond those that were asked for. */
  readonly resent: readonly string[];
}

export interface Evidence {
  readonly laboratory: Laboratory;
  readonly provider: NumberedProvider;
  /** Of every whole answer. */
  readonly tokens: number;
  readonly windows: readonly (OpenPanel | undefined)[];
  /** What every panel has ever shown, by message id. */
  readonly shown: ReadonlyMap<string, string>;
  /** The conversation that the windows show at the end. */
  readonly mainId: string;
  /** All conversations, as they lie on the disk. */
  readonly stored: readonly Conversation[];
}

/** Compares what was said and shown with what is there. */
export function judgeOperations({ laboratory, provider, tokens, windows, shown, mainId, stored }: Evidence): Judgement {
  const lost: string[] = [];
  const ghosts: string[] = [];
  const apart: string[] = [];
  const resent: string[] = [];
  const asked = new Map<string, { readonly text: string; readonly parentId: string | null }>();
  const replies = new Map<string, string>();
  const titles = new Set(['']);
  for (const said of laboratory.said) {
    if (said.type === 'ask') asked.set(said.message.id, said.message);
    if (said.type === 'ask') replies.set(said.replyId, said.message.id);
    if (said.type === 'retry') replies.set(said.replyId, said.parentId);
    if (said.type === 'rename') titles.add(said.title);
  }
  const messages = stored.flatMap((conversation) => conversation.messages);
  const byId = new Map(messages.map((message) => [message.id, message]));
  if (byId.size !== messages.length) ghosts.push('a message is there twice');

  for (const [id, { text }] of asked) if (!byId.has(id)) lost.push(`${text} (${id})`);
  for (const [id, text] of shown) {
    const message = byId.get(id);
    const known = message && (message.role === 'user' ? message.text : answerText(message));
    if (!known?.startsWith(text)) lost.push(`${id} was shown as ${text}, and is ${known}`);
  }

  for (const message of messages) {
    if (message.role === 'user') {
      const { text, parentId } = asked.get(message.id) ?? {};
      if (text !== message.text || parentId !== message.parentId) ghosts.push(`${message.id} ${message.text}`);
      continue;
    }
    if (replies.get(message.id) !== message.parentId) ghosts.push(`reply ${message.id}`);
    if (message.state === 'streaming') apart.push(`${message.id} never ended`);
    const runs = 1 + (message.continuations ?? 0);
    const whole = message.state === 'complete' ? tokens : undefined;
    ghosts.push(...findWrongTokens(answerText(message), runs, whole).map((wrong) => `${message.id}: ${wrong}`));
  }

  for (const question of asked.values()) {
    const runs = messages
      .filter((message): message is Reply => message.role === 'assistant')
      .filter((reply) => asked.get(reply.parentId)?.text === question.text)
      .reduce((sum, reply) => sum + 1 + (reply.continuations ?? 0), 0);
    const seen = provider.requests.filter(({ request }) => lastQuestion(request.messages) === question.text).length;
    if (seen > runs) resent.push(`${question.text}: ${seen} requests for ${runs} runs`);
  }

  const main = stored.find(({ id }) => id === mainId);
  if (!main || !titles.has(main.title)) ghosts.push('the title');
  for (const open of windows) {
    if (!open) continue;
    if (JSON.stringify(sorted(open.panel.thread.conversation.value)) !== JSON.stringify(sorted(main))) {
      apart.push(`window ${open.windowId} differs from the disk`);
    }
    const isWaiting = open.panel.thread.pending.value !== undefined;
    if (isWaiting) apart.push(`window ${open.windowId} still waits`);
  }
  return { lost, ghosts, apart, resent };
}

function lastQuestion(messages: readonly { readonly role: string; readonly content: string }[]): string | undefined {
  return messages.findLast(({ role, content }) => role === 'user' && /^question \d+$/u.test(content))?.content;
}

/** The same value with its fields in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, field]) => [name, sorted(field)]),
  );
}
