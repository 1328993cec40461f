/** A formula that was found: what is between its marks, and where it ends in the text. */
export interface FoundMath {
  readonly tex: string;
  readonly end: number;
  /** Shown on a line of its own. */
  readonly isDisplay: boolean;
}

/** Nothing that is longer is a formula. */
const maxTexLength = 4000;

const closings: Readonly<Record<string, string>> = {
  $$: '$$',
  [String.raw`\[`]: String.raw`\]`,
  [String.raw`\(`]: String.raw`\)`,
};

/** Finds a formula whose opening mark is at `at`: `$…$`, `$$…$$`, `\(…\)` or `\[…\]`. */
export function findMath(text: string, at: number): FoundMath | undefined {
  const mark = text.slice(at, at + 2);
  const closing = closings[mark];
  if (closing === undefined) return findDollarMath(text, at);
  const end = findClosing(text, at + 2, closing);
  const tex = end < 0 ? '' : text.slice(at + 2, end).trim();
  // What holds no letter or digit is an escaped bracket and another.
  if (!/[\p{L}\d]/u.test(tex)) return undefined;
  return { tex, end: end + 2, isDisplay: mark !== String.raw`\(` };
}

/**
 * `$…$` as in Pandoc, and a little stricter, because answers speak of prices: no space inside the marks, no letter or
 * digit on their outer sides, and no words after an amount. https://pandoc.org/MANUAL.html#extension-tex_math_dollars
 */
function findDollarMath(text: string, at: number): FoundMath | undefined {
  if (text[at] !== '$' || text[at + 1] === '$' || /[\p{L}\p{N}$\\]/u.test(text[at - 1] ?? '')) return undefined;
  const end = findClosing(text, at + 1, '$');
  if (end < 0 || /[\p{L}\p{N}${(]/u.test(text[end + 1] ?? '')) return undefined;
  const tex = text.slice(at + 1, end);
  if (tex === '' || /^\s|\s$/.test(tex) || isPrice(tex)) return undefined;
  return { tex, end: end + 1, isDisplay: false };
}

function isPrice(tex: string): boolean {
  return /^[\d.,]/.test(tex) && /[\s(]\p{L}{2,}/u.test(tex) && !/[\\^_={}]/.test(tex);
}

/** Where `closing` is the next time, unless a backslash takes its meaning. */
function findClosing(text: string, from: number, closing: string): number {
  const limit = Math.min(text.length, from + maxTexLength);
  for (let at = from; at < limit; at += 1) {
    if (text.startsWith(closing, at)) return at;
    if (text[at] === '\\') at += 1;
  }
  return -1;
}

export function isMathStart(line: string): boolean {
  return line.startsWith('$$') || line.startsWith(String.raw`\[`);
}

/** A block that is one formula from its first character to its last, white space apart. */
export function readWholeMath(text: string): string | undefined {
  const trimmed = text.trim();
  const found = findMath(trimmed, 0);
  return found?.isDisplay && found.end === trimmed.length ? found.tex : undefined;
}

/** What lines of a block that begins with a formula make of it: the formula, not yet one, or none. */
export function checkMath(text: string): 'whole' | 'open' | 'none' {
  if (readWholeMath(text) !== undefined) return 'whole';
  if (text.length > maxTexLength) return 'none';
  const mark = text.trimStart().slice(0, 2);
  return findClosing(text.trimStart(), 2, closings[mark] ?? '$$') < 0 ? 'open' : 'none';
}
