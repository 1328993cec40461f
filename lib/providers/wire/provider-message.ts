import { asArray, asRecord, asText, parseJson } from '@/lib/stream/json';
import { maskKeys } from './mask-keys';

const longest = 500;

/**
 * The provider's own words in an error body or error frame, wherever they are nested: plain text without markup, JSON or
 * keys, at most 500 characters; undefined when it said nothing that can be shown.
 */
export function providerMessage(said: unknown, key: string): string | undefined {
  const words = maskKeys(providerWords(said).slice(0, 8 * longest), key)
    // Control characters, among them those that turn the direction of text.
    .replaceAll(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  // A bracket alone is the first line of JSON over many.
  if (/^[{}[\] ]*$/.test(words)) return undefined;
  if (words.length <= longest) return words;
  return `${words.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** The same words as they came, to judge by; not to be shown. */
export function providerWords(said: unknown): string {
  return wordsIn(said, 0);
}

function wordsIn(said: unknown, depth: number): string {
  if (depth > 8) return '';
  if (typeof said === 'string') return wordsOfText(said, depth);
  if (Array.isArray(said)) {
    const all = asArray(said).map((item) => wordsIn(item, depth + 1));
    return [...new Set(all)].filter((words) => words !== '').join('; ');
  }
  const record = asRecord(said);
  if (!record) return '';
  // OpenRouter: `message` says that the provider failed, `metadata.raw` says how.
  const raw = wordsIn(asRecord(record['metadata'])?.['raw'], depth + 1);
  const named = new Map(Object.entries(record).map(([name, inner]) => [name.toLowerCase().replaceAll('_', ''), inner]));
  for (const place of placesOfWords) {
    const inner = named.get(place);
    // The last resort is every text in what stands there.
    const words = wordsIn(inner, depth + 1) || wordsIn(Object.values(asRecord(inner) ?? {}), depth + 1);
    if (words === '') continue;
    const where = asArray(record['loc']).join('.');
    return [where, words, raw === words ? '' : raw].filter((part) => part !== '').join(': ');
  }
  return raw;
}

/** In lower case and without `_`: AWS writes `Message`, Apigee `fault.faultstring`, MiniMax `base_resp.status_msg`. */
const placesOfWords =
  'error message faultstring detail msg errordescription errormessage errormsg errors details description title reason fault baseresp statusmsg'.split(
    ' ',
  );

function wordsOfText(text: string, depth: number): string {
  const trimmed = text.trim();
  if (looksLikeMarkup(trimmed)) return '';
  // An event stream as an error body: its data lines.
  const lines = [...trimmed.matchAll(/^data:[ \t]*(.+)$/gm)].map((match) => match[1] ?? '');
  if (lines.length > 0) return wordsIn(parseJson(lines.join('\n')) ?? '', depth + 1);
  const start = trimmed.search(/[{[]\s*["'{[]/);
  if (start < 0) return trimmed.replaceAll(/<\/?[a-z][^<>]*>/gi, '');

  // Gateways put the JSON they were given behind words of their own.
  const end = Math.max(trimmed.lastIndexOf('}'), trimmed.lastIndexOf(']')) + 1;
  const value = parseJson(trimmed.slice(start, end));
  const before = trimmed.slice(0, start).replace(/[\s:–-]+$/, '');
  const inner =
    value === undefined
      ? (/["']message["']\s*:\s*(["'])(.*?[^\\])\1/.exec(trimmed.slice(start))?.[2] ?? '')
      : wordsIn(value, depth + 1);
  return [before, asText(inner)].filter((part) => part !== '').join(': ');
}

/** Whether the text is a web page (or XML) and no message. */
export function looksLikeMarkup(text: string): boolean {
  return /^\s*<[!?a-z]|<html[\s>]/i.test(text);
}
