/** Puts conversations on the disk as the background writes them, without asking anybody. No worker may run meanwhile. */
import { applyEvents, emptyConversation } from '../../lib/chat/apply-event.ts';
import type { ChatEvent, Summary } from '../../lib/chat/types.ts';
import { checksum, makeChunk } from '../../lib/store/chunks.ts';
import { makeAnswer } from './bench-answer.ts';
import type { BenchStage } from './bench-stage.ts';

declare const chrome: { storage: { local: { set(items: object): Promise<void> } } };

const shardSize = 200;
/** The list's first day. */
const firstAt = 1_760_000_000_000;

/** `count` conversations of a question and a short answer, and the list of them. */
export async function storeConversations(stage: BenchStage, count: number): Promise<void> {
  const records: Record<string, unknown> = {};
  const summaries: Summary[] = [];
  for (let index = 0; index < count; index += 1) {
    const id = `bench-${index}`;
    Object.assign(records, conversationRecords(id, Math.floor(index / shardSize), eventsOf(id, 2, 60)));
    summaries.push({ id, title: `Stored question ${index}`, createdAt: firstAt + index, updatedAt: firstAt + index });
  }
  await write(stage, { ...records, ...listRecords(summaries) });
}

/** One of `messages` messages and one of four, found in the history as `bench long` and `bench short`. */
export async function storeLongConversation(stage: BenchStage, messages: number): Promise<void> {
  await write(stage, longConversationRecords(messages));
}

/** The records of those two, and of the list that holds nothing else. */
export function longConversationRecords(messages: number): Readonly<Record<string, unknown>> {
  const summaries = [
    { id: 'bench-long', title: 'bench long', createdAt: firstAt, updatedAt: Date.now() },
    { id: 'bench-short', title: 'bench short', createdAt: firstAt, updatedAt: Date.now() },
  ];
  return {
    ...conversationRecords('bench-long', 0, eventsOf('bench-long', messages, 120)),
    ...conversationRecords('bench-short', 0, eventsOf('bench-short', 4, 120)),
    ...listRecords(summaries),
  };
}

function listRecords(summaries: readonly Summary[]): Record<string, unknown> {
  const shards = Math.max(1, Math.ceil(summaries.length / shardSize));
  return {
    list: { v: 1, shards },
    ...Object.fromEntries(
      Array.from({ length: shards }, (_, shard) => [
        `list/${shard}`,
        { v: 1, entries: summaries.slice(shard * shardSize, (shard + 1) * shardSize) },
      ]),
    ),
  };
}

function conversationRecords(id: string, shard: number, events: readonly ChatEvent[]): Record<string, unknown> {
  const head = { v: 1, id, createdAt: firstAt, sealed: [0], open: { first: 1, count: 0 }, shard };
  const summed = ['v', 'id', 'createdAt', 'sealed', 'open', 'first', 'count', 'shard', 'deletedAt', 'kept'];
  return {
    [`chat/${id}`]: { ...head, sum: checksum(JSON.stringify(head, summed)) },
    [`chat/${id}/0`]: makeChunk(events),
  };
}

function eventsOf(id: string, messages: number, tokens: number): readonly ChatEvent[] {
  const events: ChatEvent[] = [];
  const answer = makeAnswer('mixed', tokens).join('');
  const model = { endpointId: 'bench', model: 'bench', label: 'bench' };
  for (let index = 0; index < messages; index += 2) {
    const parentId = index === 0 ? null : `${id}-${index - 1}`;
    const [question, reply] = [`${id}-${index}`, `${id}-${index + 1}`];
    const text = index + 2 >= messages ? `${answer}\n\nthe newest of all` : answer;
    events.push(
      {
        type: 'asked',
        message: {
          id: question,
          role: 'user',
          parentId,
          createdAt: firstAt,
          text: `Question ${index}`,
          attachments: [],
        },
      },
      { type: 'reply-started', messageId: reply, parentId: question, model, time: firstAt },
      { type: 'text', messageId: reply, part: 0, at: 0, text, time: firstAt },
      { type: 'reply-finished', messageId: reply, ending: 'complete', time: firstAt },
    );
  }
  // What can't be folded would not be shown either.
  if (applyEvents(emptyConversation(id, firstAt), events).messages.length < messages)
    throw new Error('not a conversation');
  return events;
}

const recordsPerWrite = 500;

async function write(stage: BenchStage, records: Record<string, unknown>): Promise<void> {
  const page = await stage.puppeteer.newPage();
  await page.goto(`${stage.browser.extensionOrigin}/manifest.json`);
  const entries = Object.entries(records);
  for (let from = 0; from < entries.length; from += recordsPerWrite) {
    await page.evaluate(
      (items) => chrome.storage.local.set(items),
      Object.fromEntries(entries.slice(from, from + recordsPerWrite)),
    );
  }
  await page.close();
}
