import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLiveConversations } from '@/lib/background/live-conversation';
import { createMarkdownReader } from '@/lib/markdown/create-markdown-reader';
import type { TopBlock } from '@/lib/markdown/nodes';
import type { ToPage } from '@/lib/protocol/messages';
import { createMemoryKeyValue } from '@/lib/store/key-value';
import { createSummaries } from '@/lib/store/summaries';
import { answerKinds, makeAnswer } from './bench/bench-answer.ts';
import { someModel } from './support/build-chat.ts';

/** What an answer costs in things that can be counted, and so on any machine. Times are the benchmark's. */

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Streams the tokens, one each `tokenMs`, to a page that watches; gives what came over its line. */
async function watchStream(tokens: readonly string[], tokenMs: number): Promise<readonly ToPage[]> {
  const store = createMemoryKeyValue();
  const summaries = createSummaries({ store, summarise: () => Promise.resolve(undefined) });
  const live = await createLiveConversations({ store, summaries, now: () => 0 }).create('c', 0);
  const sent: ToPage[] = [];
  live.watch((message) => {
    sent.push(message);
  });
  live.record({ type: 'reply-started', messageId: 'r', parentId: 'q', model: someModel, time: 0 });
  let at = 0;
  for (const text of tokens) {
    live.record({ type: 'text', messageId: 'r', part: 0, at, text });
    at += text.length;
    await vi.advanceTimersByTimeAsync(tokenMs);
  }
  await vi.runAllTimersAsync();
  return sent;
}

test('a page gets one message for all tokens of a frame or two, and each character once', async () => {
  const tokens = makeAnswer('mixed', 5000);
  const sent = await watchStream(tokens, 1);
  const events = sent.flatMap((message) => (message.type === 'events' ? message.events : []));
  const text = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  expect(text).toBe(tokens.join(''));
  // One thousand tokens a second: 24 of them to a message.
  expect(sent.length / tokens.length).toBeLessThan(1 / 20);
  expect(JSON.stringify(sent).length / text.length).toBeLessThan(2.5);
});

test('tokens that come all at once are one message', async () => {
  const sent = await watchStream(makeAnswer('mixed', 5000), 0);
  expect(sent.filter(({ type }) => type === 'events').length).toBeLessThanOrEqual(2);
});

test.each(answerKinds.filter((kind) => !kind.startsWith('one-')))(
  'a block of an answer of %s is made anew only while it can still change, however long the answer is',
  (kind) => {
    const anew = [1000, 4000].map((length) => {
      const reader = createMarkdownReader();
      const tokens = makeAnswer(kind, length);
      const seen = new Set<TopBlock['block']>();
      for (let end = 25; end <= tokens.length; end += 25) {
        for (const { block } of reader.read(tokens.slice(0, end).join('')).blocks) seen.add(block);
      }
      return seen.size / tokens.length;
    });
    const [short = 0, long = 0] = anew;
    expect(long).toBeLessThan(short * 1.2);
    // A read comes every 25 tokens, and the block that is open is the one that changes.
    expect(long).toBeLessThan(0.2);
  },
);
