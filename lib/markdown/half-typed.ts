import { findMath } from './math-syntax';

/**
 * What is half typed at the end of a text that grows is not shown until it is known what it is: marks would be seen as
 * characters first and vanish then. When nothing more comes, everything is shown as it stands.
 */

const containers = /^(?:[ \t]|>|[-+*][ \t]|\d{1,9}[.)][ \t])*/;

/** A line that may yet become a mark, an underline, a fence, a task, an alert, a footnote or the head of a table. */
const unknownLine =
  /^(?:[-+*=_#~`|:$]+|\d{1,9}[.)]?|\\\[?|\[[ xX]?\]?|\[![A-Z]*\]?|\[\^[^\s[\]]*\]?:?|(?:`{3,}|~{3,})[^`]*|\|.*|)[ \t]*$/;

/** Whether the last line, which has no end yet, says nothing so far. */
export function isUnknownLine(line: string): boolean {
  const rest = line.replace(containers, '');
  return rest.length < 2000 && unknownLine.test(rest);
}

/** Whether the last line of a block of code may yet become the fence that closes it. */
export function isHalfFence(line: string, mark: string): boolean {
  const rest = line.replace(/^[ \t>]+/, '').trimEnd();
  return rest !== '' && rest === mark.repeat(rest.length);
}

/** The text of a paragraph that grows, as far as it is known what it says. */
export function cutHalfTyped(text: string): string {
  const cut = cutEnd(cutTarget(cutTableHead(text)));
  return cutFormula(cut);
}

/** So many characters at the end are looked at. */
const tailLength = 4000;

/** The end of the text, with other characters in the place of code: marks in it are none. As long as it was. */
function tailWithoutCode(text: string): string {
  const tail = text.slice(-tailLength);
  const runs = [...tail.matchAll(/`+/g)];
  let masked = '';
  for (let at = 0; at < runs.length; at += 1) {
    const opening = runs[at];
    if (!opening || tail[opening.index - 1] === '\\') continue;
    const end = runs.findIndex((run, later) => later > at && run[0].length === opening[0].length);
    const closing = runs[end];
    if (!closing) continue;
    masked += tail.slice(masked.length, opening.index);
    masked += 'x'.repeat(closing.index + closing[0].length - masked.length);
    at = end;
  }
  return masked + tail.slice(masked.length);
}

/** The line that may become the head of a table, and what has come of the delimiter row. */
function cutTableHead(text: string): string {
  return text.replace(/(?:^|\n)[ \t]*\|[^\n]{0,2000}(?:\n[ \t|:-]*)?$/, '');
}

/** The address of a link and what begins an image: shown when they are whole. */
function cutTarget(text: string): string {
  // An image that is all in its address is long.
  const data = text.lastIndexOf('](data:');
  if (data >= 0 && !/[)\s]/.test(text.slice(data))) {
    const image = text.lastIndexOf('![', data);
    return text.slice(0, image < 0 ? data : image);
  }
  const tail = tailWithoutCode(text);
  const before = text.length - tail.length;
  const image = tail.lastIndexOf('![');
  if (isNear(tail, image) && !/^!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\]|[^([])/.test(tail.slice(image))) {
    return text.slice(0, before + image);
  }
  const target = tail.lastIndexOf('](');
  if (isNear(tail, target) && !/[)\n]/.test(tail.slice(target))) return text.slice(0, before + target);
  return text;
}

/** What is not closed after so many characters is shown as it stands. */
function isNear(tail: string, at: number): boolean {
  return at >= 0 && tail.length - at < 2000;
}

/** Marks at the very end, which may grow, open or close; half a tag, an entity or an escape. */
function cutEnd(text: string): string {
  return text.replace(
    /(?:\\[!-/:-@[-`{-~]?|(?<!\S)!|&#?[a-z\d]{0,31}|<[^<>\s]{0,200}|\[\^[^\s[\]]{0,100}\]?|[*_~`[\]]{1,100})$/i,
    '',
  );
}

/** A formula without its end. A `$` alone may be a price: then it is shown. */
function cutFormula(text: string): string {
  const tail = tailWithoutCode(text);
  const opening = Math.max(
    lastOpening(tail, String.raw`\(`, String.raw`\)`),
    lastOpening(tail, String.raw`\[`, String.raw`\]`),
    lastDoubleDollar(tail),
    lastDollar(tail),
  );
  return opening < 0 ? text : text.slice(0, text.length - tail.length + opening);
}

function lastOpening(text: string, mark: string, closing: string): number {
  const at = text.lastIndexOf(mark);
  return at >= 0 && !text.includes(closing, at) ? at : -1;
}

function lastDoubleDollar(text: string): number {
  return text.split('$$').length % 2 === 0 ? text.lastIndexOf('$$') : -1;
}

function lastDollar(text: string): number {
  for (let at = text.indexOf('$'); at >= 0;) {
    const found = findMath(text, at);
    if (!found && isOpenDollar(text, at)) return at;
    at = text.indexOf('$', found?.end ?? at + 1);
  }
  return -1;
}

/** Whether what follows looks like a formula and not like a price or the name of a variable. */
function isOpenDollar(text: string, at: number): boolean {
  if (/[\p{L}\p{N}$\\]/u.test(text[at - 1] ?? '')) return false;
  return /^(?:$|(?:[\\({|]|\p{L}(?!\p{L}{2}))[^$\n]{0,200}$)/u.test(text.slice(at + 1));
}
