/**
 * The first way in: the toolbar button and the shortcut open the side panel, and close it.
 *
 * Firefox never gives the keyboard to a sidebar that opens, and ignores `window.focus()` of the page in it: a person clicks
 * into it, or presses F6. So "typing goes straight into the field" is Chromium's only; in Firefox the field has the focus
 * inside the sidebar, and gets what is typed once the sidebar has the keyboard.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suggestedKey } from '../support/browser/read-manifest.ts';
import type { PanelEntry, TestBrowser } from '../support/browser/test-browser.ts';
import { waitUntil } from '../support/browser/wait-until.ts';
import { buildFolder } from '../support/paths.ts';
import { ask, chooseModel, forEachBrowser, startSession, waitForState } from './session.ts';

forEachBrowser((name) => {
  const session = startSession(name);

  for (const [entry, words] of [
    ['toolbar-click', 'a click on the toolbar button'],
    ['shortcut', 'the suggested shortcut'],
  ] as const) {
    test(`${words} opens the side panel beside the page, and a second one closes it`, async () => {
      const { browser, server } = session;
      await browser.firstTab.bringToFront();
      const panel = await browser.openPanel(entry);
      assert.match(await panel.url(), /^(?:chrome|moz)-extension:\/\/[^/]+\/sidepanel\.html/);
      assert.equal(await browser.firstTab.url(), `${server.url}/page`);

      await repeat(browser, entry);
      await waitUntil('the panel to close', async () => !(await panel.isOpen()));
      assert.equal(await browser.panel(), undefined);
    });

    test(`${words} opens the panel with the field ready for typing`, async () => {
      const { browser } = session;
      await browser.firstTab.bringToFront();
      const panel = await browser.openPanel(entry);
      await panel.waitFor(
        'the field to have the focus',
        () => document.activeElement?.getAttribute('aria-label') === 'Message',
      );
      if (name === 'chromium') await browser.typeWhereFocusIs('straight in');
      else await panel.type('straight in');
      await panel.waitFor(
        'the field to hold what was typed',
        () => document.querySelector('textarea')?.value === 'straight in',
      );
      await panel.evaluate(() => document.querySelector('textarea')?.select());
      await panel.press('Backspace');
      await panel.waitFor('the field to be empty', () => document.querySelector('textarea')?.value === '');
      await panel.close();
    });
  }

  test('what is asked in a panel that the shortcut opened is answered there', async () => {
    const { browser } = session;
    await browser.firstTab.bringToFront();
    const panel = await browser.openPanel('shortcut');
    await chooseModel(panel, 'demo-fast');
    await ask(panel, 'What is backpressure?');
    const { text } = await waitForState(panel, 'complete');
    assert.match(text, /slow end of a pipe/);
    await panel.close();
  });
});

/** Does once more what opened the panel. */
async function repeat(browser: TestBrowser, entry: PanelEntry): Promise<void> {
  if (entry === 'shortcut') return browser.shortcut(suggestedKey(buildFolder(browser.name), 'open-panel'));
  // The driver goes on to wait for a panel to open, and here none will.
  browser.openPanel(entry).catch(() => undefined);
}
