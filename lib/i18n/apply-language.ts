import { chooseLocale } from './locales.ts';
import { languageTag, setLanguage } from './translate.ts';

/** Loads and shows the language of the user's choice; 'auto' is the browser's, which is `navigator.language`. */
export async function applyLanguage(choice: string): Promise<void> {
  const locale = chooseLocale(choice, navigator.language);
  if (locale.tag !== languageTag()) setLanguage(locale.tag, await locale.load());
}
