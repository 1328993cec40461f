import type { ChatEvent } from '@/lib/chat/types';
import type { ForcedHeaders } from '@/lib/providers/provider';
import { isNewer } from '@/lib/store/is-record';
import type { KeyValue } from '@/lib/store/key-value';
import { createQueue } from '@/lib/store/queue';
import { createLater } from '@/lib/store/retry-later';
import { mostFrameBytes, mostRequests, readSent, sentKey, type SentRecord } from '@/lib/store/sent';
import type { Errand } from './witness';
import { type Going, writeDown } from './write-down';

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

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

/** A request while it is under way. */
type Held = Mutable<Omit<Going, 'chunks'>> & { readonly chunks: Uint8Array[] };

export function createSentLog({ store, now }: SentLogWorld): SentLog {
  /** Writes what the newest run of a reply has not written yet. */
  const writers = new Map<string, () => Promise<void>>();

  return {
    open: (conversationId, replyId) => {
      const key = sentKey(conversationId, replyId);
      const queue = createQueue();
      const requests: Held[] = [];
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
            const going: Held = { ...sent, key: secret, forced, chunks: [], held: 0, bytesIn: 0 };
            requests.push(going);
            writers.set(key, write);
            later.ask(writtenAfterMs);
            const since = (): number => now() - going.at;
            return {
              answered: (response) => {
                going.answer = response;
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

/** The newest bytes are held, and no more than that. */
function take(going: Held, bytes: Uint8Array): void {
  going.chunks.push(bytes);
  going.bytesIn += bytes.length;
  going.held += bytes.length;
  for (let first = going.chunks[0]; first && going.held - first.length >= mostFrameBytes; first = going.chunks[0]) {
    going.chunks.shift();
    going.held -= first.length;
  }
}
