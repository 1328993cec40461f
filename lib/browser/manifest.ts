/**
 * The manifest, for both families of browser. No host access at install, no content script, nothing that warns:
 * `optional_host_permissions` are asked for one origin at a time, from the click that needs them.
 *
 * https://developer.chrome.com/docs/extensions/reference/manifest
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/manifest.json
 */
import { diagramPage } from './diagram-page.ts';
import { openPanelCommand, quickPromptCommand } from './command-names.ts';

type Family = 'chrome' | 'firefox';

/** Chromium keeps Alt+Shift+A for itself; in Firefox Alt+Shift+S opens the History menu, whose access key is S. */
const panelKeys: Readonly<Record<Family, string>> = { chrome: 'Alt+Shift+S', firefox: 'Alt+Shift+A' };

export function makeManifest(family: Family): Record<string, unknown> {
  return {
    name: '__MSG_name__',
    short_name: 'Ava',
    description: '__MSG_description__',
    default_locale: 'en',
    permissions: [
      'storage',
      'unlimitedStorage',
      'contextMenus',
      'activeTab',
      'scripting',
      'declarativeNetRequestWithHostAccess',
      // To name the host that a refused redirect leads to; it sees only hosts that access was given for.
      'webRequest',
      ...(family === 'chrome' ? ['sidePanel'] : []),
    ],
    host_permissions: [],
    optional_host_permissions: ['https://*/*', 'http://*/*'],
    action: { default_title: '__MSG_openPanel__' },
    commands: {
      [openPanelCommand]: { suggested_key: { default: panelKeys[family] }, description: '__MSG_openPanel__' },
      [quickPromptCommand]: { suggested_key: { default: 'Alt+Shift+Q' }, description: '__MSG_quickPrompt__' },
    },
    ...(family === 'chrome'
      ? { minimum_chrome_version: '130', sandbox: { pages: [diagramPage] } }
      : {
          browser_specific_settings: {
            gecko: {
              id: 'ava@ava-side-panel.app',
              strict_min_version: '142.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }),
  };
}
