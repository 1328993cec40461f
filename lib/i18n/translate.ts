import { signal } from '@preact/signals';
import { first, type Message, type MessageKey, type Messages } from './en/first.ts';

interface Language {
  readonly tag: string;
  readonly messages: Messages;
}

const language = signal<Language>({ tag: 'en', messages: first });

/** Sets the language of the page; every view that shows a message follows. */
export function setLanguage(tag: string, messages: Messages): void {
  language.value = { tag, messages };
  document.documentElement.lang = tag;
}

/** BCP 47 tag of the language that is shown, for `Intl` formats. */
export const languageTag = (): string => language.value.tag;

/** The message in the page's language, its `{names}` replaced. A message that counts is chosen by `count`. */
export function t(key: MessageKey, values: Readonly<Record<string, string | number>> = {}): string {
  const { tag, messages } = language.value;
  return fill(messages[key], tag, values);
}

export function fill(message: Message, tag: string, values: Readonly<Record<string, string | number>>): string {
  const text = typeof message === 'string' ? message : pluralForm(message, tag, Number(values['count'] ?? 0));
  return text.replaceAll(/\{(\w+)\}/gu, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === 'number' ? value.toLocaleString(tag) : value;
  });
}

function pluralForm(message: Exclude<Message, string>, tag: string, count: number): string {
  return message[new Intl.PluralRules(tag).select(count)] ?? message.other;
}
