import type { InboxItem } from '@/lib/protocol/messages';
import type { StoredList, StoredRecord } from '@/lib/store/record';

/** What waits for the panel of a window: on disk, so that no panel has to be ready and no worker has to live. */
export interface Inbox {
  add(item: InboxItem): Promise<void>;
  forWindow(windowId: number): Promise<readonly InboxItem[]>;
  take(id: string): Promise<void>;
}

/** An item nobody came for is forgotten: its window is gone, or it would surprise. */
const keptMs = 24 * 3600_000;

export function createInbox(record: StoredRecord<StoredList<InboxItem>>, now: () => number): Inbox {
  return {
    add: async (item) => {
      await record.change(({ v, items }) => ({
        v,
        items: [...items.filter(({ createdAt }) => now() - createdAt < keptMs), item],
      }));
    },
    forWindow: async (windowId) => (await record.read()).items.filter((item) => item.windowId === windowId),
    take: async (id) => {
      await record.change((list) =>
        list.items.some((item) => item.id === id) ? { v: 1, items: list.items.filter((item) => item.id !== id) } : list,
      );
    },
  };
}
