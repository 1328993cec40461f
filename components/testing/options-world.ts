import type { PageSide } from '@/lib/protocol/messages';
import type { OptionsWorld } from '@/lib/panel/options';
import { noLock } from './no-lock';
import { emptyPrivacyWorld } from './privacy-world';

/** A world of the options page in which access is given, no key is saved, and nothing else happens. */
export function makeOptionsWorld(page: PageSide, more: Partial<OptionsWorld> = {}): OptionsWorld {
  return {
    connect: () => page,
    onBackgroundAwake: () => undefined,
    providers: [],
    normalizeAddress: () => ({ ok: false, reason: 'addressEmpty' }),
    secrets: {
      get: () => Promise.resolve(''),
      list: () => Promise.resolve([]),
      set: () => Promise.resolve(true),
      remove: () => Promise.resolve(),
    },
    keyLock: noLock,
    newId: () => 'new',
    now: () => 0,
    requestAccess: () => Promise.resolve(true),
    shortcuts: () => Promise.resolve([]),
    privacy: emptyPrivacyWorld,
    family: 'chrome',
    version: '0.0.0',
    openShortcuts: () => undefined,
    copy: () => Promise.resolve(),
    ...more,
  };
}
