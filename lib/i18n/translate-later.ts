import { effect, signal } from '@preact/signals';
import type { Message } from './en/first.ts';
import { type AnyKey, type LaterKey, type LaterMessages, later } from './en/later.ts';
import { locales } from './locales.ts';
import { fill, languageTag, t as translate } from './translate.ts';

interface Loaded {
  readonly tag: string;
  readonly messages: LaterMessages;
}

const loaded = signal<Loaded>({ tag: 'en', messages: later });

/** Every message in the page's language, for views that are loaded later themselves. English until the others are there. */
export function t(key: AnyKey, values: Readonly<Record<string, string | number>> = {}): string {
  if (!isLater(key)) return translate(key, values);
  const { tag, messages } = loaded.value;
  const message: Message = messages[key];
  return fill(message, tag, values);
}

/** Keeps these messages in the page's language from now on; resolves when they are in the one it has now. */
export async function followLater(): Promise<void> {
  following ??= new Promise((resolve) => {
    effect(() => {
      void load(languageTag()).then(resolve);
    });
  });
  await following;
}

let following: Promise<void> | undefined;

async function load(tag: string): Promise<void> {
  try {
    const messages = await locales.find((locale) => locale.tag === tag)?.loadLater();
    if (messages && tag === languageTag()) loaded.value = { tag, messages };
  } catch {
    // A language that can't be loaded leaves these messages in the one they have.
  }
}

const isLater = (key: string): key is LaterKey => Object.hasOwn(later, key);
