import type { Usage } from '@/lib/chat/types';
import type { FailureKind } from '@/lib/errors/failure';
import { isNewer, isRecord } from './is-record';
import type { KeyValue } from './key-value';

/** A text of which a part may be missing: `left` characters between its start and its end. */
export interface CutText {
  readonly start: string;
  readonly left: number;
  readonly end: string;
}

/** A request as it was sent, keys taken out, and what came of it. Times are milliseconds from `at` on. */
export interface SentRequest {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly method: string;
  readonly url: string;
  /** Those that Ava set; the browser adds its own. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: CutText;
  readonly status?: number;
  readonly requestId?: string;
  readonly failure?: FailureKind;
  readonly headersMs?: number;
  readonly firstTokenMs?: number;
  /** Missing while it is under way, and for good when its worker died under it. */
  readonly endMs?: number;
  /** Of the bodies. */
  readonly bytesOut: number;
  readonly bytesIn: number;
  readonly usage?: Usage;
  /** The end of what came, as it came, keys taken out. `left` are bytes. */
  readonly frames: CutText;
}

/** What was sent for a reply: a request, or more where one was repeated or the reply was continued. */
export interface SentRecord {
  readonly v: 1;
  /** In the order in which they were sent. */
  readonly requests: readonly SentRequest[];
  /** How many earlier ones were too many to keep. */
  readonly dropped: number;
}

/** What is kept of a reply's requests: so many, the newest; of each body its start and end; of what came its end. */
export const mostRequests = 4;
export const bodyStart = 16_000;
export const bodyEnd = 48_000;
export const mostFrameBytes = 32_768;

/** In the room of its conversation, with which it goes; apart from the log, whose text it repeats. */
export const sentPrefix = (conversationId: string): string => `sent/${conversationId}/`;
export const sentKey = (conversationId: string, replyId: string): string => sentPrefix(conversationId) + replyId;

/** null when nothing is kept. Rejects when the disk can't be read. */
export async function readSent(store: KeyValue, key: string): Promise<SentRecord | null> {
  const record = (await store.get([key]))[key];
  const isKnown = isRecord(record, 1) || isNewer(record);
  return isKnown && Array.isArray((record as Partial<SentRecord>).requests) ? (record as SentRecord) : null;
}
