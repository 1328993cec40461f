import { loadLater } from '@/lib/i18n/load-later';
import { lazyView } from '../ui/lazy-view';

/** Seen only when something has failed. */
export const lazyFailureWords = lazyView(async () => {
  await loadLater();
  return (await import('./failure-words')).FailureWords;
});

/** What lies behind the failure of a reply, for those who ask. */
export const lazyFailureDetails = lazyView(async () => {
  await loadLater();
  return (await import('./failure-details')).FailureDetails;
});
