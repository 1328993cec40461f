import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { applyEvents, emptyConversation } from '@/lib/chat/apply-event';
import { anyConversationLog } from '@/tests/support/any-conversation-log';
import { question, replyStarted, textEvent } from '@/tests/support/build-chat';
import { checksum, makeChunk, readChunk } from './chunks';
import { chunkKey, createConversationLog, headKey, loadConversation, newHead } from './conversation-log';
import { createMemoryKeyValue, type KeyValue } from './key-value';

function openLog(store: KeyValue) {
  return createConversationLog({ store, head: newHead('c', 1, 0), openEvents: [] });
}

describe('the log of a conversation', () => {
  test('what is read back folds to what was written, however it was flushed and sealed', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyConversationLog(),
        fc.array(fc.constantFrom('flush', 'seal', 'reopen', 'go on')),
        async (events, acts) => {
          const store = createMemoryKeyValue();
          let log = openLog(store);
          for (const [index, event] of events.entries()) {
            log.append([event]);
            const act = acts[index % Math.max(1, acts.length)];
            if (act === 'flush') await log.flush();
            if (act === 'seal') await log.seal();
            if (act === 'reopen') {
              await log.flush();
              const loaded = await loadConversation(store, 'c');
              if (!loaded) throw new Error('the conversation is gone');
              log = createConversationLog({
                store,
                head: loaded.head,
                openEvents: loaded.openEvents,
              });
            }
          }
          await log.flush();
          const loaded = await loadConversation(store, 'c');
          expect(loaded?.damaged).toEqual([]);
          expect(loaded?.conversation).toEqual(applyEvents(emptyConversation('c', 1), events));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('half of a surrogate pair at a checkpoint comes back as it was', async () => {
    const store = createMemoryKeyValue();
    const log = openLog(store);
    log.append([{ type: 'asked', message: question('q') }, replyStarted('r', 'q'), textEvent('r', 0, 'a\u{D83D}')]);
    await log.flush();
    log.append([textEvent('r', 2, '\u{DE00}')]);
    await log.flush();
    const loaded = await loadConversation(store, 'c');
    expect(loaded?.conversation.messages.at(-1)).toMatchObject({ parts: [{ text: 'a😀' }] });
  });

  test('a checkpoint comes by itself within 250 ms, and at once after 2 kB', async () => {
    vi.useFakeTimers();
    const store = createMemoryKeyValue();
    const log = openLog(store);
    log.append([{ type: 'asked', message: question('q') }]);
    await vi.advanceTimersByTimeAsync(250);
    expect((await store.get([chunkKey('c', 0)]))[chunkKey('c', 0)]).toBeDefined();
    log.append([replyStarted('r', 'q'), textEvent('r', 0, 'x'.repeat(2000))]);
    await vi.advanceTimersByTimeAsync(0);
    expect((await store.get([chunkKey('c', 1)]))[chunkKey('c', 1)]).toBeDefined();
    vi.useRealTimers();
  });

  test('sealing makes one chunk of the checkpoints and leaves none of them behind', async () => {
    const store = createMemoryKeyValue();
    const log = openLog(store);
    for (let index = 0; index < 5; index += 1) {
      log.append([{ type: 'asked', message: question(`q${index}`) }]);
      await log.flush();
    }
    await log.seal();
    expect((await store.keys()).toSorted()).toEqual([headKey('c'), chunkKey('c', 5)]);
  });

  test('an altered chunk is reported, stays where it is, and takes nothing else with it', async () => {
    const store = createMemoryKeyValue();
    const log = openLog(store);
    for (const id of ['q0', 'q1', 'q2']) {
      log.append([{ type: 'asked', message: question(id) }]);
      await log.flush();
    }
    const broken = { ...makeChunk([]), events: '[{' };
    await store.set({ [chunkKey('c', 1)]: broken });
    const loaded = await loadConversation(store, 'c');
    expect(loaded?.damaged).toEqual([chunkKey('c', 1)]);
    expect(loaded?.conversation.messages.map(({ id }) => id)).toEqual(['q0', 'q2']);
    expect(await store.get([chunkKey('c', 1)])).toEqual({ [chunkKey('c', 1)]: broken });
  });

  test('a chunk of a newer version is read as far as it is known, and nothing is written behind it', async () => {
    const future = JSON.stringify([{ type: 'invented-later' }, { type: 'asked', message: question('q') }]);
    expect(readChunk({ v: 2, events: future })).toMatchObject({ state: 'newer' });
    const store = createMemoryKeyValue();
    const log = openLog(store);
    log.append([{ type: 'asked', message: question('q0') }]);
    await log.flush();
    await store.set({ [chunkKey('c', 0)]: { v: 2, events: future } });
    expect(await loadConversation(store, 'c')).toMatchObject({ isReadOnly: true, damaged: [] });
  });

  test('a record that is no chunk is damaged, whatever it is', () => {
    const whole = makeChunk([{ type: 'renamed', title: 'x' }]);
    for (const record of [
      undefined,
      null,
      1,
      'x',
      [],
      {},
      { v: 1 },
      { ...whole, sum: '0' },
      { ...whole, events: 'x' },
      { v: 2, events: '{' },
    ]) {
      expect(readChunk(record)).toEqual({ state: 'damaged' });
    }
  });

  test('a lost or torn head is made again from the chunks that are there', async () => {
    const store = createMemoryKeyValue();
    const log = openLog(store);
    for (const id of ['q0', 'q1']) {
      log.append([{ type: 'asked', message: question(id) }]);
      await log.seal();
    }
    await store.set({ [headKey('c')]: { v: 1, torn: true } });
    const torn = await loadConversation(store, 'c');
    expect(torn?.conversation.messages.map(({ id }) => id)).toEqual(['q0', 'q1']);
    expect(torn?.damaged).toEqual([headKey('c')]);
    await store.remove([headKey('c')]);
    expect((await loadConversation(store, 'c'))?.conversation.messages).toHaveLength(2);
  });

  test('a damaged checkpoint is not swept away when its turn is sealed', async () => {
    const store = createMemoryKeyValue();
    const first = openLog(store);
    for (const id of ['q0', 'q1', 'q2']) {
      first.append([{ type: 'asked', message: question(id) }]);
      await first.flush();
    }
    const broken = { v: 1, sum: '?', events: '[]' };
    await store.set({ [chunkKey('c', 1)]: broken });
    const loaded = await loadConversation(store, 'c');
    if (!loaded) throw new Error('the conversation is gone');
    const log = createConversationLog({ ...loaded, store });
    log.append([{ type: 'asked', message: question('q3') }]);
    await log.seal();
    const again = await loadConversation(store, 'c');
    expect(again?.conversation.messages.map(({ id }) => id)).toEqual(['q0', 'q2', 'q3']);
    expect(again?.damaged).toEqual([chunkKey('c', 1)]);
    expect(await store.get([chunkKey('c', 1)])).toEqual({ [chunkKey('c', 1)]: broken });
  });

  test('the checksum is FNV-1a', () => {
    expect(checksum('')).toBe('811c9dc5');
    expect(checksum('a')).toBe('e40c292c');
    expect(checksum('foobar')).toBe('bf9cf968');
  });
});
