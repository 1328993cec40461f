import { loadLater } from '@/lib/i18n/load-later';
import { lazyView } from '../ui/lazy-view';

/** Seen only when another model was asked than the one that was chosen. */
export const lazyFallbackNote = lazyView(async () => {
  await loadLater();
  return (await import('./fallback-note')).FallbackNote;
});
