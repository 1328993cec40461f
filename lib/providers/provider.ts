import type { Usage } from '@/lib/chat/types';
import type { FailureKind } from '@/lib/errors/failure';

/** One message as it goes to a model: text only, in the order of the conversation. */
export interface ModelMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface ModelRequest {
  readonly messages: readonly ModelMessage[];
  /** The model's name at the endpoint; '' where the wire has none. */
  readonly model: string;
  readonly temperature?: number;
  readonly maxTokens?: number;
}

/** A place that answers: one of the user's, with its provider's wire. The key is not in it: it is kept elsewhere and reaches a provider through `ProviderIo`. */
export interface Endpoint {
  readonly id: string;
  readonly providerId: string;
  readonly label: string;
  /** Normalised by `normalizeBaseUrl`: scheme, no trailing slash, no `/chat/completions`. */
  readonly baseUrl: string;
  /** Added to every request of this endpoint; they win over the wire's own. */
  readonly headers: Readonly<Record<string, string>>;
  /** Added to the JSON body of every chat request; they win over the wire's own. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Asked for as one JSON reply instead of a stream. */
  readonly unstreamed: boolean;
}

/** What a provider's stream says, in order. Exactly one `finish` comes last, or the stream throws a `ChatError`. */
export type StreamPart =
  | { readonly type: 'text' | 'thinking'; readonly text: string }
  | { readonly type: 'served'; readonly model: string }
  | {
      readonly type: 'finish';
      readonly ending: 'complete' | 'length' | 'filtered' | 'refused' | 'tool-calls' | 'cut';
      readonly usage?: Usage;
    };

/**
 * How a provider's words and codes name a failure (`wire/failure-rules.ts`): the first rule whose pattern is found in them,
 * and whose pattern of statuses, '' for all, in the status. Regular expressions as text, with the flag `m`.
 */
export type FailureRules = readonly (readonly [kind: FailureKind, signs: string, statuses: string])[];

/** The outside world as a provider sees it. */
export interface ProviderIo {
  /** The one door: throws `ChatError` (`permission`, `redirect`, `network`), and follows no redirect. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** The endpoint's key, '' when there is none. */
  readonly key: string;
  readonly failureRules: FailureRules;
  readonly now: () => number;
  /** How long a started answer may be silent before it counts as cut; comments are no progress. */
  readonly silenceMs: number;
  readonly signal: AbortSignal;
}

export interface ModelListing {
  readonly id: string;
  readonly label?: string;
}

/** Request headers that a page's script may not set, and that a provider's wire needs all the same. */
export type ForcedHeaders = Readonly<Record<string, string>>;

export interface Provider {
  readonly id: string;
  readonly label: string;
  /** Where it usually is; '' when only the user can say. */
  readonly baseUrl: string;
  readonly key: {
    readonly needed: 'yes' | 'no' | 'optional';
    /** Where a key is made. */
    readonly url?: string;
  };
  /** false: its wire has no model names, so there is none to choose. */
  readonly hasModels: boolean;
  /** Headers that a session rule sets on our own requests to this host while an endpoint of this provider is in use. */
  readonly forcedHeaders?: ForcedHeaders;
  /** false: the public service is known to be gone; settings say so, and another address may be set. */
  readonly working?: boolean;
  /** The address that a request of this endpoint goes to. */
  chatUrl(endpoint: Endpoint): string;
  /**
   * Sends the request and yields what comes. Throws `ChatError` for every failure, also one that comes in mid-stream;
   * rejects with the signal's reason when it is aborted.
   */
  stream(request: ModelRequest, endpoint: Endpoint, io: ProviderIo): AsyncIterable<StreamPart>;
  /** The models to choose from; [] when the wire has none. Throws `ChatError`. */
  listModels(endpoint: Endpoint, io: ProviderIo): Promise<readonly ModelListing[]>;
}
