const opening = '<think>';
const closing = '</think>';

export interface ThoughtOrText {
  readonly type: 'text' | 'thinking';
  readonly text: string;
}

export interface InlineThinking {
  push(text: string): readonly ThoughtOrText[];
  /** What is still held back because it might have become a tag. */
  flush(): readonly ThoughtOrText[];
}

/**
 * Tells thinking from answer where a model writes both into its text, the thinking first and between `<think>` and
 * `</think>`. Only at the start of an answer: further on the same characters are the answer's own. The tags may come in
 * pieces. Where models don't, all is `answer` from its start.
 */
export function createInlineThinking(first: 'start' | 'answer' = 'start'): InlineThinking {
  let place: 'start' | 'thinking' | 'answer' = first;
  let held = '';

  function push(text: string): ThoughtOrText[] {
    if (place === 'answer') return part('text', text);
    held += text;
    if (place === 'start') {
      const start = held.trimStart();
      if (opening.startsWith(start)) return [];
      if (!start.startsWith(opening)) return becomeAnswer(held);
      place = 'thinking';
      held = start.slice(opening.length);
    }
    const end = held.indexOf(closing);
    if (end >= 0) {
      const thought = held.slice(0, end);
      return [...part('thinking', thought), ...becomeAnswer(held.slice(end + closing.length))];
    }
    // What may be the start of the closing tag starts at the last `<`: the tag has only one.
    const last = held.lastIndexOf('<');
    const safe = last >= 0 && closing.startsWith(held.slice(last)) ? last : held.length;
    const thought = held.slice(0, safe);
    held = held.slice(safe);
    return part('thinking', thought);
  }

  function becomeAnswer(text: string): ThoughtOrText[] {
    place = 'answer';
    held = '';
    return part('text', text);
  }

  return {
    push,
    flush() {
      const rest = held;
      held = '';
      return part(place === 'thinking' ? 'thinking' : 'text', rest);
    },
  };
}

function part(type: ThoughtOrText['type'], text: string): ThoughtOrText[] {
  return text === '' ? [] : [{ type, text }];
}
