import { setTimeout as sleep } from 'node:timers/promises';

/** What is waited for, in words for the failure message; with its own time where ten seconds are not right. */
export type Awaiting = string | { readonly what: string; readonly timeoutMs: number };

/**
 * Asks again and again until the answer is truthy, and returns it. An error of `ask` counts as "not yet".
 * Throws "waited N s for <what>" with the last error, and with what `describe` says then.
 */
export async function waitUntil<Result>(
  awaiting: Awaiting,
  ask: () => Promise<Result>,
  describe: () => Promise<string> = async () => '',
): Promise<NonNullable<Result>> {
  const { what, timeoutMs } = typeof awaiting === 'string' ? { what: awaiting, timeoutMs: 10_000 } : awaiting;
  const end = Date.now() + timeoutMs;
  let lastError = '';
  for (;;) {
    try {
      const answer = await ask();
      lastError = '';
      if (answer) return answer;
    } catch (error) {
      lastError = ` (last error: ${String(error)})`;
    }
    if (Date.now() >= end) break;
    await sleep(30);
  }
  const details = await describe().catch((error: unknown) => String(error));
  throw new Error(`waited ${timeoutMs / 1000} s for ${what}${lastError}${details && `\n${details}`}`);
}
