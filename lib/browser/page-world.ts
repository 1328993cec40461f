import { browser } from 'wxt/browser';
import { withPatience } from '@/lib/store/patient-key-value';
import { settingsKey } from '@/lib/store/settings';
import { localKeyValue } from './key-value';
import { connectToBackground, onBackgroundAwake } from './port-channel';

/** What every page of ours has in common. */
export const pageWorld = {
  connect: connectToBackground,
  onBackgroundAwake,
  newId: (): string => crypto.randomUUID(),
  now: (): number => Date.now(),
  copy: (text: string): Promise<void> => navigator.clipboard.writeText(text),
  requestAccess: async (origin: string): Promise<boolean> => browser.permissions.request({ origins: [origin] }),
};

/** The language the user has chosen; 'auto' when none, or when the disk can't be read. */
export async function readLanguage(): Promise<string> {
  try {
    const settings = (await withPatience(localKeyValue()).get([settingsKey]))[settingsKey] as
      | { language?: unknown }
      | undefined;
    return typeof settings?.language === 'string' ? settings.language : 'auto';
  } catch {
    // A page opens whatever the disk does.
    return 'auto';
  }
}
