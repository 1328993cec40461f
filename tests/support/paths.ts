import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserName } from './browser/find-browser.ts';

/** The project's folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Where the built extension lies. `AVA_BUILDS` names another folder than WXT's own, to try builds that are kept aside. */
export function buildFolder(browser: BrowserName): string {
  return join(
    process.env['AVA_BUILDS'] ?? join(root, '.output'),
    browser === 'chromium' ? 'chrome-mv3' : 'firefox-mv3',
  );
}

/** A path in the folder for pictures and reports, which git ignores; the folder is there afterwards. */
export function artifactPath(name: string): string {
  const folder = join(root, 'tests', '.artifacts');
  mkdirSync(folder, { recursive: true });
  return join(folder, name);
}
