import { afterEach, describe, expect, test, vi } from 'vitest';
import { localeFiles, type BrowserMessageKey } from './locale-files.ts';
import { locales } from './locales.ts';

/** All keys that the browser asks for; the type makes a missing or a foreign one an error. */
const browserKeys: Readonly<Record<BrowserMessageKey, true>> = {
  name: true,
  description: true,
  openPanel: true,
  quickPrompt: true,
  menuAsk: true,
  commandAsk: true,
  commandExplain: true,
  commandSummarise: true,
  commandTranslate: true,
  promptExplain: true,
  promptSummarise: true,
  promptTranslate: true,
};

type BrowserMessages = Readonly<Record<string, { readonly message: string }>>;

function browserMessages(tag: string, files = localeFiles()): BrowserMessages {
  const file = files.find(({ path }) => path === `_locales/${tag}/messages.json`);
  if (!file) throw new Error(`no file for ${tag}`);
  const messages: BrowserMessages = JSON.parse(file.contents);
  return messages;
}

test('there is one file for each language of the pages, and no other', () => {
  expect(localeFiles().map(({ path }) => path)).toEqual(locales.map(({ tag }) => `_locales/${tag}/messages.json`));
});

describe.each(locales)('$name', (locale) => {
  test('has every message the browser shows, with the words of the pages', async () => {
    const wanted = Object.entries(await locale.load())
      .filter(([key]) => key in browserKeys)
      .map(([key, message]) => [key, { message }]);
    expect(wanted).toHaveLength(Object.keys(browserKeys).length);
    expect(browserMessages(locale.tag)).toEqual(Object.fromEntries(wanted));
  });

  test('stays within the lengths that stores and browsers accept', () => {
    // https://developer.chrome.com/docs/extensions/reference/manifest/name and …/description
    const { name, description } = browserMessages(locale.tag);
    expect(name?.message.length).toBeLessThanOrEqual(75);
    expect(description?.message.length).toBeLessThanOrEqual(132);
  });
});

describe('a message with a dollar sign', () => {
  afterEach(() => {
    vi.doUnmock('./ru/first.ts');
    vi.resetModules();
  });

  test('is escaped, because the browser reads $ as the start of a placeholder', async () => {
    // No message has one today, so a locale is put in place of a real one.
    const { first: ru } = await import('./ru/first.ts');
    vi.resetModules();
    vi.doMock('./ru/first.ts', () => ({ first: { ...ru, promptExplain: '$1 и $name$' } }));
    const { localeFiles: filesWithDollars } = await import('./locale-files.ts');
    expect(browserMessages('ru', filesWithDollars())['promptExplain']?.message).toBe('$$1 и $$name$$');
  });
});
