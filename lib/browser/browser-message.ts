import { browser } from 'wxt/browser';
import type { BrowserMessageKey } from '@/lib/i18n/locale-files';

/** One of our messages in the browser's own language: for menus, and for the worker, which loads no locale. */
export const browserMessage: (key: BrowserMessageKey) => string = (key) =>
  // WXT types this by files under `public/`; ours are made at build (`locale-files.ts`).
  (browser.i18n.getMessage as (key: string) => string)(key);
