import { decodeEscapes } from './decode-escapes';

/** A piece of link syntax that was found: its value without marks and escapes, and where it ends. */
export interface Found {
  readonly value: string;
  readonly end: number;
}

/** Parentheses inside each other that a destination may have; the reference implementation has the same limit. */
const maxParentheses = 32;

/** https://spec.commonmark.org/0.31.2/#link-destination */
export function findDestination(text: string, at: number): Found | undefined {
  if (text[at] === '<') {
    const bracketed = matchAt(/<((?:[^<>\n\\]|\\.)*)>/y, text, at);
    return bracketed && { value: readDestination(bracketed[0]), end: at + bracketed[0].length };
  }
  let depth = 0;
  let end = at;
  for (; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === 0x5c && /[!-/:-@[-`{-~]/.test(text[end + 1] ?? '')) end += 1;
    else if (code === 0x28) {
      depth += 1;
      if (depth > maxParentheses) return undefined;
    } else if (code === 0x29) {
      if (depth === 0) break;
      depth -= 1;
    } else if (code <= 0x20 || code === 0x7f) break;
  }
  return depth === 0 && end > at ? { value: readDestination(text.slice(at, end)), end } : undefined;
}

/** https://spec.commonmark.org/0.31.2/#link-title */
export function findTitle(text: string, at: number): Found | undefined {
  const title = matchAt(/"(?:[^"\\]|\\[^])*"|'(?:[^'\\]|\\[^])*'|\((?:[^()\\]|\\[^])*\)/y, text, at);
  return title && { value: readTitle(title[0]), end: at + title[0].length };
}

/** `[label]` as it stands, marks included; a label that is blank or over 999 characters is none. */
export function findLabel(text: string, at: number): Found | undefined {
  const label = matchAt(/\[(?:[^[\]\\]|\\[^]){1,999}\]/y, text, at);
  if (!label || label[0].slice(1, -1).trim() === '') return undefined;
  return { value: label[0].slice(1, -1), end: at + label[0].length };
}

/** The value of a destination as it was written, with or without its angle brackets. */
export function readDestination(source: string): string {
  return decodeEscapes(source.startsWith('<') ? source.slice(1, -1) : source);
}

/** The value of a title as it was written, quotes included. */
export function readTitle(source: string): string {
  return decodeEscapes(source.slice(1, -1));
}

/** Labels are matched without regard to case and white space: https://spec.commonmark.org/0.31.2/#matches */
export function normalizeLabel(label: string): string {
  // Twice, because only the upper case of some letters (ẞ) is the one of their pair.
  return label.trim().replaceAll(/\s+/g, ' ').toLowerCase().toUpperCase();
}

function matchAt(expression: RegExp, text: string, at: number): RegExpExecArray | undefined {
  expression.lastIndex = at;
  return expression.exec(text) ?? undefined;
}
