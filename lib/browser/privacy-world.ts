import { browser } from 'wxt/browser';
import type { PrivacyWorld } from '@/lib/panel/privacy';
import { ChatError } from '@/lib/errors/failure';
import { readLedger } from '@/lib/store/ledger';
import { withPatience } from '@/lib/store/patient-key-value';
import { hideOriginFrom, removeOldHeaderRules } from './header-rules';
import { localKeyValue } from './key-value';
import { beginAnew } from './page-world';

export const privacyWorld: PrivacyWorld = {
  readLedger: (days) => readLedger(withPatience(localKeyValue()), days),
  listAccess,
  removeAccess: async (origin) => {
    await browser.permissions.remove({ origins: [origin] });
  },
  onAccessChanged: (listener) => {
    browser.permissions.onAdded.addListener(listener);
    browser.permissions.onRemoved.addListener(listener);
  },
  erase: async () => {
    localStorage.clear();
    // Each for itself: one that fails keeps the others from nothing.
    const outcomes = await Promise.allSettled([
      browser.storage.session.clear(),
      removeDatabases(),
      removeCaches(),
      removeOldHeaderRules().then(() => hideOriginFrom([])),
      removeAllAccess(),
    ]);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw new ChatError({ kind: 'storage' }, { cause: failed.reason });
  },
  beginAnew,
};

async function listAccess(): Promise<readonly string[]> {
  return (await browser.permissions.getAll()).origins ?? [];
}

async function removeAllAccess(): Promise<void> {
  const origins = await listAccess();
  if (origins.length > 0) await browser.permissions.remove({ origins: [...origins] });
}

/** Those of the keys, and whatever else may be there. */
async function removeDatabases(): Promise<void> {
  const databases = await indexedDB.databases();
  await Promise.all(databases.map(({ name = '' }) => removeDatabase(name)));
}

function removeDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.addEventListener('success', () => {
      resolve();
    });
    request.addEventListener('error', () => {
      reject(request.error ?? new Error('the database refused'));
    });
  });
}

async function removeCaches(): Promise<void> {
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
}
