import { expect, test } from 'vitest';
import { newHead, signHead } from '@/lib/store/conversation-log';
import { createMemoryKeyValue } from '@/lib/store/key-value';
import { createListRecord } from '@/lib/store/record';
import { createTrash, type Deleted } from './trash';

const minuteMs = 60_000;

function start(deletedAt: number | undefined) {
  const head = newHead('c1', 1, 0);
  const store = createMemoryKeyValue({
    'chat/c1': signHead(deletedAt === undefined ? head : { ...head, deletedAt }),
    'chat/c1/0': 1,
    'draft/c1': 1,
    'sent/c1/r1': 1,
    'sent/c1/r2': 1,
    'sent/c10/r1': 1,
  });
  let now = 0;
  const record = createListRecord<Deleted>({ store, key: 'trash', onUnread: () => undefined });
  return { store, trash: createTrash(store, record, () => now), pass: (ms: number) => (now += ms) };
}

test('what was sent for a deleted conversation goes with it, and nothing of another one', async () => {
  const { store, trash, pass } = start(0);
  await trash.add('c1');
  pass(9 * minuteMs);
  await trash.empty();
  expect(await store.keys()).toContain('sent/c1/r1');
  pass(2 * minuteMs);
  await trash.empty();
  expect((await store.keys()).toSorted()).toEqual(['sent/c10/r1', 'trash']);
});

test('one that was taken back keeps it', async () => {
  const { store, trash, pass } = start(undefined);
  await trash.add('c1');
  await trash.takeBack('c1');
  pass(20 * minuteMs);
  await trash.empty();
  expect(await store.keys()).toContain('sent/c1/r1');
});
