import type { ChatEvent } from './types';

/**
 * Joins neighbouring text of the same part into one event; the fold of the result is the fold of the input.
 * The heart of constant cost per token: however fast a model writes, a frame sends one event.
 */
export function coalesce(events: readonly ChatEvent[]): readonly ChatEvent[] {
  const joined: ChatEvent[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    if (last && isText(last) && isText(event) && continues(last, event)) {
      joined[joined.length - 1] = { ...last, text: last.text + event.text };
    } else {
      joined.push(event);
    }
  }
  return joined;
}

type TextEvent = ChatEvent & { type: 'text' | 'thinking' };

export function isText(event: ChatEvent): event is TextEvent {
  return event.type === 'text' || event.type === 'thinking';
}

function continues(first: TextEvent, second: TextEvent): boolean {
  return (
    first.type === second.type &&
    first.messageId === second.messageId &&
    first.part === second.part &&
    first.at + first.text.length === second.at
  );
}
