import { afterEach, describe, expect, test, vi } from 'vitest';
import type { BrowserMessageKey } from './locale-files.ts';
import { localeFiles } from './locale-files.ts';
import { locales } from './locales.ts';

/** All keys that the browser asks for; the type makes a missing or a foreign one an error. */
const browserKeys = Object.keys({
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
} satisfies Record<BrowserMessageKey, true>);
