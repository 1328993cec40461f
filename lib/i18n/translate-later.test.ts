// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { applyLanguage } from './apply-language';
import { later as english } from './en/later';
import { loadLater } from './load-later';
import { later as russian } from './ru/later';
import { t } from './translate-later';

afterEach(() => applyLanguage('en'));

test('messages of both parts follow the language that is set, once they are asked for', async () => {
  expect([t('send'), t('about')]).toEqual(['Send', english.about]);
  await applyLanguage('ru');
  await loadLater();
  expect([t('send'), t('about'), t('stateOk', { count: 3 })]).toEqual(['Отправить', russian.about, '3 модели']);
  await applyLanguage('en');
  await vi.waitFor(() => {
    expect(t('about')).toBe(english.about);
  });
});
