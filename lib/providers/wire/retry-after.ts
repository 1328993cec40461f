/**
 * How long a provider asks us to wait, from now: `retry-after-ms`, `retry-after` (seconds or a date), what the error says
 * (Google's `retryDelay`, Hugging Face's `estimated_time`, "try again in 1m2.5s", "retry after 20 seconds"), or the reset
 * time of a used-up `x-ratelimit` limit. `said`: the error as text or JSON.
 */
export function retryAfterMs(headers: Headers, said: string, now: number): number | undefined {
  const wait =
    plainNumber(headers.get('retry-after-ms')) ??
    secondsOrDate(headers.get('retry-after'), now) ??
    durationMs(inWords.exec(said)?.[1]) ??
    untilReset(headers, now);
  return wait === undefined ? undefined : Math.max(0, Math.round(wait));
}

const inWords =
  /(?:(?:again|retry) (?:in|after)|retry_?after|retrydelay|estimated_time)\W+((?:\d[\d.]*\s*(?:ms|[hms]|(?!\w))[a-z]*\s*)+)/i;

function plainNumber(text: string | null): number | undefined {
  return text !== null && /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

function secondsOrDate(text: string | null, now: number): number | undefined {
  const seconds = plainNumber(text);
  if (seconds !== undefined) return seconds * 1000;
  // A date has letters; without them engines read years into numbers.
  const date = /[a-z]/i.test(text ?? '') ? Date.parse(text ?? '') : Number.NaN;
  return Number.isNaN(date) ? undefined : date - now;
}

/** `1m2.5s`, `120ms`, `20 seconds`; a plain number is seconds. */
function durationMs(text = ''): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)\s*(ms|[hm])?/gi)];
  if (parts.length === 0) return undefined;
  return parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (unitsMs[unit.toLowerCase()] ?? 1000), 0);
}

const unitsMs: Readonly<Record<string, number>> = { ms: 1, m: 60_000, h: 3_600_000 };

/** Only a limit with nothing left says when to come back. */
function untilReset(headers: Headers, now: number): number | undefined {
  const waits = ['', '-requests', '-tokens'].flatMap((limit) => {
    if (headers.get(`x-ratelimit-remaining${limit}`)?.trim() !== '0') return [];
    const reset = headers.get(`x-ratelimit-reset${limit}`) ?? '';
    const plain = plainNumber(reset);
    // A plain number is a moment in milliseconds, a moment in seconds or a number of seconds: their sizes tell which.
    if (plain !== undefined && plain > 1e8) return [(plain > 1e11 ? plain : plain * 1000) - now];
    return durationMs(reset) ?? [];
  });
  return waits.length === 0 ? undefined : Math.max(...waits);
}
