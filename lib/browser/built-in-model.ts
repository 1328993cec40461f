import type { BuiltInModel } from '@/lib/panel/built-in';
import { ChatError } from '@/lib/errors/failure';
import { findModel, monitorDownload } from '@/lib/providers/wire/language-model';

/** The browser's own model, for pages; undefined where it has none, as in Firefox. */
export function findBuiltInModel(): BuiltInModel | undefined {
  if (!globalThis.LanguageModel) return undefined;
  const world = { find: () => globalThis.LanguageModel, language: () => navigator.language };
  return {
    availability: async () => (await findModel(world)).availability,
    download: async (onPercent) => {
      // A click counts for some seconds: longer than this takes.
      const found = await findModel(world);
      if (found.availability === 'unavailable') throw new ChatError({ kind: 'unavailable-here' });
      const session = await found.factory.create({ ...found.options, monitor: monitorDownload(onPercent) });
      session.destroy();
    },
  };
}
