import { type Part, type PartList, wrapParts } from './inline-parts';
import type { Inline } from './nodes';

/** A run of `*`, `_` or `~` that may open or close. https://spec.commonmark.org/0.31.2/#delimiter-run */
export interface Delimiter {
  readonly part: Part;
  readonly mark: string;
  /** How many of its characters are not used yet. */
  length: number;
  readonly fullLength: number;
  readonly canOpen: boolean;
  readonly canClose: boolean;
}

const punctuation = /[\p{P}\p{S}]/u;

/** What the run of `mark` between two characters can do; '' stands for the beginning and the end of the text. */
export function flank(mark: string, before: string, after: string): { canOpen: boolean; canClose: boolean } {
  const isSpaceBefore = before === '' || /\s/u.test(before);
  const isSpaceAfter = after === '' || /\s/u.test(after);
  const isMarkBefore = punctuation.test(before);
  const isMarkAfter = punctuation.test(after);
  const isLeft = !isSpaceAfter && (!isMarkAfter || isSpaceBefore || isMarkBefore);
  const isRight = !isSpaceBefore && (!isMarkBefore || isSpaceAfter || isMarkAfter);
  if (mark !== '_') return { canOpen: isLeft, canClose: isRight };
  return { canOpen: isLeft && (!isRight || isMarkBefore), canClose: isRight && (!isLeft || isMarkAfter) };
}

/**
 * Pairs the runs of `delimiters` from `bottom` on, and removes them. Where no opener was found for a closer of a kind
 * is remembered, so that the cost grows with the number of runs.
 * https://spec.commonmark.org/0.31.2/#phase-2-inline-structure
 */
export function pairDelimiters(list: PartList, delimiters: Delimiter[], bottom = 0): readonly Delimiter[] {
  const open: Delimiter[] = [];
  const searched = new Map<string, Delimiter | undefined>();
  for (const closer of delimiters.splice(bottom)) {
    while (closer.canClose && closer.length > 0) {
      const kind = `${closer.mark}${closer.canOpen}${closer.mark === '~' ? closer.length : closer.fullLength % 3}`;
      const index = findOpener(open, closer, searched.get(kind));
      const opener = open[index];
      if (!opener) {
        searched.set(kind, open.at(-1));
        break;
      }
      open.length = index + 1;
      pair(list, opener, closer);
      if (opener.length === 0) open.pop();
    }
    if (closer.length > 0 && closer.canOpen) open.push(closer);
  }
  return open;
}

function findOpener(open: readonly Delimiter[], closer: Delimiter, searched: Delimiter | undefined): number {
  for (let index = open.length - 1; index >= 0; index -= 1) {
    const opener = open[index];
    if (!opener || opener === searched) return -1;
    if (opener.mark === closer.mark && canPair(opener, closer)) return index;
  }
  return -1;
}

function canPair(opener: Delimiter, closer: Delimiter): boolean {
  if (opener.mark === '~') return opener.length === closer.length && opener.length <= 2;
  const isOdd = (closer.canOpen || opener.canClose) && closer.fullLength % 3 !== 0;
  return !isOdd || (opener.fullLength + closer.fullLength) % 3 !== 0;
}

function pair(list: PartList, opener: Delimiter, closer: Delimiter): void {
  const used = opener.mark === '~' ? opener.length : opener.length >= 2 && closer.length >= 2 ? 2 : 1;
  const type = opener.mark === '~' ? 'strike' : used === 2 ? 'strong' : 'emphasis';
  opener.length -= used;
  closer.length -= used;
  const between = { before: opener.part, after: closer.part };
  if (!wrapParts(list, between, (children): Inline => ({ type, children }))) return;
  opener.part.text = opener.part.text.slice(used);
  closer.part.text = closer.part.text.slice(used);
}

/** Takes marks that are not closed yet as if they were closed at the end of the text. */
export function closeDelimiters(list: PartList, open: readonly Delimiter[]): void {
  for (const { mark, part, length } of open.toReversed()) {
    if (length > 3 || (mark === '~' && length === 1)) continue;
    part.text = '';
    const wrap = (type: 'strike' | 'strong' | 'emphasis'): void => {
      wrapParts(list, { before: part, after: undefined }, (children): Inline => ({ type, children }));
    };
    if (mark === '~') wrap('strike');
    else {
      if (length >= 2) wrap('strong');
      if (length !== 2) wrap('emphasis');
    }
  }
}
