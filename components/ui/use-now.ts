import { useEffect, useState } from 'preact/hooks';

/** The time, renewed every second while it is looked at; the seconds begin again whenever `renewFor` is another. */
export function useNow(isRunning: boolean, renewFor?: unknown): number {
  const [, setLooked] = useState(0);
  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => setLooked((times) => times + 1), 1000);
    return () => clearInterval(timer);
  }, [isRunning, renewFor]);
  // Not what the last tick said: that may be a second ago, and a countdown would begin above its number.
  return Date.now();
}

/** Whole seconds from now until then; 0 when it is over. */
export function secondsUntil(then: number, now: number): number {
  return Math.max(0, Math.ceil((then - now) / 1000));
}
