import type { BrowserName } from './browser/find-browser.ts';
import { runTool, type ToolResult } from './run-tool.ts';

/**
 * The words that make WXT build for a browser. Without `--mv3` it would make Manifest V2 for Firefox, which drops
 * `optional_host_permissions` in silence.
 */
export const targetWords: Readonly<Record<BrowserName, readonly string[]>> = {
  chromium: ['-b', 'chrome'],
  firefox: ['-b', 'firefox', '--mv3'],
};

/** Builds the extension for release, into `buildFolder(browser)`. */
export function buildExtension(browser: BrowserName): Promise<ToolResult> {
  return runTool('wxt', ['build', ...targetWords[browser]]);
}
