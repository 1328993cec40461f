import type { Failure } from '@/lib/errors/failure';
import type { SentRecord } from '@/lib/store/sent';
import type { Line } from './line';
import type { Panel } from './panel';

export type { CutText, SentRequest } from '@/lib/store/sent';

export interface SentAnswer {
  /** null when nothing is kept. */
  readonly record: SentRecord | null;
  readonly failure: Failure | null;
}

/** A background that has not answered after so long can't read its disk. */
const patienceMs = 5000;

/** Who waits for which reply, on each page's line. */
const waiting = new WeakMap<Line, Map<string, (answer: SentAnswer) => void>>();

/** What was sent for a reply of the shown conversation. Never rejects. */
export function readSent({ line, thread }: Pick<Panel, 'line' | 'thread'>, messageId: string): Promise<SentAnswer> {
  const conversationId = thread.conversationId.peek();
  const asked = waiting.get(line) ?? listen(line);
  return new Promise((resolve) => {
    if (conversationId === null) return resolve({ record: null, failure: null });
    asked.set(messageId, resolve);
    setTimeout(resolve, patienceMs, { record: null, failure: { kind: 'storage' } });
    line.send({ type: 'read-sent', conversationId, messageId });
  });
}

function listen(line: Line): Map<string, (answer: SentAnswer) => void> {
  const asked = new Map<string, (answer: SentAnswer) => void>();
  waiting.set(line, asked);
  line.onMessage((message) => {
    if (message.type !== 'sent') return;
    asked.get(message.messageId)?.(message);
    asked.delete(message.messageId);
  });
  return asked;
}
