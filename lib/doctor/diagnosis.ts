import type { Failure } from '@/lib/errors/failure';
import type { ModelListing } from '@/lib/providers/provider';

/** What is the matter with an endpoint, or that nothing is. */
export type DiagnosisKind =
  /** It lists its models. No question was asked. */
  | 'fine'
  /** It answered a question, in good time. */
  | 'answers'
  /** It answered, but its first token took long. */
  | 'slow'
  /** It lists its models, but no answer came in time. */
  | 'no-token'
  /** It takes the connection and says nothing. */
  | 'silent'
  | 'nothing-listening'
  | 'unknown-host'
  /** The browser does not trust the certificate. */
  | 'certificate'
  /** An https address of a server that speaks plain http. */
  | 'no-tls'
  /** One of these two: the browser does not say which. */
  | 'insecure'
  /** It closes the connection unanswered, or says that it wants https. */
  | 'needs-tls'
  /** The browser does not say why it could not connect. */
  | 'unreachable'
  | 'no-access'
  | 'origin-refused'
  | 'wrong-path'
  /** Neither here nor at the likely addresses is there a list of models, or an answer. */
  | 'no-api'
  /** There is no list of models to look at: only a question can tell. */
  | 'unlisted'
  | 'web-page'
  | 'redirect'
  | 'bad-key'
  | 'no-key'
  | 'no-credit'
  | 'model-missing'
  | 'no-models'
  /** Something else: its failure says what. */
  | 'other';

export interface Diagnosis {
  readonly kind: DiagnosisKind;
  /** The host (and port) that was looked at. */
  readonly host: string;
  /** What was seen, where it was a failure. */
  readonly failure?: Failure;
  /** The match pattern that access is missing for (`no-access`). */
  readonly origin?: string;
  /** The base URL that should be right. */
  readonly address?: string;
  /** The models that are there. */
  readonly models?: readonly ModelListing[];
  /** The model that was asked for. */
  readonly model?: string;
  /** How long the first token took. */
  readonly firstTokenMs?: number;
  /** A web page to go to: the vendor's, or the server itself. */
  readonly page?: string;
}

/** Why the browser could not connect, as far as it tells. */
export type ConnectionFault = 'refused' | 'unknown-host' | 'certificate' | 'no-tls' | 'insecure' | 'closed';

/** A model server that was found on this computer. */
export interface FoundServer {
  /** One of `localServers`, or 'unknown'. */
  readonly kind: string;
  /** Its name; '' when it is not known. */
  readonly label: string;
  readonly providerId: string;
  readonly baseUrl: string;
  /** Its models run on this computer: what is asked does not leave it. */
  readonly runsHere: boolean;
  /** How many models it lists; undefined when it did not say. */
  readonly modelCount?: number;
  /** Why it did not say. */
  readonly refusal?: 'key' | 'origin';
}
