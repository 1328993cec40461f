/** Acts on the providers of the options page, as a person does them. */
import { fillField } from '../support/browser/fill-field.ts';
import type { Surface, TabSurface } from '../support/browser/surface.ts';
import type { TestBrowser } from '../support/browser/test-browser.ts';

export const submitButton = '.provider-form button[type="submit"]';

/** `place`: `add/<provider>` or `edit/<endpoint>`. */
export async function openProviderForm(browser: TestBrowser, place: string): Promise<TabSurface> {
  const options = await browser.openOptions(`#${place}`);
  await options.waitFor('the form of a provider', () => document.querySelector('.provider-form') !== null);
  return options;
}

/** Waits for the card of an endpoint in that state; gives its id. */
export function waitForCard(options: Surface, label: string, state: 'ok' | 'failed'): Promise<string> {
  return options.waitFor(
    `the provider ${label} to be ${state}`,
    (wanted: string, wantedState: string) =>
      [...document.querySelectorAll<HTMLElement>('[data-endpoint-id]')].find(
        (card) => card.querySelector('b')?.textContent === wanted && card.dataset['state'] === wantedState,
      )?.dataset['endpointId'],
    label,
    state,
  );
}

/** Adds the demo server with this key, in a browser that has given access to it. Gives the tab back to its first page. */
export async function addKeyedDemo(browser: TestBrowser, serverUrl: string, key: string): Promise<void> {
  await browser.grantOrigins([demoOrigin]);
  const options = await openProviderForm(browser, 'add/openai-compatible');
  await fillField(options, 'label', 'Demo');
  await fillField(options, 'baseUrl', `${serverUrl}/v1`);
  await fillField(options, 'key', key);
  await options.click(submitButton);
  await waitForCard(options, 'Demo', 'ok');
  await options.close();
  await browser.firstTab.bringToFront();
}

/** Removes an endpoint in the list of providers, with its question answered. */
export async function removeProvider(options: Surface, endpointId: string): Promise<void> {
  const card = `[data-endpoint-id="${endpointId}"]`;
  await options.click(`${card} button[aria-label^="Remove: "]`);
  await options.waitFor(
    'the question',
    (selector: string) => document.querySelector(selector) !== null,
    `${card} .danger`,
  );
  await options.click(`${card} .danger`);
  await options.waitFor('the card to go', (selector: string) => document.querySelector(selector) === null, card);
}

export interface StoredEndpoint {
  readonly id: string;
  readonly label: string;
  readonly baseUrl: string;
}

/** The endpoints in the stored settings. To be asked of a page of the extension. */
export function storedEndpoints(page: Surface): Promise<readonly StoredEndpoint[]> {
  return page.evaluate(async () => {
    const { storage } = (globalThis as unknown as { chrome: { storage: { local: StorageOfTest } } }).chrome;
    const { settings } = (await storage.local.get(['settings'])) as { settings?: { endpoints: StoredEndpoint[] } };
    return settings?.endpoints ?? [];
  });
}

export interface StorageOfTest {
  getKeys(): Promise<string[]>;
  get(keys: readonly string[]): Promise<Record<string, unknown>>;
}

interface PermissionsOfTest {
  contains(permissions: { origins: readonly string[] }): Promise<boolean>;
  remove(permissions: { origins: readonly string[] }): Promise<boolean>;
}

const demoOrigin = 'http://127.0.0.1/*';

export function hasDemoAccess(page: Surface): Promise<boolean> {
  return page.evaluate((origin: string) => {
    const { permissions } = (globalThis as unknown as { chrome: { permissions: PermissionsOfTest } }).chrome;
    return permissions.contains({ origins: [origin] });
  }, demoOrigin);
}

/** Takes the access back as the user can in the browser's own pages, after which the browser asks anew. */
export async function takeDemoAccessBack(browser: TestBrowser): Promise<void> {
  if (browser.name === 'chromium') {
    // After `permissions.remove` Chromium would grant again without asking.
    const page = await browser.openTab('chrome://extensions');
    await page.evaluate(
      async (id: string, origin: string) => {
        const { developerPrivate } = (globalThis as unknown as { chrome: { developerPrivate: DeveloperPrivate } })
          .chrome;
        await developerPrivate.removeHostPermission(id, origin);
      },
      new URL(browser.extensionOrigin).hostname,
      demoOrigin,
    );
    await page.close();
    return;
  }
  const page = await browser.openOptions();
  await page.evaluate(async (origin: string) => {
    const { permissions } = (globalThis as unknown as { chrome: { permissions: PermissionsOfTest } }).chrome;
    await permissions.remove({ origins: [origin] });
  }, demoOrigin);
  await page.close();
}

interface DeveloperPrivate {
  removeHostPermission(extensionId: string, origin: string): Promise<void>;
}
