import { type ReadonlySignal, signal } from '@preact/signals';
import type { Summary } from '@/lib/chat/types';
import type { Line } from './line';

/** The list of conversations, newest first. Loaded when it is first looked at. */
export interface History {
  readonly isOpen: ReadonlySignal<boolean>;
  /** undefined until it has arrived. */
  readonly summaries: ReadonlySignal<readonly Summary[] | undefined>;
  /** How many there are; `summaries` may be fewer. */
  readonly total: ReadonlySignal<number>;
  /** What was deleted last and can come back. */
  readonly deleted: ReadonlySignal<Summary | undefined>;
  open(): void;
  close(): void;
  showMore(): void;
  rename(conversationId: string, title: string): void;
  remove(conversationId: string): void;
  undo(): void;
  forgetDeleted(): void;
}

const pageSize = 200;

export function createHistory(line: Line, onRemoved: (conversationId: string) => void): History {
  const isOpen = signal(false);
  const summaries = signal<readonly Summary[] | undefined>(undefined);
  const total = signal(0);
  const deleted = signal<Summary | undefined>(undefined);
  let count = 0;

  function load(): void {
    if (count > 0) line.send({ type: 'watch-history', count });
  }

  line.onOpen(load);
  line.onMessage((message) => {
    if (message.type !== 'history') return;
    summaries.value = message.summaries;
    total.value = message.total;
  });

  return {
    isOpen,
    summaries,
    total,
    deleted,
    open: () => {
      isOpen.value = true;
      if (count > 0) return;
      count = pageSize;
      load();
    },
    close: () => {
      isOpen.value = false;
    },
    showMore: () => {
      count += pageSize;
      load();
    },
    rename: (conversationId, title) => {
      line.send({ type: 'rename', conversationId, title: title.trim() });
    },
    remove: (conversationId) => {
      deleted.value = summaries.value?.find(({ id }) => id === conversationId);
      line.send({ type: 'delete', conversationId });
      onRemoved(conversationId);
    },
    undo: () => {
      if (!deleted.value) return;
      line.send({ type: 'restore', conversationId: deleted.value.id });
      deleted.value = undefined;
    },
    forgetDeleted: () => {
      deleted.value = undefined;
    },
  };
}
