import type { Attachment } from '@/lib/chat/types';
import { isRecord } from './is-record';
import type { KeyValue } from './key-value';

/** What a page remembers for itself. Its keys (`draft/…`, `view/…`) are the only ones that pages write. */
export interface Draft {
  readonly v: 1;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** The question that is being edited, where it is one. */
  readonly editingId: string | null;
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
  /** The conversation this window showed last; null for a new chat. */
  loadView(windowId: number, now: number): Promise<string | null>;
  saveView(windowId: number, conversationId: string | null, now: number): Promise<void>;
}

/** `session` forgets when the browser ends, as window numbers mean nothing after that. */
export function createPageMemory(local: KeyValue, session: KeyValue): PageMemory {
  return {
    loadDraft: async (place) => {
      const key = `draft/${place}`;
      const draft = (await local.get([key]))[key];
      return isDraft(draft) ? draft : emptyDraft;
    },
    saveDraft: (place, draft) => {
      const isEmpty = draft.text === '' && draft.attachments.length === 0 && draft.editingId === null;
      return isEmpty ? local.remove([`draft/${place}`]) : local.set({ [`draft/${place}`]: draft });
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
      await Promise.all([session.set({ [`view/${windowId}`]: view }), local.set({ 'view/last': view })]);
    },
  };
}

function isDraft(value: unknown): value is Draft {
  return isRecord(value, 1) && typeof value['text'] === 'string' && Array.isArray(value['attachments']);
}

function isView(value: unknown): value is View {
  return isRecord(value, 1) && typeof value['at'] === 'number';
}
