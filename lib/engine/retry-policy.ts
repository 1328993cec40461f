import { type Failure, isTransient } from '@/lib/errors/failure';

/** Requests beyond the first that may be made by itself, and only before anything of an answer has come. */
export const mostRetries = 2;

const firstPauseMs = 500;
const longestPauseMs = 8000;
/** A provider that asks for a longer wait than this is not waited for: the user decides. */
const longestAskedPauseMs = 60_000;

/**
 * How long to wait before the next attempt, or undefined when there is to be none.
 * Exponential with jitter (each pause between half and whole of 0.5, 1, 2 … 8 s); what the provider asks for wins.
 * `retriesMade`: how many were made already. `random`: 0 ≤ x < 1.
 */
export function pauseBeforeRetry(failure: Failure, retriesMade: number, random: () => number): number | undefined {
  if (retriesMade >= mostRetries || !isTransient(failure) || failure.mayRetry === false) return undefined;
  if (failure.retryAfterMs !== undefined) {
    return failure.retryAfterMs <= longestAskedPauseMs ? failure.retryAfterMs : undefined;
  }
  // A model takes its time to load.
  const pause = failure.kind === 'loading' ? longestPauseMs : Math.min(longestPauseMs, firstPauseMs * 2 ** retriesMade);
  return pause / 2 + (pause / 2) * random();
}

/**
 * Whether somebody else is to be asked in this one's place: it has too much to do (429), has failed (5xx), or has not begun
 * to answer in time. Error frames of a stream have no status, only a kind.
 */
export function callsForFallback({ kind, status = 0 }: Failure): boolean {
  return status === 429 || status >= 500 || fallbackKinds.has(kind);
}

const fallbackKinds: ReadonlySet<Failure['kind']> = new Set(['rate-limit', 'overloaded', 'server', 'timeout']);
