import { browser } from 'wxt/browser';

/** Both browsers end a background without events after 30 s; a request under way is no event, a call of theirs is. */
const beatMs = 10_000;

let turns = 0;
let timer: ReturnType<typeof setInterval> | undefined;

/** Keeps the background alive until the function it gives is called. However many ask, there is one heart. */
export function startHeartbeat(): () => void {
  turns += 1;
  timer ??= setInterval(() => void browser.runtime.getPlatformInfo(), beatMs);
  return () => {
    turns -= 1;
    if (turns > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}
