import { launchChromium } from './chromium.ts';
import type { BrowserName } from './find-browser.ts';
import { launchFirefox } from './firefox.ts';
import type { LaunchOptions, TestBrowser } from './test-browser.ts';

/** Starts the browser with the extension in it. Throws one line that says which program is missing. */
export function launchBrowser(name: BrowserName, options: LaunchOptions): Promise<TestBrowser> {
  switch (name) {
    case 'chromium':
      return launchChromium(options);
    case 'firefox':
      return launchFirefox(options);
  }
}
