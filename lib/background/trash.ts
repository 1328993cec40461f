import { headKey, isHead } from '@/lib/store/conversation-log';
import type { KeyValue } from '@/lib/store/key-value';
import type { StoredList, StoredRecord } from '@/lib/store/record';
import { sentPrefix } from '@/lib/store/sent';

/** Deleted conversations: kept for a while so that Undo can bring them back, then gone for good. */
export interface Trash {
  add(conversationId: string): Promise<void>;
  takeBack(conversationId: string): Promise<void>;
  /** Removes the records of what has been here long enough. */
  empty(): Promise<void>;
}

const keptMs = 10 * 60_000;

export interface Deleted {
  readonly id: string;
  readonly at: number;
}

export function createTrash(store: KeyValue, record: StoredRecord<StoredList<Deleted>>, now: () => number): Trash {
  return {
    add: async (id) => {
      await record.change(({ items }) => ({ v: 1, items: [...items, { id, at: now() }] }));
    },
    takeBack: async (id) => {
      await record.change(({ items }) => ({ v: 1, items: items.filter((item) => item.id !== id) }));
    },
    empty: async () => {
      const { items } = await record.read();
      const old = items.filter(({ at }) => now() - at >= keptMs);
      if (old.length === 0) return;
      try {
        for (const { id } of old) await removeRecords(store, id);
      } catch {
        // The disk refuses: they stay in the trash, and are removed another time.
        return;
      }
      await record.change((list) => ({
        v: 1,
        items: list.items.filter((item) => !old.some(({ id }) => id === item.id)),
      }));
    },
  };
}

async function removeRecords(store: KeyValue, id: string): Promise<void> {
  const head = (await store.get([headKey(id)]))[headKey(id)];
  if (!isHead(head) || head.v > 1 || head.deletedAt === undefined) return;
  // Whatever is there of it, also what could not be read: deleted means gone.
  const own = (await store.keys()).filter((key) => key.startsWith(`${headKey(id)}/`) || key.startsWith(sentPrefix(id)));
  await store.remove([headKey(id), ...own, `draft/${id}`]);
}
