import type { Attachment, ChatEvent, Conversation, Message, ModelRef, Summary, UserMessage } from '@/lib/chat/types';
import type { Diagnosis, FoundServer } from '@/lib/doctor/diagnosis';
import type { Failure } from '@/lib/errors/failure';
import type { Endpoint, ModelListing, PullProgress, PullReason } from '@/lib/providers/provider';
import type { SentRecord } from '@/lib/store/sent';
import type { Settings } from '@/lib/store/settings';
import type { Channel } from './channel';

/** The port's name carries the version of the messages: two sides that differ never talk past each other. */
export const portName = 'ava/1';

/** Something that waits for the panel of a window: kept on disk until that panel has taken it. */
export type InboxItem = {
  readonly v: 1;
  readonly id: string;
  readonly windowId: number;
  readonly createdAt: number;
} & (
  | { readonly type: 'compose'; readonly text: string; readonly attachments: readonly Attachment[] }
  | { readonly type: 'show'; readonly conversationId: string }
);

/** How well a conversation could be read from the disk. */
export interface Health {
  /** Keys of records that could not be read. They are kept, and can be exported. */
  readonly damaged: readonly string[];
  /** A newer version of Ava has written here. */
  readonly isReadOnly: boolean;
}

/** A model that a server downloads, and how that goes. */
export type Pull = { readonly endpointId: string; readonly model: string } & (
  | ({ readonly state: 'running' } & PullProgress)
  /** `listedAs`: its name in the server's list. */
  | { readonly state: 'done'; readonly listedAs: string }
  | { readonly state: 'cancelled' }
  | { readonly state: 'failed'; readonly reason: PullReason; readonly failure: Failure }
);

export type FromPage =
  /** First on every line. `windowId` is the browser window the page lives in, -1 where that does not matter. */
  | { readonly type: 'hello'; readonly surface: 'panel' | 'quick' | 'options'; readonly windowId: number }
  /**
   * Answered by `snapshot` or `no-conversation`, then by `events` until `unwatch` or the end of the line.
   * `holding`: messages as the page shows them that a worker may have died with: the log gets what it lacks of them.
   */
  | { readonly type: 'watch'; readonly conversationId: string; readonly holding?: readonly Message[] }
  | { readonly type: 'unwatch'; readonly conversationId: string }
  /** Ids are made by the page, so asking again with the same ids (after a lost line) asks nothing twice. */
  | {
      readonly type: 'ask';
      readonly conversationId: string;
      /** The conversation's id was made for this question, so nothing can be stored of it. */
      readonly isFirst: boolean;
      readonly message: UserMessage;
      readonly replyId: string;
      readonly model: ModelRef;
    }
  /** A further version of the reply to the question `parentId`. */
  | {
      readonly type: 'retry';
      readonly conversationId: string;
      readonly parentId: string;
      readonly replyId: string;
      readonly model: ModelRef;
    }
  /** The reply goes on where it ended. */
  | {
      readonly type: 'continue';
      readonly conversationId: string;
      readonly messageId: string;
      readonly model: ModelRef;
    }
  | { readonly type: 'stop'; readonly conversationId: string; readonly messageId: string }
  /** Ends the wait before the next attempt. */
  | { readonly type: 'try-now'; readonly conversationId: string; readonly messageId: string }
  | { readonly type: 'show-branch'; readonly conversationId: string; readonly headId: string }
  | { readonly type: 'rename'; readonly conversationId: string; readonly title: string }
  /** Makes the list of conversations anew from the conversations. */
  | { readonly type: 'rebuild-history' }
  | { readonly type: 'delete'; readonly conversationId: string }
  | { readonly type: 'restore'; readonly conversationId: string }
  /** Answered by `history` now and after every change. `count`: how many of the newest. */
  | { readonly type: 'watch-history'; readonly count: number }
  | { readonly type: 'list-models'; readonly endpointId: string; readonly fresh: boolean }
  /** Changes these settings and leaves the others. */
  | { readonly type: 'choose'; readonly settings: Partial<Omit<Settings, 'v' | 'endpoints'>> }
  | { readonly type: 'save-endpoint'; readonly endpoint: Endpoint }
  | { readonly type: 'remove-endpoint'; readonly endpointId: string }
  | { readonly type: 'take'; readonly inboxId: string }
  /** Answered by `sent`. */
  | { readonly type: 'read-sent'; readonly conversationId: string; readonly messageId: string }
  /** Ends what runs and deletes all that the background has written; answered by `forgotten`. */
  | { readonly type: 'forget-everything' }
  /**
   * Answered by `diagnosis` with the same `id`, of what was saved before. `failure` and `model`: what led here. `mayAsk`: the
   * user has agreed to a real question.
   */
  | {
      readonly type: 'diagnose';
      readonly id: string;
      readonly endpointId: string;
      readonly failure?: Failure;
      readonly model?: string;
      readonly mayAsk?: boolean;
    }
  /** Looks at the usual ports of this computer, where access was given. Answered by `found-servers`. */
  | { readonly type: 'find-servers' }
  /** Lets the server of this endpoint download a model, unless it does so already. `pull` tells all pages how it goes. */
  | { readonly type: 'pull-model'; readonly endpointId: string; readonly model: string }
  | { readonly type: 'cancel-pull'; readonly endpointId: string; readonly model: string }
  /** Answered by a `pull` for each that this worker has started. */
  | { readonly type: 'read-pulls' }
  /** From the quick prompt: its conversation goes on in the panel of this window. */
  | { readonly type: 'show-in-panel'; readonly conversationId: string; readonly windowId: number };

export type ToPage =
  | { readonly type: 'settings'; readonly settings: Settings }
  | { readonly type: 'snapshot'; readonly conversation: Conversation; readonly health: Health }
  | { readonly type: 'no-conversation'; readonly conversationId: string }
  | { readonly type: 'events'; readonly conversationId: string; readonly events: readonly ChatEvent[] }
  | { readonly type: 'history'; readonly summaries: readonly Summary[]; readonly total: number }
  | {
      readonly type: 'models';
      readonly endpointId: string;
      readonly models: readonly ModelListing[];
      readonly failure: Failure | null;
    }
  | { readonly type: 'inbox'; readonly items: readonly InboxItem[] }
  | { readonly type: 'diagnosis'; readonly id: string; readonly diagnosis: Diagnosis }
  | { readonly type: 'pull'; readonly pull: Pull }
  | { readonly type: 'found-servers'; readonly servers: readonly FoundServer[] }
  /** Whether what happens is being saved; `failure` says why not. */
  | { readonly type: 'saving'; readonly failure: Failure | null }
  /** What was sent for a reply; null when nothing is kept of it. */
  | {
      readonly type: 'sent';
      readonly messageId: string;
      readonly record: SentRecord | null;
      readonly failure: Failure | null;
    }
  /** Everything is being deleted: what the page holds is to be forgotten, and it begins anew. */
  | { readonly type: 'forgetting' }
  /** `failure` says why something is still there. */
  | { readonly type: 'forgotten'; readonly failure: Failure | null }
  /** A request that could not be taken at all; nothing was written. */
  | { readonly type: 'refused'; readonly conversationId: string; readonly failure: Failure };

/** The line as each side sees it. */
export type PageSide = Channel<FromPage, ToPage>;
export type BackgroundSide = Channel<ToPage, FromPage>;
