import { browser } from 'wxt/browser';

/** An answer that is being written is waited for, but not for ever: an update may mend something that matters. */
const longestWaitMs = 60_000;

/**
 * Takes an update of the extension over as soon as `ready` resolves, or after a minute. What is cut then becomes
 * `interrupted`, with all that was shown. Register at the top of the worker.
 */
export function onUpdateAvailable(ready: () => Promise<void>, flush: () => Promise<unknown>): void {
  browser.runtime.onUpdateAvailable.addListener(() => {
    const late = new Promise((resolve) => {
      setTimeout(resolve, longestWaitMs);
    });
    void Promise.race([ready(), late])
      .then(flush)
      .finally(() => {
        browser.runtime.reload();
      });
  });
}
