import { browser } from 'wxt/browser';
import type { BackgroundWorld } from '@/lib/background/background';
import { withPatience } from '@/lib/store/patient-key-value';
import { readSecret } from '@/lib/store/read-secret';
import { watchFault } from './connection-fault';
import { forceHeaders, hideOriginFrom } from './header-rules';
import { startHeartbeat } from './heartbeat';
import { localKeyValue, sessionKeyValue } from './key-value';
import { watchRedirect } from './redirect-target';
import { loadDoctor } from './wires';

/** The browser as the background sees it; the providers are the entrypoint's to add. */
export function createBackgroundWorld(): Omit<BackgroundWorld, 'findProvider'> {
  return {
    store: withPatience(localKeyValue()),
    findKey: readSecret(indexedDB, sessionKeyValue()),
    fetch: (input, init) => fetch(input, init),
    hasAccess: (origin) => browser.permissions.contains({ origins: [origin] }),
    giveBackAccess: async (origin) => {
      await browser.permissions.remove({ origins: [origin] });
    },
    watchRedirect,
    watchFault,
    forceHeaders,
    hideOriginFrom,
    loadDoctor,
    startHeartbeat,
    holdLease: () =>
      new Promise((resolve) => {
        // Held until this worker ends, which is what ends the lease.
        void navigator.locks.request('ava/owner', () => {
          resolve();
          return new Promise(() => undefined);
        });
      }),
    now: () => Date.now(),
    newId: () => crypto.randomUUID(),
    random: () => Math.random(),
  };
}
