import { browser } from 'wxt/browser';
import type { OptionsWorld } from '@/lib/panel/options';
import { createKeyLock } from '@/lib/store/key-lock';
import { usualRounds } from '@/lib/store/seal';
import { createSecrets } from '@/lib/store/secrets';
import { findBuiltInModel } from './built-in-model';
import { openPanelCommand, quickPromptCommand } from './command-names';
import { sessionKeyValue } from './key-value';
import { pageWorld, readLanguage } from './page-world';
import { privacyWorld } from './privacy-world';

/** The browser as the options page sees it, and the language the user has chosen. What comes from registries is handed in by the entrypoint. */
export function createOptionsWorld(registries: Pick<OptionsWorld, 'providers' | 'normalizeAddress'>): {
  readonly world: OptionsWorld;
  readonly language: Promise<string>;
} {
  const keysWorld = { databases: indexedDB, session: sessionKeyValue(), crypto, rounds: usualRounds };
  const world: OptionsWorld = {
    ...pageWorld,
    ...registries,
    builtInModel: findBuiltInModel(),
    secrets: createSecrets(keysWorld),
    keyLock: createKeyLock(keysWorld),
    privacy: privacyWorld,
    family: import.meta.env.FIREFOX ? 'firefox' : 'chrome',
    version: browser.runtime.getManifest().version,
    shortcuts: async () => {
      const commands = await browser.commands.getAll();
      const keysOf = (command: string): string => commands.find(({ name }) => name === command)?.shortcut ?? '';
      return [
        { label: 'openPanel', keys: keysOf(openPanelCommand) },
        { label: 'quickPrompt', keys: keysOf(quickPromptCommand) },
      ];
    },
    openShortcuts: () => {
      if (import.meta.env.FIREFOX) {
        // From Firefox 137. https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/commands/openShortcutSettings
        void (browser.commands as unknown as { openShortcutSettings(): Promise<void> }).openShortcutSettings();
      } else {
        void browser.tabs.create({ url: 'chrome://extensions/shortcuts' });
      }
    },
  };
  return { world, language: readLanguage() };
}
