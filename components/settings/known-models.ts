import type { ModelRef } from '@/lib/chat/types';
import type { Options } from '@/lib/panel/options';

/** Models that were used and may be in no list. */
export function knownModels({ settings }: Options): readonly ModelRef[] {
  const { favourites = [], recent = [], model } = settings.value ?? {};
  return [...favourites, ...recent, ...(model ? [model] : [])];
}
