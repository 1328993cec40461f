import { useEffect, useState } from 'preact/hooks';

/** The time, renewed every second while it is looked at, and whenever `renewFor` is another. */
export function useNow(isRunning: boolean, renewFor?: unknown): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (!isRunning) return undefined;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [isRunning, renewFor]);
  return now;
}

/** Whole seconds from now until then; 0 when it is over. */
export function secondsUntil(then: number, now: number): number {
  return Math.max(0, Math.ceil((then - now) / 1000));
}
