import type { AnyKey } from '@/lib/i18n/en/later';
import type { Endpoint } from '@/lib/providers/provider';
import { findJsonProblem } from './json-problem';

/** What was typed into a field, or what is wrong with it; `values` fill the message. */
export type ReadField<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly message: AnyKey; readonly values: Readonly<Record<string, string | number>> };

/** Headers as they are typed: `Name: value`, one a line, or a JSON object. RFC 9110, section 5. */
export function readHeaders(text: string): ReadField<Readonly<Record<string, string>>> {
  if (text.trim().startsWith('{')) return readJsonHeaders(text);
  const headers: Record<string, string> = {};
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const match = /^\s*([^:]*?)\s*:\s*(.*)$/u.exec(line.trimEnd());
    if (!match?.[1] || match[2] === undefined || !canBeSent(match[1], match[2])) {
      return { ok: false, message: 'headersInvalid', values: { line: index + 1 } };
    }
    headers[match[1]] = match[2];
  }
  return { ok: true, value: headers };
}

/** A JSON object, or '' for none. */
export function readBody(text: string): ReadField<Readonly<Record<string, unknown>>> {
  if (text.trim() === '') return { ok: true, value: {} };
  const problem = findJsonProblem(text);
  if (problem) return { ok: false, message: 'bodyInvalidAt', values: { ...problem } };
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ok: true, value: value as Record<string, unknown> }
    : { ok: false, message: 'bodyInvalid', values: {} };
}

/** The headers as typed lines again, for editing. */
export function writeHeaders(headers: Endpoint['headers']): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

/** The fields as JSON again, for editing; '' for none. */
export function writeBody(body: Endpoint['body']): string {
  return Object.keys(body).length === 0 ? '' : JSON.stringify(body, null, 2);
}

function readJsonHeaders(text: string): ReadField<Readonly<Record<string, string>>> {
  const read = readBody(text);
  if (!read.ok) return read;
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(read.value)) {
    if (typeof value !== 'string' || !canBeSent(name, value)) {
      return { ok: false, message: 'headersNotText', values: { name } };
    }
    headers[name] = value;
  }
  return { ok: true, value: headers };
}

function canBeSent(name: string, value: string): boolean {
  return /^[!#$%&'*+.^_`|~\w-]+$/u.test(name) && /^[\t\x20-\x7E\x80-\xFF]*$/u.test(value);
}
