import { type Browser, browser } from 'wxt/browser';
import { ChatError } from '@/lib/errors/failure';
import type { KeyValue } from '@/lib/store/key-value';

/** `storage.local`: on disk. */
export const localKeyValue = (): KeyValue => overArea(browser.storage.local);

/** `storage.session`: in memory until the browser ends; 10 MB. */
export const sessionKeyValue = (): KeyValue => overArea(browser.storage.session);

function overArea(area: Browser.storage.StorageArea): KeyValue {
  return {
    get: (keys) => answered(area.get([...keys])),
    set: (records) => answered(area.set({ ...records })),
    remove: (keys) => answered(area.remove([...keys])),
    // Never get(null): one unreadable value would make it fail for ever.
    keys: () => answered(area.getKeys()),
  };
}

async function answered<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking;
  } catch (error) {
    const message = error instanceof Error ? error.message.slice(0, 500) : 'refused';
    throw new ChatError({ kind: 'storage', message }, { cause: error });
  }
}
