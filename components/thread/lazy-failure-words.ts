import { lazyView } from '../ui/lazy-view';

/** Seen only when something has failed. */
export const lazyFailureWords = lazyView(async () => (await import('./failure-words')).FailureWords);
