import type { Inline } from './nodes';

/** Marks inside marks; what is deeper is shown as it is written. */
export const maxInlineDepth = 32;

/** A piece of a text that is being read: words that may yet turn out to be marks, or something that is known. */
export interface Part {
  text: string;
  inline: Inline | undefined;
  /** How deep what is in it is nested. */
  depth: number;
  previous: Part | undefined;
  next: Part | undefined;
}

/** Parts in a row, doubly linked: marks are found from their ends, and what is between them moves into them at once. */
export interface PartList {
  readonly head: Part;
  last: Part;
}

export function createPartList(): PartList {
  const head: Part = { text: '', inline: undefined, depth: 0, previous: undefined, next: undefined };
  return { head, last: head };
}

export function addPart(list: PartList, text: string, inline?: Inline): Part {
  const part: Part = { text, inline, depth: 0, previous: list.last, next: undefined };
  list.last.next = part;
  list.last = part;
  return part;
}

/** Puts one part around all after `before` and ahead of `after`; false if that would be too deep. */
export function wrapParts(
  list: PartList,
  { before, after }: { readonly before: Part; readonly after: Part | undefined },
  make: (children: readonly Inline[]) => Inline,
): boolean {
  let depth = 0;
  for (let part = before.next; part && part !== after; part = part.next) depth = Math.max(depth, part.depth);
  if (depth >= maxInlineDepth) return false;
  const inline = make(readParts(before.next, after));
  const part: Part = { text: '', inline, depth: depth + 1, previous: before, next: after };
  before.next = part;
  if (after) after.previous = part;
  else list.last = part;
  return true;
}

/** The parts from `first` to the one ahead of `end` as inlines: neighbouring texts are one. */
export function readParts(first: Part | undefined, end?: Part): readonly Inline[] {
  const inlines: Inline[] = [];
  let text = '';
  const addText = (): void => {
    if (text !== '') inlines.push({ type: 'text', text });
    text = '';
  };
  for (let part = first; part && part !== end; part = part.next) {
    if (!part.inline) text += part.text;
    else if (part.inline.type === 'text') text += part.inline.text;
    else {
      addText();
      inlines.push(part.inline);
    }
  }
  addText();
  return inlines;
}
