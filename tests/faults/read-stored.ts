import { applyEvents, emptyConversation } from '../../lib/chat/apply-event.ts';
import type { ChatEvent, Conversation, Reply } from '../../lib/chat/types.ts';
import type { Surface } from '../support/browser/surface.ts';

/** The storage of the extension, as functions that run in its pages name it. */
interface StorageScope {
  readonly chrome: {
    readonly storage: {
      readonly local: {
        getKeys(): Promise<string[]>;
        get(keys: readonly string[]): Promise<Record<string, unknown>>;
      };
    };
  };
}

interface StoredChunks {
  readonly id: string;
  /** The JSON text of each chunk, in order. */
  readonly chunks: readonly string[];
}

/**
 * All conversations as they lie on the disk, folded from their chunks; rejects when one of them can't be read. `surface`:
 * any page of the extension.
 */
export async function readStored(surface: Surface): Promise<readonly Conversation[]> {
  const ids = await readIds(surface);
  const all: Conversation[] = [];
  for (let at = 0; at < ids.length; at += 100) all.push(...(await readConversations(surface, ids.slice(at, at + 100))));
  return all;
}

/** Those conversations that can be read; rejects when it can't even be read which there are. */
export async function readReadable(surface: Surface): Promise<readonly Conversation[]> {
  const all: Conversation[] = [];
  for (const id of await readIds(surface)) all.push(...(await readConversations(surface, [id]).catch(() => [])));
  return all;
}

function readIds(surface: Surface): Promise<readonly string[]> {
  return surface.evaluate(async () => {
    const { chrome } = globalThis as unknown as StorageScope;
    return (await chrome.storage.local.getKeys()).filter((key) => /^chat\/[^/]+$/.test(key)).map((key) => key.slice(5));
  });
}

/** These conversations as they lie on the disk. */
export async function readConversations(surface: Surface, ids: readonly string[]): Promise<readonly Conversation[]> {
  const found: readonly StoredChunks[] = await surface.evaluate(async (wanted: readonly string[]) => {
    const { chrome } = globalThis as unknown as StorageScope;
    interface StoredHead {
      readonly sealed: readonly number[];
      readonly open: { readonly first: number; readonly count: number };
    }
    return Promise.all(
      wanted.map(async (id) => {
        const head = (await chrome.storage.local.get([`chat/${id}`]))[`chat/${id}`] as StoredHead | undefined;
        if (!head) return { id, chunks: [] };
        const open = Array.from({ length: head.open.count }, (_, index) => head.open.first + index);
        const keys = [...head.sealed, ...open].map((number) => `chat/${id}/${number}`);
        const records = await chrome.storage.local.get(keys);
        return { id, chunks: keys.map((key) => (records[key] as { events: string } | undefined)?.events ?? '[]') };
      }),
    );
  }, ids);
  return found.map(({ id, chunks }) => {
    const events = chunks.flatMap((text) => JSON.parse(text) as ChatEvent[]);
    return applyEvents(emptyConversation(id, 0), events);
  });
}

/** The reply with that id, and the conversation it is in. */
export function findStored(
  all: readonly Conversation[],
  replyId: string,
): { readonly conversation: Conversation; readonly reply: Reply } | undefined {
  for (const conversation of all) {
    const reply = conversation.messages.find(({ id }) => id === replyId);
    if (reply?.role === 'assistant') return { conversation, reply };
  }
  return undefined;
}

export function storedText(reply: Reply, type: 'text' | 'thinking' = 'text'): string {
  return reply.parts.flatMap((part) => (part.type === type ? [part.text] : [])).join('');
}
