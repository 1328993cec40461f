import { asArray, asRecord, asText } from '@/lib/stream/json';

/**
 * How long a provider asks us to wait, from now: `retry-after-ms`, `retry-after` (seconds or a date), Google's RetryInfo,
 * Hugging Face's `estimated_time`, the reset time of a used-up `x-ratelimit` limit, or its words ("try again in 1m2.5s").
 */
export function retryAfterMs(headers: Headers, body: unknown, now: number): number | undefined {
  const said =
    numberIn(headers.get('retry-after-ms'), 1) ??
    retryAfterHeader(headers.get('retry-after'), now) ??
    fromBody(body, 0) ??
    fromLimits(headers, now);
  return said === undefined ? undefined : Math.max(0, Math.round(said));
}

function numberIn(text: string | null, unitMs: number): number | undefined {
  return text !== null && /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) * unitMs : undefined;
}

function retryAfterHeader(text: string | null, now: number): number | undefined {
  if (text === null) return undefined;
  const seconds = numberIn(text, 1000);
  if (seconds !== undefined) return seconds;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : date - now;
}

/** `1m2.5s`, `120ms`, `34.4s`: durations as Go writes them. */
function durationMs(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  if (parts.length === 0) return undefined;
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (unitsMs.get(unit ?? '') ?? 0), 0);
}

const unitsMs: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
]);

function fromBody(body: unknown, depth: number): number | undefined {
  const record = asRecord(Array.isArray(body) ? asArray(body)[0] : body);
  if (!record || depth > 3) return undefined;
  for (const detail of asArray(record['details'])) {
    const delay = durationMs(asText(asRecord(detail)?.['retryDelay']));
    if (delay !== undefined) return delay;
  }
  const estimated = record['estimated_time'] ?? record['retry_after'];
  if (typeof estimated === 'number') return estimated * 1000;
  const words = /(?:try again|retry) in ((?:\d+(?:\.\d+)?(?:ms|h|m|s))+)/i.exec(asText(record['message']));
  return words?.[1] === undefined ? fromBody(record['error'], depth + 1) : durationMs(words[1]);
}

/** Only a limit with nothing left says when to come back. */
function fromLimits(headers: Headers, now: number): number | undefined {
  const waits = ['', '-requests', '-tokens'].map((limit) => {
    if (headers.get(`x-ratelimit-remaining${limit}`)?.trim() !== '0') return undefined;
    const reset = headers.get(`x-ratelimit-reset${limit}`) ?? '';
    const plain = numberIn(reset, 1);
    if (plain === undefined) return durationMs(reset);
    // A plain number is a moment in milliseconds, a moment in seconds or a number of seconds: their sizes tell which.
    if (plain > 1e11) return plain - now;
    return plain > 1e8 ? plain * 1000 - now : plain * 1000;
  });
  const known = waits.filter((wait) => wait !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}
