import { describe, expect, test } from 'vitest';
import { headKey, newHead, signHead } from './conversation-log';
import { createMemoryKeyValue, type KeyValue } from './key-value';
import { createSummaries } from './summaries';

const summary = (id: string, updatedAt: number) => ({ id, title: `title ${id}`, createdAt: 1, updatedAt });
const open = (store: KeyValue) => createSummaries({ store, summarise: (id) => Promise.resolve(summary(id, 5)) });

describe('the list of conversations', () => {
  test('is newest first, and the same after a restart', async () => {
    const store = createMemoryKeyValue();
    const summaries = open(store);
    await summaries.put(summary('a', 1), 0);
    await summaries.put(summary('b', 3), 0);
    await summaries.put(summary('a', 9), 0);
    expect((await summaries.all()).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(await open(store).all()).toEqual(await summaries.all());
  });

  test('a shard that is full is followed by the next, and one write touches one shard', async () => {
    const memory = createMemoryKeyValue();
    const written: string[][] = [];
    const store: KeyValue = {
      ...memory,
      set: (records) => {
        written.push(Object.keys(records));
        return memory.set(records);
      },
    };
    const summaries = open(store);
    for (let index = 0; index < 450; index += 1) {
      await summaries.put(summary(`c${index}`, index), await summaries.shardForNew());
    }
    expect(await summaries.all()).toHaveLength(450);
    expect(await summaries.shardForNew()).toBe(2);
    written.length = 0;
    await summaries.put(summary('c0', 999), 0);
    expect(written).toEqual([['list/0']]);
  });

  test('a missing list is made again from the conversations', async () => {
    const store = createMemoryKeyValue({
      [headKey('a')]: signHead(newHead('a', 1, 0)),
      [headKey('b')]: signHead(newHead('b', 1, 3)),
      [headKey('gone')]: signHead({ ...newHead('gone', 1, 0), deletedAt: 2 }),
    });
    expect((await open(store).all()).map(({ id }) => id).toSorted()).toEqual(['a', 'b']);
  });

  test('what is removed is gone', async () => {
    const summaries = open(createMemoryKeyValue());
    await summaries.put(summary('a', 1), 0);
    await summaries.remove('a', 0);
    expect(await summaries.all()).toEqual([]);
  });
});
