// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { applyLanguage, followLanguage } from './apply-language';
import { first as en } from './en/first';
import { languageTag, setLanguage } from './translate';

beforeEach(() => {
  setLanguage('en', en);
});
afterEach(() => {
  vi.useRealTimers();
});

const never = new Promise<string>(() => undefined);

test('of two choices the later one counts, though the earlier one takes longer to load', async () => {
  await Promise.all([applyLanguage('ru'), applyLanguage('en')]);
  expect(languageTag()).toBe('en');
});

test('a page is shown in the language that is stored', async () => {
  await followLanguage(Promise.resolve('ru'), signal(undefined));
  expect(languageTag()).toBe('ru');
});

test('a disk that does not answer keeps no page waiting, and its answer is followed when it comes', async () => {
  vi.useFakeTimers();
  let answer: (language: string) => void = () => undefined;
  const stored = new Promise<string>((resolve) => {
    answer = resolve;
  });
  const isShown = vi.fn();
  void followLanguage(stored, signal(undefined)).then(isShown);
  await vi.advanceTimersByTimeAsync(300);
  expect(isShown).toHaveBeenCalledOnce();
  vi.useRealTimers();
  answer('ru');
  await vi.waitFor(() => {
    expect(languageTag()).toBe('ru');
  });
});

test('what the background tells is followed, and is newer than what was stored', async () => {
  const settings = signal({ language: 'ru' });
  await followLanguage(never, settings);
  await vi.waitFor(() => {
    expect(languageTag()).toBe('ru');
  });
  settings.value = { language: 'en' };
  await followLanguage(Promise.resolve('ru'), settings);
  expect(languageTag()).toBe('en');
});
