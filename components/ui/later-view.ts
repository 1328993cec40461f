import type { ComponentType } from 'preact';
import { loadLater } from '@/lib/i18n/load-later';
import { type LazyView, lazyView } from './lazy-view';

/** A lazy view whose messages are loaded before it (`later.ts` of each language). */
export function laterView<Props extends object>(fetchView: () => Promise<ComponentType<Props>>): LazyView<Props> {
  return lazyView(async () => {
    await loadLater();
    return fetchView();
  });
}
