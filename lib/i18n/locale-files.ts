import { first as en, type MessageKey, type Messages } from './en/first.ts';
import { first as ru } from './ru/first.ts';

/** The messages that the browser itself shows: manifest, context menu, shortcuts. */
const browserKeys = [
  'name',
  'description',
  'openPanel',
  'quickPrompt',
  'menuAsk',
  'commandAsk',
  'commandExplain',
  'commandSummarise',
  'commandTranslate',
  'promptExplain',
  'promptSummarise',
  'promptTranslate',
] as const satisfies readonly MessageKey[];

export type BrowserMessageKey = (typeof browserKeys)[number];

/** The files under `_locales` for `browser.i18n`, made from the pages' own locales: one source for both. */
export function localeFiles(): readonly { readonly path: string; readonly contents: string }[] {
  return Object.entries({ en, ru } satisfies Record<string, Messages>).map(([tag, messages]) => ({
    path: `_locales/${tag}/messages.json`,
    contents: JSON.stringify(Object.fromEntries(browserKeys.map((key) => [key, browserMessage(messages[key])]))),
  }));
}

function browserMessage(message: Messages[BrowserMessageKey]): { readonly message: string } {
  const text = typeof message === 'string' ? message : message.other;
  return { message: text.replaceAll('$', '$$$$') };
}
