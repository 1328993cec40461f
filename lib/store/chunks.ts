import type { ChatEvent } from '@/lib/chat/types';

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

export type ReadChunk =
  | { readonly state: 'whole'; readonly events: readonly ChatEvent[] }
  /** Written by a newer Ava, which may have invented events: they can be shown, nothing may be written behind them. */
  | { readonly state: 'newer'; readonly events: readonly ChatEvent[] }
  /** Missing, torn or altered. */
  | { readonly state: 'damaged' };

export function readChunk(record: unknown): ReadChunk {
  if (typeof record !== 'object' || record === null || !('v' in record) || !('events' in record)) return damaged;
  const { v, events } = record;
  if (typeof v !== 'number' || typeof events !== 'string') return damaged;
  if (v === 1 && (!('sum' in record) || record.sum !== checksum(events))) return damaged;
  try {
    const list: unknown = JSON.parse(events);
    if (!Array.isArray(list)) return damaged;
    return { state: v > 1 ? 'newer' : 'whole', events: list as ChatEvent[] };
  } catch {
    // Whoever wrote this, it is not to be read here.
    return damaged;
  }
}

const damaged: ReadChunk = { state: 'damaged' };

/** http://www.isthe.com/chongo/tech/comp/fnv/ over UTF-16 code units. */
export function checksum(text: string): string {
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}
