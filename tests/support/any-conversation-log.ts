import fc from 'fast-check';
import type { ChatEvent, Ending } from '@/lib/chat/types';
import { question, replyStarted, someModel } from './build-chat.ts';

/** Logs as turns write them: questions, replies in parts of thinking and text, endings, renames, branches. */
export function anyConversationLog({ isOneReply = false } = {}): fc.Arbitrary<readonly ChatEvent[]> {
  const turn = fc.record({
    parts: fc.array(
      fc.record({
        type: fc.constantFrom('text' as const, 'thinking' as const),
        pieces: fc.array(fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' }), { minLength: 1, maxLength: 6 }),
      }),
      { maxLength: 3 },
    ),
    ending: fc.constantFrom('complete', 'stopped', 'cut', 'failed', 'none'),
    continued: fc.boolean(),
    extra: fc.constantFrom('renamed', 'branch-shown', 'waiting', 'served', 'nothing'),
  });
  return fc
    .array(turn, { minLength: 1, maxLength: isOneReply ? 1 : 4 })
    .map((turns) =>
      turns.flatMap((each, index) => turnEvents(index, isOneReply ? { ...each, extra: 'nothing' } : each)),
    );
}

interface AnyTurn {
  readonly parts: readonly { readonly type: 'text' | 'thinking'; readonly pieces: readonly string[] }[];
  readonly ending: string;
  readonly continued: boolean;
  readonly extra: string;
}

function turnEvents(index: number, { parts, ending, continued, extra }: AnyTurn): readonly ChatEvent[] {
  const messageId = `r${index}`;
  const parentId = `q${index}`;
  const events: ChatEvent[] = [
    { type: 'asked', message: question(parentId, { parentId: index === 0 ? null : `r${index - 1}` }) },
    replyStarted(messageId, parentId),
  ];
  if (extra === 'waiting') {
    const waiting = { failure: { kind: 'network' } as const, until: 9, attempt: 2 };
    events.push({ type: 'reply-waiting', messageId, waiting }, { type: 'reply-waiting', messageId, waiting: null });
  }
  if (extra === 'served') events.push({ type: 'reply-served', messageId, servedBy: 'other' });
  for (const [part, { type, pieces }] of parts.entries()) {
    let at = 0;
    for (const text of pieces) {
      events.push({ type, messageId, part, at, text, ...(at === 0 ? { time: 3 } : {}) });
      at += text.length;
    }
  }
  if (ending === 'failed') events.push({ type: 'reply-failed', messageId, failure: { kind: 'server' }, time: 4 });
  else if (ending !== 'none') {
    events.push({ type: 'reply-finished', messageId, ending: ending as Exclude<Ending, 'error'>, time: 4 });
  }
  if (continued && ending !== 'none') {
    const at = parts[0]?.pieces.join('').length ?? 0;
    events.push(
      { type: 'reply-continued', messageId, continuation: 1, model: someModel, time: 5 },
      { type: parts[0]?.type ?? 'text', messageId, part: 0, at, text: 'more' },
      { type: 'reply-finished', messageId, ending: 'complete', time: 6, continuation: 1 },
    );
  }
  if (extra === 'renamed') events.push({ type: 'renamed', title: `title ${index}` });
  if (extra === 'branch-shown') events.push({ type: 'branch-shown', headId: 'q0' });
  return events;
}
