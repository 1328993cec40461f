import { setTimeout as sleep } from 'node:timers/promises';

/**
 * How long anything is waited for. No bar: what has to be quick is measured where that is said. A machine that is busy
 * with other browsers takes many times as long as a quiet one, and what never comes is found out all the same.
 */
export const patienceMs = 40_000;

/** What is waited for, in words for the failure message; with its own time where `patienceMs` is not right. */
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
  const { what, timeoutMs } = typeof awaiting === 'string' ? { what: awaiting, timeoutMs: patienceMs } : awaiting;
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
