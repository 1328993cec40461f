import { browser } from 'wxt/browser';
import type { LastingBackgroundWorld } from '@/lib/background/lasting-background';
import { withPatience } from '@/lib/store/patient-key-value';
import { watchAccess } from './access';
import { findKey, loadAsking } from './asking';
import { watchFault } from './connection-fault';
import { forceHeaders, hideOriginFrom } from './header-rules';
import { startHeartbeat } from './heartbeat';
import { localKeyValue } from './key-value';
import { announceAwake } from './port-channel';
import { watchRedirect } from './redirect-target';

/** The browser as the background sees it; the providers are the entrypoint's to add. */
export function createBackgroundWorld(): Omit<LastingBackgroundWorld, 'findProvider'> {
  return {
    store: withPatience(localKeyValue()),
    findKey,
    fetch: (input, init) => fetch(input, init),
    hasAccess: watchAccess(),
    giveBackAccess: async (origin) => {
      await browser.permissions.remove({ origins: [origin] });
    },
    announceAwake,
    watchRedirect,
    watchFault,
    forceHeaders,
    hideOriginFrom,
    loadAsking,
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
