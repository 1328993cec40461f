import type { ChatEvent, Usage } from '@/lib/chat/types';
import { defined } from '@/lib/errors/defined';
import type { FailureKind } from '@/lib/errors/failure';
import type { ForcedHeaders } from '@/lib/providers/provider';
import { isNewer } from '@/lib/store/is-record';
import type { KeyValue } from '@/lib/store/key-value';
import { createQueue } from '@/lib/store/queue';
import { createLater } from '@/lib/store/retry-later';
import {
  bodyEnd,
  bodyStart,
  type CutText,
  mostFrameBytes,
  mostRequests,
  readSent,
  sentKey,
  type SentRecord,
  type SentRequest,
} from '@/lib/store/sent';
import { redactAddress, redactBody, redactForeign, redactHeader } from './redact';
import type { Errand, Outgoing } from './witness';

/** What was sent for each reply, kept beside its conversation. Keys are taken out before anything is kept. */
export interface SentLog {
  /** For one run of a reply. */
  open(conversationId: string, replyId: string): SentRun;
  /** null when nothing is kept. */
  read(conversationId: string, replyId: string): Promise<SentRecord | null>;
}

export interface SentRun {
  /** Keeps the requests that are made with this key, and with these headers that the browser sets for us. */
  keeperFor(key: string, forced?: ForcedHeaders): NonNullable<Errand['keep']>;
  /** To be told of the reply's events: when the first token came, and what the provider counted. */
  happened(event: ChatEvent): void;
}

export interface SentLogWorld {
  /** One that takes every write (`createSteadyKeyValue`). */
  readonly store: KeyValue;
  readonly now: () => number;
}

/** What is sent is written so long after, or when it has ended: the request, and its first token, come first. */
const writtenAfterMs = 1000;

/** A request while it is under way. */
interface Going {
  readonly at: number;
  readonly bytesOut: number;
  /** What was sent, keys taken out: made once, when it is first written. */
  readonly sent: () => Pick<SentRequest, 'method' | 'url' | 'headers' | 'body'>;
  readonly key: string;
  readonly chunks: Uint8Array[];
  /** How many bytes `chunks` hold, and how many have come in all. */
  held: number;
  bytesIn: number;
  status?: number;
  requestId?: string | undefined;
  failure?: FailureKind | undefined;
  headersMs?: number;
  firstTokenMs?: number;
  endMs?: number;
  usage?: Usage | undefined;
}

export function createSentLog({ store, now }: SentLogWorld): SentLog {
  /** Writes what the newest run of a reply has not written yet. */
  const writers = new Map<string, () => Promise<void>>();

  return {
    open: (conversationId, replyId) => {
      const key = sentKey(conversationId, replyId);
      const queue = createQueue();
      const requests: Going[] = [];
      const later = createLater(() => void write());
      let before: Promise<SentRecord | null> | undefined;

      function write(): Promise<void> {
        later.forget();
        return queue(async () => {
          before ??= readSent(store, key);
          const known = (await before) ?? { v: 1, requests: [], dropped: 0 };
          if (isNewer(known)) return;
          const all = [...known.requests, ...requests.map(writeDown)];
          const kept = all.slice(-mostRequests);
          const record: SentRecord = { v: 1, requests: kept, dropped: known.dropped + all.length - kept.length };
          await store.set({ [key]: record });
        }).catch(() => {
          // The disk can't be read. The reply is there all the same; the next write tries again.
          before = undefined;
        });
      }

      return {
        keeperFor:
          (secret, forced = {}) =>
          (sent) => {
            const going = begin(sent, secret, forced);
            requests.push(going);
            writers.set(key, write);
            later.ask(writtenAfterMs);
            const since = (): number => now() - going.at;
            return {
              answered: ({ status, headers }) => {
                going.status = status;
                going.requestId = requestIdIn(headers, secret);
                going.headersMs = since();
              },
              took: (bytes) => {
                take(going, bytes);
              },
              ended: (failure) => {
                going.failure = failure;
                going.endMs = since();
                later.ask(writtenAfterMs);
              },
            };
          },
        happened: (event) => {
          const going = requests.at(-1);
          if (!going) return;
          if (event.type === 'text' || event.type === 'thinking') going.firstTokenMs ??= now() - going.at;
          if (event.type !== 'reply-finished' && event.type !== 'reply-failed') return;
          going.usage = event.usage;
          void write().then(() => {
            if (writers.get(key) === write) writers.delete(key);
          });
        },
      };
    },
    read: async (conversationId, replyId) => {
      const key = sentKey(conversationId, replyId);
      await writers.get(key)?.();
      return readSent(store, key);
    },
  };
}

function begin({ at, url, init, bytesOut }: Outgoing, key: string, forced: ForcedHeaders): Going {
  let made: ReturnType<Going['sent']> | undefined;
  return {
    at,
    bytesOut,
    key,
    chunks: [],
    held: 0,
    bytesIn: 0,
    sent: () =>
      (made ??= {
        method: init.method ?? 'GET',
        url: redactAddress(url, key),
        headers: [...new Headers(init.headers), ...Object.entries(forced)].map(
          ([name, value]) => [name, redactHeader(name, value, key)] as const,
        ),
        body: cut(redactBody(typeof init.body === 'string' ? init.body : '', key)),
      }),
  };
}

/** The newest bytes are held, and no more than that. */
function take(going: Going, bytes: Uint8Array): void {
  going.chunks.push(bytes);
  going.bytesIn += bytes.length;
  going.held += bytes.length;
  for (let first = going.chunks[0]; first && going.held - first.length >= mostFrameBytes; first = going.chunks[0]) {
    going.chunks.shift();
    going.held -= first.length;
  }
}

function writeDown(going: Going): SentRequest {
  const { at, sent, chunks, held, bytesIn, key, ...rest } = going;
  return defined({ at, ...sent(), ...rest, bytesIn, frames: framesOf({ chunks, held, bytesIn, key }) }) as SentRequest;
}

function framesOf({ chunks, held, bytesIn, key }: Pick<Going, 'chunks' | 'held' | 'bytesIn' | 'key'>): CutText {
  const decoder = new TextDecoder();
  const text = chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode();
  // Where the beginning is missing, the rest of a key may stand first.
  const whole = bytesIn > held ? text.slice(Math.max(key.length, 3)) : text;
  return { start: '', left: bytesIn - held, end: redactForeign(whole, key) };
}

function cut(text: string): CutText {
  const left = text.length - bodyStart - bodyEnd;
  if (left <= 0) return { start: text, left: 0, end: '' };
  return { start: text.slice(0, bodyStart), left, end: text.slice(-bodyEnd) };
}

/** The provider's identifier of the request, for its support. */
function requestIdIn(headers: Headers, key: string): string | undefined {
  for (const [name, value] of headers) {
    if (/^(?:.*-)?request-?id$|^cf-ray$/.test(name)) return redactForeign(value.slice(0, 100), key);
  }
  return undefined;
}
