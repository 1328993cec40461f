/**
 * What somebody has right after the installation: no host access, no warning, nothing sent, and a panel that says what
 * to do. What the browser itself thinks of the manifest is asked in Chromium; Firefox tells it to no page, there the
 * add-on linter (`npm test`) does.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Surface } from '../support/browser/surface.ts';
import { forEachBrowser, startSession, typeMessage } from './session.ts';

forEachBrowser((name) => {
  const session = startSession(name, { withDemoEndpoint: false, promptForPermissions: true });

  test('the installed extension has no host access and only the permissions it names', async () => {
    const { browser } = session;
    const granted = await browser.evaluateInBackground(() =>
      (globalThis as unknown as { chrome: { permissions: AllPermissions } }).chrome.permissions.getAll(),
    );
    assert.deepEqual(granted.origins ?? [], []);
    assert.deepEqual(
      (granted.permissions ?? []).toSorted(),
      [
        'activeTab',
        'contextMenus',
        'declarativeNetRequestWithHostAccess',
        'scripting',
        ...(name === 'chromium' ? ['sidePanel'] : []),
        'storage',
        'unlimitedStorage',
        'webRequest',
      ].toSorted(),
    );
  });

  test('the browser has nothing to warn of', { skip: name === 'firefox' }, async () => {
    const { browser } = session;
    const page = await browser.openTab('chrome://extensions');
    const extension = await page.evaluate(async (id: string) => {
      const { developerPrivate } = (globalThis as unknown as { chrome: { developerPrivate: DeveloperPrivate } }).chrome;
      const { permissions, manifestErrors, runtimeErrors, runtimeWarnings, state } =
        await developerPrivate.getExtensionInfo(id);
      return { warnings: permissions.simplePermissions, manifestErrors, runtimeErrors, runtimeWarnings, state };
    }, new URL(browser.extensionOrigin).hostname);
    assert.deepEqual(extension, {
      warnings: [],
      manifestErrors: [],
      runtimeErrors: [],
      runtimeWarnings: [],
      state: 'ENABLED',
    });
    await page.close();
  });

  test('the first panel says what to do, keeps what is typed without a model, and nothing has been sent', async () => {
    const { browser, server } = session;
    await browser.firstTab.bringToFront();
    const panel = await browser.openPanel();
    await panel.waitFor('the first-open screen', () => document.querySelector('.first-open') !== null);
    assert.match(await panel.text('.first-open'), /Choose where answers come from\..*nothing is sent before you do\./s);
    assert.equal(await panel.count('.way'), 4);

    await typeMessage(panel, 'Too early?');
    await panel.press('Enter');
    await panel.waitFor(
      'the way to a provider',
      () => document.querySelector('.picker')?.textContent.includes('Add a provider') === true,
    );
    assert.equal(await panel.evaluate(() => document.querySelector('textarea')?.value), 'Too early?');
    assert.equal(await panel.count('article'), 0);
    await panel.close();

    // Kept across closing, too.
    await browser.firstTab.bringToFront();
    const again = await browser.openPanel();
    await again.waitFor('the draft', () => document.querySelector('textarea')?.value === 'Too early?');

    assert.deepEqual(await foreignRequests(again), []);
    assert.deepEqual(await browser.evaluateInBackground(listForeignRequests, browser.extensionOrigin), []);
    assert.equal(server.requests.length, 0);
    await again.close();
  });

  test('every way of the first panel leads to what it names', async () => {
    const { browser } = session;
    for (const [place, title] of [
      ['choose/computer', 'A model on this computer'],
      ['choose/vendor', 'An API key'],
      ['add/openai-compatible', 'OpenAI-compatible'],
      ['add/codelink-ava', 'CodeLink Ava'],
    ] as const) {
      const options = await browser.openOptions(`#${place}`);
      await options.waitFor('the form', () => document.querySelector('.provider-form, .choices') !== null);
      assert.equal(await options.text('main h2'), title);
      assert.deepEqual(await foreignRequests(options), []);
      await options.close();
    }
  });

  async function foreignRequests(page: Surface): Promise<readonly string[]> {
    return page.evaluate(listForeignRequests, session.browser.extensionOrigin);
  }
});

/** Runs anywhere in the extension: every request that went elsewhere, as the browser has recorded them. */
function listForeignRequests(origin: string): string[] {
  return performance
    .getEntriesByType('resource')
    .map((entry) => entry.name)
    .filter((address) => !address.startsWith(`${origin}/`) && !address.startsWith('data:'));
}

interface AllPermissions {
  getAll(): Promise<{ origins?: readonly string[]; permissions?: readonly string[] }>;
}

interface DeveloperPrivate {
  getExtensionInfo(id: string): Promise<{
    permissions: { simplePermissions: readonly unknown[] };
    manifestErrors: readonly unknown[];
    runtimeErrors: readonly unknown[];
    runtimeWarnings: readonly unknown[];
    state: string;
  }>;
}
