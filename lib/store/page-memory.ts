import type { Attachment } from '@/lib/chat/types';
import { isNewer, isRecord } from './is-record';
import type { KeyValue } from './key-value';

/** What a page remembers for itself. Its keys (`draft/…`, `view/…`) are the only ones that pages write. */
export interface Draft {
  readonly v: 1;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** The question that is being edited, where it is one. */
  readonly editingId: string | null;
  /** What was being written when the editing began; it comes back after it. */
  readonly before?: Draft;
}

export const emptyDraft: Draft = { v: 1, text: '', attachments: [], editingId: null };

interface View {
  readonly v: 1;
  readonly conversationId: string | null;
  readonly at: number;
}

/** A panel that opens for the first time in a window shows what was last looked at anywhere, if it was this recent. */
const recentMs = 12 * 3600_000;

export interface PageMemory {
  /** `place`: a conversation's id, or a name for a page without one. */
  loadDraft(place: string): Promise<Draft>;
  saveDraft(place: string, draft: Draft): Promise<void>;
  /** For a page that is about to go, in which nothing asynchronous would come to its end. */
  saveDraftAtOnce(place: string, draft: Draft): void;
  /** The conversation this window showed last; null for a new chat. */
  loadView(windowId: number, now: number): Promise<string | null>;
  saveView(windowId: number, conversationId: string | null, now: number): Promise<void>;
}

export interface PageMemoryPlaces {
  readonly local: KeyValue;
  /** Forgets when the browser ends, as window numbers mean nothing after that. */
  readonly session: KeyValue;
  /** The page's `localStorage`: small, but written before the page is gone. */
  readonly atOnce: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

export function createPageMemory({ local, session, atOnce }: PageMemoryPlaces): PageMemory {
  /** Writes one record, or removes it (undefined); not where a newer Ava has written. */
  async function put(key: string, record: Draft | View | undefined): Promise<void> {
    if (isNewer((await local.get([key]))[key])) return;
    await (record ? local.set({ [key]: record }) : local.remove([key]));
  }

  function saveDraftAtOnce(place: string, { text }: Draft): void {
    try {
      atOnce.setItem(`draft/${place}`, text);
    } catch {
      // Full: what was there 250 ms ago is on disk.
    }
  }

  return {
    loadDraft: async (place) => {
      const key = `draft/${place}`;
      const draft = (await local.get([key]))[key];
      const known = isDraft(draft) ? draft : emptyDraft;
      // Typed in the last moment of an earlier page.
      const text = atOnce.getItem(key);
      return text === null ? known : { ...known, text };
    },
    saveDraftAtOnce,
    saveDraft: async (place, draft) => {
      const key = `draft/${place}`;
      // A page that goes while the disk is asked would lose it there and here.
      saveDraftAtOnce(place, draft);
      const isEmpty = draft.text === '' && draft.attachments.length === 0 && draft.editingId === null;
      await put(key, isEmpty ? undefined : draft);
      if (atOnce.getItem(key) === draft.text) atOnce.removeItem(key);
    },
    loadView: async (windowId, now) => {
      const key = `view/${windowId}`;
      const own = (await session.get([key]))[key];
      if (isView(own)) return own.conversationId;
      const last = (await local.get(['view/last']))['view/last'];
      return isView(last) && now - last.at < recentMs ? last.conversationId : null;
    },
    saveView: async (windowId, conversationId, now) => {
      const view: View = { v: 1, conversationId, at: now };
      await Promise.all([session.set({ [`view/${windowId}`]: view }), put('view/last', view)]);
    },
  };
}

function isDraft(value: unknown): value is Draft {
  return isRecord(value, 1) && typeof value['text'] === 'string' && Array.isArray(value['attachments']);
}

function isView(value: unknown): value is View {
  return isRecord(value, 1) && typeof value['at'] === 'number';
}
