import type { ChatEvent } from '@/lib/chat/types';
import { isRecord } from './is-record';

/**
 * A piece of a conversation's log as it lies on disk: written once, never changed. The events are kept as JSON text:
 * `storage.local` turns a lone surrogate (half of an emoji at a cut) into U+FFFD, JSON escapes it; and the checksum
 * then covers exactly what is read back.
 */
export interface Chunk {
  readonly v: 1;
  /** FNV-1a of `events`, 32 bit, as 8 hexadecimal digits. */
  readonly sum: string;
  readonly events: string;
}

export function makeChunk(events: readonly ChatEvent[]): Chunk {
  const text = JSON.stringify(events);
  return { v: 1, sum: checksum(text), events: text };
}

/** The events of a stored chunk; undefined when the record is missing, altered, or of a version we don't know. */
export function readChunk(record: unknown): readonly ChatEvent[] | undefined {
  if (!isRecord(record, 1)) return undefined;
  const { events, sum } = record;
  return typeof events === 'string' && sum === checksum(events) ? (JSON.parse(events) as ChatEvent[]) : undefined;
}

/** http://www.isthe.com/chongo/tech/comp/fnv/ over UTF-16 code units. */
export function checksum(text: string): string {
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
