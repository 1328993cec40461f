import { first, type Messages } from './en/first.ts';
import type { LaterMessages } from './en/later.ts';

/** A language the pages speak. All but English are loaded when they are needed. */
export interface Locale {
  /** BCP 47. */
  readonly tag: string;
  /** Its name in itself. */
  readonly name: string;
  load(): Promise<Messages>;
  /** The messages of views that are loaded later. */
  loadLater(): Promise<LaterMessages>;
}

/** Adding a language is one folder and one entry here. */
export const locales: readonly Locale[] = [
  {
    tag: 'en',
    name: 'English',
    load: () => Promise.resolve(first),
    loadLater: async () => (await import('./en/later.ts')).later,
  },
  {
    tag: 'ru',
    name: 'Русский',
    load: async () => (await import('./ru/first.ts')).first,
    loadLater: async () => (await import('./ru/later.ts')).later,
  },
];

/** The locale for the user's choice ('auto': the browser's language); English where there is none. */
export function chooseLocale(choice: string, browserLanguage: string): Locale {
  const wanted = (choice === 'auto' ? browserLanguage : choice).toLowerCase().split(/[-_]/u)[0];
  const found = locales.find(({ tag }) => tag === wanted) ?? locales[0];
  if (!found) throw new Error('there is no locale');
  return found;
}
