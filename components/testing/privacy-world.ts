import type { PrivacyWorld } from '@/lib/panel/privacy';

/** A browser from which nothing has left, and in which nobody was given access. */
export const emptyPrivacyWorld: PrivacyWorld = {
  readLedger: () => Promise.resolve({ days: [], hasMore: false }),
  listAccess: () => Promise.resolve([]),
  removeAccess: () => Promise.resolve(),
  onAccessChanged: () => undefined,
  erase: () => Promise.resolve(),
  beginAnew: () => undefined,
};
