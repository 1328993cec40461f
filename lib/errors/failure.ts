/**
 * Everything that can go wrong, as data. A failure is stored with the reply it ended, sent over the port and shown;
 * `describeFailure` gives each its sentence and its one remedy.
 */
export type FailureKind =
  | 'auth'
  | 'forbidden'
  | 'billing'
  | 'rate-limit'
  | 'overloaded'
  | 'server'
  | 'timeout'
  | 'loading'
  | 'model-not-found'
  | 'not-found'
  | 'context-length'
  | 'too-large'
  | 'content-filter'
  | 'bad-request'
  | 'origin-blocked'
  | 'not-an-api'
  | 'redirect'
  | 'network'
  | 'permission'
  | 'empty-reply'
  | 'too-much-data'
  | 'bad-address'
  | 'no-model'
  | 'key-locked'
  | 'key-gone'
  | 'unavailable-here'
  | 'not-downloaded'
  | 'storage'
  | 'newer-version'
  | 'bug';

export interface Failure {
  readonly kind: FailureKind;
  /** HTTP status, where the failure came with one. */
  readonly status?: number;
  /** The provider's own words: plain text, keys masked, at most 500 characters. */
  readonly message?: string;
  /** How long the provider asked us to wait, from the moment the failure was made. */
  readonly retryAfterMs?: number;
  /** false: the provider says that trying again by itself is no use (`x-should-retry: false`). */
  readonly mayRetry?: boolean;
  /** The provider's identifier of the request, for its support. */
  readonly requestId?: string;
  /** The host (and port) that answered or was asked. */
  readonly host?: string;
  /** Where a redirect led: the host only. */
  readonly target?: string;
  /** The match pattern that access is missing for (`permission`), such as `http://127.0.0.1/*`. */
  readonly origin?: string;
  /** The model that was asked for. */
  readonly model?: string;
}

/** The only class of error thrown on purpose. Caught at boundaries and turned into its `failure`. */
export class ChatError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, options?: ErrorOptions) {
    super(failure.kind, options);
    this.failure = failure;
  }
}

/** Of any script of ours: the wires are a script of their own, with a class of their own. */
export function isChatError(error: unknown): error is ChatError {
  return error instanceof Error && 'failure' in error;
}

/** The failure of anything that was caught: a `ChatError`'s own, and `bug` for what nobody expected. */
export function toFailure(error: unknown): Failure {
  if (isChatError(error)) return error.failure;
  return { kind: 'bug', message: error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 500) : 'unknown' };
}

const transient: ReadonlySet<FailureKind> = new Set([
  'rate-limit',
  'overloaded',
  'server',
  'timeout',
  'loading',
  'network',
]);

/** Whether the same request may work a little later without anybody changing anything. */
export function isTransient({ kind }: Failure): boolean {
  return transient.has(kind);
}
