/** "Delete everything", while an answer is being written: afterwards the browser holds what a new installation has. */
import assert from 'node:assert/strict';
import { before, it } from 'node:test';
import { fillField } from '../support/browser/fill-field.ts';
import type { Surface } from '../support/browser/surface.ts';
import type { TestBrowser } from '../support/browser/test-browser.ts';
import { artifactPath } from '../support/paths.ts';
import { addKeyedDemo, hasDemoAccess, openProviderForm, waitForCard } from './provider-form.ts';
import { ask, chooseModel, forEachBrowser, startSession, typeMessage, waitForText } from './session.ts';

const erase = '.erase > .button.danger';

forEachBrowser((name) => {
  const session = startSession(name, { withDemoEndpoint: false });
  let panel: Surface;

  before(async () => {
    await addKeyedDemo(session.browser, session.server.url, 'sk-planted-5b1f9c3e7a2d4fQ2');
    panel = await session.browser.openPanel();
  });

  it('asks first, says what it can not do, and can be given up', async () => {
    const options = await openPrivacy(session.browser);
    await options.click(erase);
    await options.waitFor('the question', () => document.activeElement?.textContent === 'Cancel');
    assert.match(await options.text('.card-question'), /What was sent to providers stays with them/);
    for (const scheme of ['light', 'dark'] as const) {
      await options.screenshot(artifactPath(`${name}-erase-320-${scheme}.png`), { width: 320, height: 720, scheme });
    }
    await options.press('Enter');
    await options.waitFor('the question to go', () => document.querySelector('.card-question') === null);
    assert.equal(await hasDemoAccess(options), true);
    await options.close();
    await session.browser.firstTab.bringToFront();
  });

  it('ends the answer that is being written, and leaves nothing', async () => {
    await chooseModel(panel, 'demo-numbered-3000-20');
    await ask(panel, 'Count to 3000');
    await waitForText(panel, 't5');
    await typeMessage(panel, 'half typed');
    const request = await session.server.waitForRequest(({ method }) => method === 'POST');

    const options = await openPrivacy(session.browser);
    await options.click(erase);
    await options.waitFor('the question', () => document.querySelector('.card-question .danger') !== null);
    await options.click('.card-question .danger');
    await options.waitFor('that it is done', () =>
      document.querySelector('.erase')?.textContent.includes('Everything is deleted.'),
    );
    await session.server.waitForRequest((other) => other === request && other.closedEarlyAt !== undefined);

    await panel.waitFor('the first-open screen', () => document.querySelector('.way') !== null);
    assert.equal(await panel.count('article'), 0);
    assert.equal(await panel.evaluate(() => document.querySelector('textarea')?.value), '');
    assert.deepEqual(await whatIsLeft(options), {
      local: [],
      session: [],
      page: 0,
      // The page that begins anew looks for keys, which makes their database again: nothing is in it.
      databases: [],
      origins: [],
      rules: 0,
    });
    await options.close();

    // Nothing comes back with the next worker, and with a panel that is opened anew.
    await session.browser.killWorker();
    await session.browser.firstTab.bringToFront();
    await panel.close();
    panel = await session.browser.openPanel();
    await panel.waitFor('the first-open screen', () => document.querySelector('.way') !== null);
    const left = await whatIsLeft(panel);
    assert.deepEqual(
      left.local.filter((key) => !key.startsWith('view/')),
      [],
    );
  });

  it('after it everything can be set up again', async () => {
    const { browser, server } = session;
    await browser.grantOrigins(['http://127.0.0.1/*']);
    const options = await openProviderForm(browser, 'add/openai-compatible');
    await fillField(options, 'label', 'Again');
    await fillField(options, 'baseUrl', `${server.url}/v1`);
    await options.click('.provider-form button[type="submit"]');
    await waitForCard(options, 'Again', 'ok');
    await options.close();
    await browser.firstTab.bringToFront();
    await chooseModel(panel, 'demo-echo');
    await ask(panel, 'Are you there?');
    await waitForText(panel, 'Are you there?');
  });
});

/** The section when all of it is there: what comes later would move the button away from under the mouse. */
async function openPrivacy(browser: TestBrowser): Promise<Surface> {
  const options = await browser.openOptions('#privacy');
  await options.waitFor(
    'the ledger and the access',
    () => document.querySelector('.ledger-origin') !== null && document.querySelector('.card[data-origin]') !== null,
  );
  return options;
}

interface Left {
  readonly local: readonly string[];
  readonly session: readonly string[];
  readonly page: number;
  /** Those with records, and how many. */
  readonly databases: readonly (readonly [name: string, records: number])[];
  readonly origins: readonly string[];
  readonly rules: number;
}

function whatIsLeft(page: Surface): Promise<Left> {
  return page.evaluate(async () => {
    const { storage, permissions, declarativeNetRequest } = (globalThis as unknown as { chrome: BrowserOfTest }).chrome;
    const answer = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(request.error ?? new Error('refused')));
      });
    const count = async (name: string): Promise<number> => {
      const database = await answer(indexedDB.open(name));
      const stores = [...database.objectStoreNames];
      const counts = stores.map((store) => answer(database.transaction(store).objectStore(store).count()));
      const found = await Promise.all(counts);
      database.close();
      return found.reduce((sum, records) => sum + records, 0);
    };
    const names = (await indexedDB.databases()).map(({ name = '' }) => name);
    const counted = await Promise.all(names.map(async (name) => [name, await count(name)] as const));
    return {
      local: await storage.local.getKeys(),
      session: await storage.session.getKeys(),
      page: localStorage.length,
      databases: counted.filter(([, records]) => records > 0),
      origins: (await permissions.getAll()).origins ?? [],
      rules: (await declarativeNetRequest.getSessionRules()).length,
    };
  });
}

interface BrowserOfTest {
  readonly storage: Readonly<Record<'local' | 'session', { getKeys(): Promise<string[]> }>>;
  readonly permissions: { getAll(): Promise<{ origins?: string[] }> };
  readonly declarativeNetRequest: { getSessionRules(): Promise<readonly unknown[]> };
}
