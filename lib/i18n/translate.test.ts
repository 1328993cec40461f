// @vitest-environment happy-dom
import { afterEach, describe, expect, test } from 'vitest';
import { first as en } from './en/first.ts';
import { later as enLater } from './en/later.ts';
import { first as ru } from './ru/first.ts';
import { later as ruLater } from './ru/later.ts';
import { fill, languageTag, setLanguage, t } from './translate.ts';

afterEach(() => setLanguage('en', en));

describe('fill', () => {
  test('puts values where their names are, each as often as it is named', () => {
    expect(fill('{host} to {target}, {host}', 'en', { host: 'a.example', target: 'b.example' })).toBe(
      'a.example to b.example, a.example',
    );
  });

  test('leaves a name without a value as it is', () => {
    expect(fill('Ask {host}', 'en', {})).toBe('Ask {host}');
  });

  test('takes a value literally, even one that looks like a name or a replacement pattern', () => {
    expect(fill('«{title}» {host}', 'ru', { title: '{host} $& $1', host: 'a.example' })).toBe(
      '«{host} $& $1» a.example',
    );
  });

  test('writes numbers as the language does', () => {
    expect(fill('{count}', 'en', { count: 12_345.5 })).toBe('12,345.5');
    expect(fill('{count}', 'ru', { count: 12_345.5 })).toBe('12\u00A0345,5');
  });

  test.each([
    [0, '0 моделей'],
    [1, '1 модель'],
    [2, '2 модели'],
    [5, '5 моделей'],
    [11, '11 моделей'],
    [21, '21 модель'],
    [22, '22 модели'],
    [1.5, '1,5 модели'],
  ])('counts %d in Russian', (count, text) => {
    expect(fill(ruLater.stateOk, 'ru', { count })).toBe(text);
  });

  test.each([
    [0, '0 models'],
    [1, '1 model'],
    [2, '2 models'],
    [21, '21 models'],
  ])('counts %d in English', (count, text) => {
    expect(fill(enLater.stateOk, 'en', { count })).toBe(text);
  });

  test('takes the general form where the selected one is not written', () => {
    expect(fill({ other: '{count} стр.' }, 'ru', { count: 2 })).toBe('2 стр.');
  });
});

test('messages, the tag and the page follow the language that is set', () => {
  expect([t('send'), languageTag()]).toEqual([en.send, 'en']);
  setLanguage('ru', ru);
  expect([t('send'), t('tokens', { count: 3 }), languageTag()]).toEqual([ru.send, '3 токена', 'ru']);
  expect(document.documentElement.lang).toBe('ru');
});
