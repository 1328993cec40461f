import { effect, type ReadonlySignal } from '@preact/signals';
import { chooseLocale } from './locales.ts';
import { languageTag, setLanguage } from './translate.ts';

let newest = 0;

/**
 * Loads and shows the language of the user's choice; 'auto' is the browser's, which is `navigator.language`. Of two
 * choices the later one counts, whichever is loaded first.
 */
export async function applyLanguage(choice: string): Promise<void> {
  const mine = (newest += 1);
  const locale = chooseLocale(choice, navigator.language);
  if (locale.tag === languageTag()) return;
  const messages = await locale.load();
  if (mine === newest) setLanguage(locale.tag, messages);
}

/** A page is not kept waiting longer than this for its language. In milliseconds. */
const patienceMs = 300;

/**
 * Follows the user's choice. Resolves when the page may be shown: in its language, or in English when that takes too
 * long; it follows when it is there. `stored` is the choice as the disk has it, `settings` as the background tells it.
 */
export async function followLanguage(
  stored: Promise<string>,
  settings: ReadonlySignal<{ readonly language: string } | undefined>,
): Promise<void> {
  effect(() => {
    if (settings.value) void applyLanguage(settings.value.language).catch(keepLanguage);
  });
  const applied = stored.then((choice) => (settings.peek() ? undefined : applyLanguage(choice)));
  const elapsed = new Promise<void>((resolve) => {
    setTimeout(resolve, patienceMs);
  });
  await Promise.race([applied.catch(keepLanguage), elapsed]);
}

/** A language that can't be loaded leaves the page in the one it has. */
function keepLanguage(): void {}
