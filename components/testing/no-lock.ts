import type { KeyLock } from '@/lib/store/key-lock';

/** No lock, and none to be had. */
export const noLock: KeyLock = {
  state: () => Promise.resolve('none'),
  set: () => Promise.resolve(false),
  unlock: () => Promise.resolve(false),
  shut: () => Promise.resolve(),
  change: () => Promise.resolve(false),
  remove: () => Promise.resolve(false),
  forget: () => Promise.resolve(),
};
