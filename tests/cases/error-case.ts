import type { FailureKind } from '../../lib/errors/failure.ts';

/** An HTTP error as a provider, a gateway or a server between sends it, and what has to become of it. */
export interface ErrorCase {
  readonly id: string;
  /** Who sends this, and where that was read. */
  readonly note: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly expect: ErrorOutcome;
}

export interface ErrorOutcome {
  readonly kind: FailureKind;
  /** Whether the request is sent again by itself when nothing has come yet. */
  readonly retries: boolean;
  /** How long is waited first, where the provider says so. */
  readonly retryAfterMs?: number;
  /** Words that the message contains; '' when there is no message. */
  readonly says?: string;
  /** What must be shown nowhere, beside markup, JSON and the key. */
  readonly mustNotShow?: readonly string[];
  readonly requestId?: string;
}

type Rest = Omit<ErrorOutcome, 'kind' | 'retries'> & {
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the kind alone would say otherwise. */
  readonly retries?: boolean;
};

/** A case; its kind decides whether it is tried again, unless the rest says otherwise. A body that is no text is sent as JSON. */
export function errorCase(
  id: string,
  note: string,
  status: number,
  body: unknown,
  kind: FailureKind,
  rest: Rest = {},
): ErrorCase {
  const { headers, retries = passing.has(kind), ...outcome } = rest;
  const isPage = typeof body === 'string' && body.startsWith('<');
  const type = isPage ? 'text/html' : typeof body === 'string' ? 'text/plain' : 'application/json';
  return {
    id,
    note,
    status,
    headers: { 'content-type': type, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    expect: { kind, retries, ...outcome },
  };
}

/** 408, 409, 429, 5xx and the network, as the rule about retries says; billing and what can never work are not among them. */
const passing: ReadonlySet<FailureKind> = new Set([
  'rate-limit',
  'overloaded',
  'server',
  'timeout',
  'loading',
  'network',
]);
