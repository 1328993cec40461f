import type { Effort, LoadDefaults } from '@/lib/chat/chat-defaults';
import type { Usage } from '@/lib/chat/types';
import type { Failure } from '@/lib/errors/failure';

/**
 * The base URL of what runs in the browser itself: no request is made to it, and there is no access to it to be given.
 * An address all the same, because every endpoint has one.
 */
export const onDeviceAddress = 'about:on-device';

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
  /** Left out where the model is known to refuse it; the nearest where it knows fewer. */
  readonly effort?: Effort;
}

/** A place that answers: one of the user's, with its provider's wire. The key is not in it: it is kept elsewhere and reaches a provider through `ProviderIo`. */
export interface Endpoint extends LoadDefaults {
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
  /** Our requests to it go without `Origin`: the server refuses those of browser extensions, and the user has chosen this. */
  readonly hidesOrigin?: boolean;
}

/** What a provider's stream says, in order. Exactly one `finish` comes last, or the stream throws a `ChatError`. */
export type StreamPart =
  | { readonly type: 'text' | 'thinking'; readonly text: string }
  | { readonly type: 'served'; readonly model: string }
  /** The model is on its way to this device, so much of it is here; `host` fetches it. Before anything of an answer. */
  | { readonly type: 'download'; readonly percent: number; readonly host: string }
  | {
      readonly type: 'finish';
      readonly ending: 'complete' | 'length' | 'filtered' | 'refused' | 'tool-calls' | 'cut';
      readonly usage?: Usage;
    };

/** The outside world as a provider sees it. */
export interface ProviderIo {
  /** The one door: throws `ChatError` (`permission`, `redirect`, `network`), and follows no redirect. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  /** The endpoint's key, '' when there is none. */
  readonly key: string;
  readonly now: () => number;
  /** How long a started answer may be silent before it counts as cut; comments are no progress. */
  readonly silenceMs: number;
  readonly signal: AbortSignal;
}

export interface ModelListing {
  readonly id: string;
  readonly label?: string;
}

/** What a server that downloads a model is at. */
export interface PullProgress {
  readonly step: 'preparing' | 'downloading' | 'checking' | 'finishing';
  /** Of all that is known to come, 0 to 99, never less than before; undefined while no size is known. */
  readonly percent?: number;
  readonly completedBytes: number;
  /** As far as it is known: parts of a model may be told of late. */
  readonly totalBytes: number;
}

/** Why a model has not come, by what helps. `other`: its failure says it. */
export type PullReason = 'unknown-model' | 'no-space' | 'offline' | 'old-server' | 'cut' | 'other';

/** How a download ended. */
export type PullEnd =
  | { readonly isComplete: true }
  | { readonly isComplete: false; readonly reason: PullReason; readonly failure: Failure };

/**
 * Lets the server download a model, and tells how far it is, whenever that has changed. Rejects with the signal's reason
 * only: the server then stops, and goes on from there when it is asked again.
 */
export type PullModel<Io> = (
  model: string,
  endpoint: Endpoint,
  io: Io,
  tell: (progress: PullProgress) => void,
) => Promise<PullEnd>;

/** Request headers that a page's script may not set, and that a provider's wire needs all the same. */
export type ForcedHeaders = Readonly<Record<string, string>>;

/** How vendors of a wire differ, as data; a wire reads the fields that are its own. */
export interface Quirks {
  /** OpenAI's chat. false: does not know `stream_options: {include_usage: true}`; some refuse a field that they don't know. */
  readonly usageInStream?: boolean;
  /** OpenAI's chat: what the limit of an answer's tokens is called. OpenAI's newer models refuse the usual `max_tokens`. */
  readonly maxTokensField?: 'max_tokens' | 'max_completion_tokens';
  /** OpenAI's wires: the header that carries the key as it is, in place of `Authorization: Bearer`. */
  readonly keyHeader?: string;
  /** OpenAI's chat: where the models are listed, seen from the base URL; `models` without it. */
  readonly modelsPath?: string;
  /** OpenAI's chat: it lists no models; these are the ones it is documented with. */
  readonly models?: readonly string[];
  /** OpenAI's chat: answers name pictures, sound and films by a path on the server that made them. */
  readonly hasOwnMedia?: true;
  /** OpenAI's chat: what the vendor calls an effort, where it does not call it as we do. */
  readonly effortNames?: Readonly<Partial<Record<Effort, string>>>;
}

/** The wire formats: a file each in `wire/`. */
export type WireName =
  | 'openai-chat'
  | 'openai-responses'
  | 'anthropic-messages'
  | 'gemini'
  | 'ollama-chat'
  | 'codelink-ava-chat'
  | 'built-in';

/** A wire's world: a provider's, and how the vendor differs. */
export interface WireIo extends ProviderIo {
  readonly quirks: Quirks;
}

/** A wire format: how a request is written and a reply is read. It is loaded when something is asked, not at every wake. */
export interface Wire {
  /**
   * Sends the request and yields what comes. Throws `ChatError` for every failure, also one that comes in mid-stream;
   * rejects with the signal's reason when it is aborted.
   */
  stream(request: ModelRequest, endpoint: Endpoint, io: WireIo): AsyncIterable<StreamPart>;
  /** The models to choose from; [] when the wire has none. Throws `ChatError`. */
  listModels(endpoint: Endpoint, io: WireIo): Promise<readonly ModelListing[]>;
  /** Where servers download models themselves. */
  readonly pullModel?: PullModel<WireIo>;
}

export type Wires = Readonly<Record<WireName, Wire>>;

/** Gives a wire, now or when its script has been read. */
export type LoadWire = (name: WireName) => Promise<Wire>;

/** What is known of a vendor without its wire. It is in the script that is read at every wake: keep it small. */
export interface Preset {
  readonly id: string;
  readonly label: string;
  /** Where it usually is; '' when only the user can say. */
  readonly baseUrl: string;
  /** How its address looks where only the user can say it; a host alone gets this one's path. */
  readonly example?: string;
  readonly key: {
    readonly needed: 'yes' | 'no' | 'optional';
    /** Where a key is made. */
    readonly url?: string;
  };
  /** false: its wire has no model names, so there is none to choose. */
  readonly hasModels: boolean;
  /** false: what lists its models is no request, or goes elsewhere: that it lists them proves neither address nor key. */
  readonly listProves?: false;
  /** Headers that a session rule sets on our own requests to this host while an endpoint of this provider is in use. */
  readonly forcedHeaders?: ForcedHeaders;
  /** false: the public service is known to be gone; settings say so, and another address may be set. */
  readonly working?: boolean;
  readonly wire: WireName;
  readonly quirks?: Quirks;
}

/** Somebody who can be asked: a preset with its wire, whenever that is loaded. */
export interface Provider extends Omit<Preset, 'wire' | 'quirks'> {
  /** See `Wire.stream`. */
  stream(request: ModelRequest, endpoint: Endpoint, io: ProviderIo): AsyncIterable<StreamPart>;
  /** See `Wire.listModels`. */
  listModels(endpoint: Endpoint, io: ProviderIo): Promise<readonly ModelListing[]>;
  /** For endpoints of which `speaksOllama` is true. */
  readonly pullModel?: PullModel<ProviderIo>;
}
