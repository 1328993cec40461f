import { laterView } from '../ui/later-view';

/** Seen only when another model was asked than the one that was chosen. */
export const lazyFallbackNote = laterView(async () => (await import('./fallback-note')).FallbackNote);
