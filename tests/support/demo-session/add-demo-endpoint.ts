import { fillField } from '../browser/fill-field.ts';
import type { TestBrowser } from '../browser/test-browser.ts';

/** Adds the demo server as a person would: in the form of the options page. Its first model becomes the chosen one. */
export async function addDemoEndpoint(browser: TestBrowser, serverUrl: string): Promise<void> {
  // Else saving would stop at the browser's prompt for access.
  await browser.grantOrigins(['http://127.0.0.1/*']);
  const options = await browser.openOptions('#add/openai-compatible');
  await options.waitFor(
    'the form of a new provider',
    () => document.querySelector('form input[name="baseUrl"]') !== null,
  );
  await fillField(options, 'label', 'Demo (canned text, not an AI)');
  await fillField(options, 'baseUrl', `${serverUrl}/v1`);
  await options.click('form:has(input[name="baseUrl"]) button[type="submit"]');
  await options.waitFor(
    'the demo endpoint to be saved and its models listed',
    () => document.querySelector('[data-endpoint-id][data-state="ok"]') !== null,
  );
  await options.close();
}
