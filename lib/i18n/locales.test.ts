import { describe, expect, test } from 'vitest';
import { first, type Message } from './en/first.ts';
import { later } from './en/later.ts';
import { chooseLocale, type Locale, locales } from './locales.ts';

const forms = (message: Message): readonly string[] =>
  typeof message === 'string' ? [message] : Object.values(message);

const counting = (messages: Readonly<Record<string, Message>>): readonly string[] =>
  Object.keys(messages).filter((key) => typeof messages[key] !== 'string');

/** What a text has to be filled with: `{names}`, and the `%s` that the browser puts a selection into. */
const placeholders = (text: string): readonly string[] =>
  [...new Set(Array.from(text.matchAll(/\{\w+\}|%s/gu), ([found]) => found))].toSorted();

const english: Readonly<Record<string, Message>> = { ...first, ...later };

const messagesOf = async (locale: Locale): Promise<Readonly<Record<string, Message>>> => ({
  ...(await locale.load()),
  ...(await locale.loadLater()),
});

test('no message is in both parts', () => {
  expect(Object.keys(english)).toHaveLength(Object.keys(first).length + Object.keys(later).length);
});

test('every language is listed once, under a tag that Intl knows', () => {
  const tags = locales.map(({ tag }) => tag);
  expect(new Set(tags).size).toBe(tags.length);
  expect(Intl.PluralRules.supportedLocalesOf(tags)).toEqual(tags);
});

describe.each(locales)('$name', (locale) => {
  test('has the messages of English, in its order', async () => {
    expect(Object.keys(await messagesOf(locale))).toEqual(Object.keys(english));
  });

  test('leaves no form of a message empty', async () => {
    const empty = Object.entries(await messagesOf(locale)).filter(([, message]) =>
      forms(message).some((form) => form.trim() === ''),
    );
    expect(empty).toEqual([]);
  });

  test('fills the same placeholders as English, in every plural form', async () => {
    for (const [key, message] of Object.entries(await messagesOf(locale))) {
      const wanted = placeholders(forms(english[key] ?? '')[0] ?? '');
      for (const form of forms(message)) expect(placeholders(form), `${key}: ${form}`).toEqual(wanted);
    }
  });

  test('has exactly the plural forms that the language selects, for the messages that count in English', async () => {
    const messages = await messagesOf(locale);
    const categories = new Intl.PluralRules(locale.tag).resolvedOptions().pluralCategories.toSorted();
    expect(counting(messages)).toEqual(counting(english));
    for (const [key, message] of Object.entries(messages)) {
      if (typeof message !== 'string') expect(Object.keys(message).toSorted(), key).toEqual(categories);
    }
  });
});

describe('chooseLocale', () => {
  test.each([
    ['auto', 'ru', 'ru'],
    ['auto', 'ru-RU', 'ru'],
    ['auto', 'RU_ru', 'ru'],
    ['auto', 'en-GB', 'en'],
    ['auto', 'fi', 'en'],
    ['auto', '', 'en'],
    ['ru', 'en-US', 'ru'],
    ['en', 'ru', 'en'],
    ['xx', 'ru', 'en'],
  ])('the choice "%s" in a browser that speaks "%s" gives "%s"', (choice, browserLanguage, tag) => {
    expect(chooseLocale(choice, browserLanguage).tag).toBe(tag);
  });
});
