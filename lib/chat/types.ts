import type { Failure } from '@/lib/errors/failure';

/** Where a model is asked for: one of the user's endpoints, and the model's name there ('' where the wire has none). */
export interface ModelRef {
  readonly endpointId: string;
  readonly model: string;
  /** What the user saw when choosing, kept so that old replies still say who wrote them. */
  readonly label: string;
}

/** How a reply ended (notes on streams). `interrupted` is written for a reply whose worker died under it. */
export type Ending =
  | 'complete'
  | 'length'
  | 'filtered'
  | 'refused'
  | 'tool-calls'
  | 'empty'
  | 'cut'
  | 'stopped'
  | 'error'
  | 'interrupted';

/** Tokens as the provider counted them. */
export interface Usage {
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly reasoningTokens?: number;
}

/** Something that goes with a question. Its text is untrusted: it is quoted, never obeyed. */
export interface Attachment {
  readonly id: string;
  readonly kind: 'selection';
  readonly title: string;
  readonly url: string;
  readonly text: string;
}

/** What kind of thing goes to a model: the question, the messages before it, instructions, attachments. */
export type ContextKind = 'question' | 'conversation' | 'system' | Attachment['kind'];

export interface UserMessage {
  readonly id: string;
  readonly role: 'user';
  readonly parentId: string | null;
  readonly createdAt: number;
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

export interface ReplyPart {
  readonly type: 'text' | 'thinking';
  readonly text: string;
  /** Epoch milliseconds of its first token; missing where the log does not tell. */
  readonly startedAt?: number;
}

/** A request that is being held back before its next attempt. */
export interface Waiting {
  readonly failure: Failure;
  /** Epoch milliseconds of the next attempt. */
  readonly until: number;
  /** The attempt that will be made then; the first request is attempt 1. */
  readonly attempt: number;
  /** No next attempt: the model is being fetched to this device, and so much of it is there. */
  readonly percent?: number;
}

/** Who was asked in the place of a model that could not answer, and why. */
export interface FallbackTaken {
  readonly model: ModelRef;
  readonly failure: Failure;
}

export interface Reply {
  readonly id: string;
  readonly role: 'assistant';
  readonly parentId: string;
  readonly createdAt: number;
  readonly model: ModelRef;
  readonly parts: readonly ReplyPart[];
  readonly state: 'streaming' | Ending;
  /** Epoch milliseconds at which it was asked to go on; until the first token of that comes. */
  readonly continuedAt?: number;
  /** How often it was asked to go on after it had ended; missing for never. */
  readonly continuations?: number;
  readonly waiting?: Waiting;
  readonly failure?: Failure;
  readonly usage?: Usage;
  /** The model the provider said it used, where it differs from the one asked for. */
  readonly servedBy?: string;
  readonly fallback?: FallbackTaken;
  readonly finishedAt?: number;
}

export type Message = UserMessage | Reply;

export interface Conversation {
  readonly id: string;
  /** '' until the user renames it: then the list shows the first words of the first question. */
  readonly title: string;
  readonly createdAt: number;
  /** Every message ever written, in order of writing: edits and retries add siblings. */
  readonly messages: readonly Message[];
  /** The last message of the branch that is shown; null in an empty conversation. */
  readonly headId: string | null;
}

/**
 * What happens in a conversation. The same events are stored, sent and folded (`applyEvent`).
 * `at` of a text event is the offset in its part in UTF-16 code units; `time` fields are epoch milliseconds.
 */
export type ChatEvent =
  | { readonly type: 'asked'; readonly message: UserMessage }
  | {
      readonly type: 'reply-started';
      readonly messageId: string;
      readonly parentId: string;
      readonly model: ModelRef;
      readonly time: number;
    }
  /** The reply goes on where it ended; `continuation` counts from 1. */
  | {
      readonly type: 'reply-continued';
      readonly messageId: string;
      readonly continuation: number;
      readonly model: ModelRef;
      readonly time: number;
    }
  | {
      readonly type: 'text' | 'thinking';
      readonly messageId: string;
      readonly part: number;
      readonly at: number;
      readonly text: string;
      /** When its first token came: on the first event of a part only. */
      readonly time?: number;
    }
  | { readonly type: 'reply-waiting'; readonly messageId: string; readonly waiting: Waiting | null }
  | {
      readonly type: 'reply-served';
      readonly messageId: string;
      readonly servedBy: string;
      /** From here on another model is asked, at another endpoint perhaps. */
      readonly fallback?: FallbackTaken;
    }
  | {
      readonly type: 'reply-finished';
      readonly messageId: string;
      readonly ending: Exclude<Ending, 'error'>;
      readonly usage?: Usage;
      readonly time: number;
      /** Which continuation has ended; missing for the reply's first run. */
      readonly continuation?: number;
    }
  | {
      readonly type: 'reply-failed';
      readonly messageId: string;
      readonly failure: Failure;
      readonly usage?: Usage;
      readonly time: number;
      readonly continuation?: number;
    }
  | { readonly type: 'branch-shown'; readonly headId: string }
  | { readonly type: 'renamed'; readonly title: string };

/** What the history list shows of a conversation. */
export interface Summary {
  readonly id: string;
  readonly title: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}
