import type { TestBrowser } from '../browser/test-browser.ts';
import { waitUntil } from '../browser/wait-until.ts';

/** Adds the demo server as a person would: in the form of the options page. Its first model becomes the chosen one. */
export async function addDemoEndpoint(browser: TestBrowser, serverUrl: string): Promise<void> {
  // Else saving would stop at the browser's prompt for access.
  await browser.grantOrigins(['http://127.0.0.1/*']);
  const options = await browser.openOptions('#add/openai-compatible');
  await options.waitFor(
    'the form of a new provider',
    () => document.querySelector('form input[name="baseUrl"]') !== null,
  );
  const fields = { label: 'Demo (canned text, not an AI)', baseUrl: `${serverUrl}/v1` };
  for (const [name, value] of Object.entries(fields)) {
    const selector = `input[name="${name}"]`;
    const holdsIt = (): Promise<boolean> =>
      options.evaluate(
        (field: string, wanted: string) => document.querySelector<HTMLInputElement>(field)?.value === wanted,
        selector,
        value,
      );
    // The form begins anew when the settings come after it; then it is filled in again, as a person would.
    await waitUntil(`the field ${name} to hold what was typed`, async () => {
      if (await holdsIt()) return true;
      await options.click(selector);
      // What the form suggests is replaced by what is typed.
      await options.evaluate((field: string) => document.querySelector<HTMLInputElement>(field)?.select(), selector);
      await options.type(value);
      return holdsIt();
    });
  }
  await options.click('form:has(input[name="baseUrl"]) button[type="submit"]');
  await options.waitFor(
    'the demo endpoint to be saved and its models listed',
    () => document.querySelector('[data-endpoint-id][data-state="ok"]') !== null,
  );
  await options.close();
}
