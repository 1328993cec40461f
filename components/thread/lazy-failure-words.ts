import { laterView } from '../ui/later-view';

/** Seen only when something has failed. */
export const lazyFailureWords = laterView(async () => (await import('./failure-words')).FailureWords);

/** What lies behind the failure of a reply, for those who ask. */
export const lazyFailureDetails = laterView(async () => (await import('./failure-details')).FailureDetails);
