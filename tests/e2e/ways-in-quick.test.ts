/**
 * The third way in: a shortcut opens the quick prompt, the popup of the toolbar button, over whatever is there.
 *
 * After Ctrl+Enter the keyboard is in the panel in Chromium. Firefox never gives it to a sidebar that opens (see
 * ways-in-panel.test.ts): there it goes back to the page, and only the conversation is looked at.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Surface } from '../support/browser/surface.ts';
import { suggestedKey } from '../support/browser/read-manifest.ts';
import type { TestBrowser } from '../support/browser/test-browser.ts';
import { waitUntil } from '../support/browser/wait-until.ts';
import { buildFolder } from '../support/paths.ts';
import {
  chatRequests,
  chooseModel,
  forEachBrowser,
  messagesOf,
  startSession,
  waitForState,
  waitForText,
} from './session.ts';

const forbiddenPages = {
  chromium: ['chrome://version', 'chrome://new-tab-page/'],
  firefox: ['about:license', 'about:config', 'about:addons'],
} as const;

forEachBrowser((name) => {
  const session = startSession(name);

  test('the shortcut opens it over a page with the focus in its field, Enter streams the answer there', async () => {
    const { browser, server } = session;
    await browser.firstTab.bringToFront();
    const quick = await openAndType(browser, 'What is backpressure?');
    await chooseModel(quick, 'demo-fast');
    await quick.press('Enter');
    const { text } = await waitForState(quick, 'complete');
    assert.match(text, /slow end of a pipe/);
    assert.equal(chatRequests(server).length, 1);
    assert.equal(await browser.panel(), undefined);
    await pressEscape(quick);
  });

  for (const address of forbiddenPages[name]) {
    test(`it opens over ${address}, where no extension may inject, and answers`, async () => {
      const { browser } = session;
      const tab = await browser.openTab(address);
      const quick = await openAndType(browser, 'What is backpressure?');
      await quick.press('Enter');
      await waitForState(quick, 'complete');
      await pressEscape(quick);
      await tab.close();
    });
  }

  test('pressing the shortcut again while it is open opens no second one', async () => {
    const { browser } = session;
    await browser.firstTab.bringToFront();
    const quick = await openFocused(browser);
    await browser.evaluateInBackground(countWindowsAfterCommand);
    await quick.press(suggestedKey(buildFolder(name), 'quick-prompt'));
    const windows = await waitUntil('the shortcut to have had its effect', () =>
      browser.evaluateInBackground(readWindowCount),
    );
    assert.equal(windows, 1);
    if (await quick.isOpen()) await pressEscape(quick);
  });

  test('Esc closes it, and the answer goes on to its end and into the history', async () => {
    const { browser, server } = session;
    await browser.firstTab.bringToFront();
    const quick = await openAndType(browser, 'Count, please.');
    await chooseModel(quick, 'demo-numbered-60-40');
    await quick.press('Enter');
    await waitForText(quick, 't3');
    await pressEscape(quick);
    const [request] = chatRequests(server);
    assert.equal(request?.finished, false);
    await server.waitForRequest(({ method, finished }) => method === 'POST' && finished);

    const panel = await browser.openPanel();
    await panel.waitFor('the bar of the panel', () => document.querySelector('.bar') !== null);
    await panel.click('.bar button[aria-label="History"]');
    await panel.waitFor('the question in the history', () => document.body.innerText.includes('Count, please.'));
    await clickText(panel, 'Count, please.');
    const { text } = await waitForState(panel, 'complete');
    assert.match(text, /^t0 t1 .* t59$/);
    await panel.close();
  });

  test('Ctrl+Enter goes on with the same conversation in the side panel, with the keyboard in its field', async () => {
    const { browser, server } = session;
    await browser.firstTab.bringToFront();
    const quick = await openAndType(browser, 'Count on.');
    await chooseModel(quick, 'demo-numbered-60-40');
    await quick.press('Enter');
    await waitForText(quick, 't3');
    await quick.press('Control+Enter');
    const panel = await browser.waitForPanel();
    await waitUntil('the quick prompt to close', async () => !(await quick.isOpen()));
    await waitForText(panel, 't3');
    if (name === 'chromium') await browser.typeWhereFocusIs('and then');
    else await panel.type('and then');
    await panel.waitFor(
      'what is typed next in the field of the panel',
      () => document.querySelector('textarea')?.value === 'and then',
    );
    await waitForState(panel, 'complete');
    assert.equal(chatRequests(server).length, 1, 'asked once, not again in the panel');
    await panel.press('Enter');
    await panel.waitFor(
      'the second answer',
      () => document.querySelectorAll('article[data-role="assistant"]').length === 2,
    );
    await waitForState(panel, 'complete');
    const [, second] = chatRequests(server);
    assert.deepEqual(
      messagesOf(second!).map(([role]) => role),
      ['user', 'assistant', 'user'],
    );
    await panel.close();
  });

  test('what is typed and not sent yet is asked by Ctrl+Enter, in the side panel', async () => {
    const { browser, server } = session;
    await browser.firstTab.bringToFront();
    const quick = await openAndType(browser, 'Straight to the panel.');
    await quick.press('Control+Enter');
    const panel = await browser.waitForPanel();
    await panel.waitFor(
      'the question in the panel',
      () => document.querySelector('.question')?.textContent.includes('Straight to the panel.') === true,
    );
    await waitForState(panel, 'complete');
    assert.equal(chatRequests(server).length, 1);
    await panel.close();
  });

  test('where no popup can be had it comes in a small window, answers there, and Esc closes it', async () => {
    const { browser, server } = session;
    await browser.firstTab.bringToFront();
    await browser.evaluateInBackground(refusePopups);
    const quick = await browser.openQuickPrompt();
    await quick.waitFor('the small window', () => location.search === '?window' && document.hasFocus());
    await quick.type('From a window.');
    await quick.press('Enter');
    await waitForState(quick, 'complete');
    assert.equal(chatRequests(server).length, 1);
    await pressEscape(quick);
  });
});

/** Runs in the background: a browser without a popup for the button, or with one that is in nobody's toolbar. */
function refusePopups(): void {
  const { action } = (globalThis as unknown as { chrome: ExtensionOfTest }).chrome;
  action.openPopup = () => Promise.reject(new Error('no popup here'));
}

/** Opens it by the shortcut and types with the keyboard where it is, without any click. */
async function openAndType(browser: TestBrowser, text: string): Promise<Surface> {
  const quick = await openFocused(browser);
  await browser.typeWhereFocusIs(text);
  await quick.waitFor(
    `the quick prompt to hold "${text}"`,
    (wanted: string) => document.querySelector('textarea')?.value === wanted,
    text,
  );
  return quick;
}

async function openFocused(browser: TestBrowser): Promise<Surface> {
  const quick = await browser.openQuickPrompt();
  await quick.waitFor(
    'the field of the quick prompt to have the focus',
    () => document.hasFocus() && document.activeElement?.localName === 'textarea',
  );
  return quick;
}

async function pressEscape(quick: Surface): Promise<void> {
  await quick.press('Escape');
  await waitUntil('the quick prompt to close', async () => !(await quick.isOpen()));
}

/** Clicks the innermost element that shows exactly this text. */
async function clickText(surface: Surface, text: string): Promise<void> {
  await surface.evaluate((wanted: string) => {
    const found = [...document.querySelectorAll('button, a, [role="option"], span')].findLast(
      (element) => element.textContent.trim() === wanted,
    );
    if (!found) throw new Error(`nothing shows "${wanted}"`);
    found.setAttribute('data-test-target', '');
  }, text);
  await surface.click('[data-test-target]');
}

interface Counter {
  windowsOfTest?: number;
}

interface ExtensionOfTest {
  readonly action: { openPopup: () => Promise<void> };
  readonly commands: { readonly onCommand: { addListener(listener: () => void): void } };
  readonly runtime: { getContexts(filter: object): Promise<readonly unknown[]> };
  readonly windows: { getAll(): Promise<readonly unknown[]> };
}

/** Runs in the background: counts the browser's windows when the next command has been answered, in every step it may take. */
function countWindowsAfterCommand(): void {
  const { action, commands, runtime, windows } = (globalThis as unknown as { chrome: ExtensionOfTest }).chrome;
  const scope = (globalThis.window ?? globalThis) as unknown as Counter;
  commands.onCommand.addListener(() => {
    void (async () => {
      // Each of these is answered after the same call of the product, which came first.
      await action.openPopup().catch(() => undefined);
      await runtime.getContexts({});
      scope.windowsOfTest = (await windows.getAll()).length;
    })();
  });
}

function readWindowCount(): number {
  return ((globalThis.window ?? globalThis) as unknown as Counter).windowsOfTest ?? 0;
}
