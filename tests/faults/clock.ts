import { vi } from 'vitest';

/**
 * Time that passes only when a test lets it: timers and `Date` stand still in between, so a run is the same every time,
 * however busy the machine is. Everything the background and its pages wait for is a timer or a promise.
 */
export interface Clock {
  /** Lets so many milliseconds pass, and everything that was to happen in them. */
  pass(ms: number): Promise<void>;
  /** How long it took until the check held; fails when that is more than `withinMs`. */
  until(what: string, check: () => boolean | Promise<boolean>, withinMs: number): Promise<number>;
  /** Gives the real timers back. */
  stop(): void;
}

/** `stepMs`: how finely time passes; a check may be that much late. */
export function stopTheClock(stepMs: number): Clock {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: 1_000_000_000_000 });

  async function pass(ms: number): Promise<void> {
    await settle();
    for (let passed = 0; passed < ms; passed += stepMs) {
      vi.advanceTimersByTime(stepMs);
      await settle();
    }
  }

  return {
    pass,
    until: async (what, check, withinMs) => {
      await settle();
      for (let passed = 0; ; passed += stepMs) {
        if (await check()) return passed;
        if (passed >= withinMs) throw new Error(`${what}: not within ${withinMs} ms`);
        await pass(stepMs);
      }
    },
    stop: () => {
      vi.useRealTimers();
    },
  };
}

/** Promises that wait for nothing but each other come to their end. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
