import { en, type Messages } from './en.ts';

/** A language the pages speak. All but English are loaded when they are needed. */
export interface Locale {
  /** BCP 47. */
  readonly tag: string;
  /** Its name in itself. */
  readonly name: string;
  load(): Promise<Messages>;
}

/** Adding a language is one file and one line here. */
export const locales: readonly Locale[] = [
  { tag: 'en', name: 'English', load: () => Promise.resolve(en) },
  { tag: 'ru', name: 'Русский', load: async () => (await import('./ru.ts')).ru },
];

/** The locale for the user's choice ('auto': the browser's language); English where there is none. */
export function chooseLocale(choice: string, browserLanguage: string): Locale {
  const wanted = (choice === 'auto' ? browserLanguage : choice).toLowerCase().split(/[-_]/u)[0];
  const found = locales.find(({ tag }) => tag === wanted) ?? locales[0];
  if (!found) throw new Error('there is no locale');
  return found;
}
