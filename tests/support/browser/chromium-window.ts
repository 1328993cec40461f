/** The parts of Chromium's window that no protocol reaches, by keys, clicks and looks at a virtual display. */
import type { Page } from 'puppeteer-core';
import { setTimeout as sleep } from 'node:timers/promises';
import { displaySize, type Display, type Region } from './display.ts';
import type { SubmenuChoice } from './test-browser.ts';
import { waitUntil } from './wait-until.ts';

/** The buttons at the right of the address bar. */
const toolbar: Region = { x: displaySize.width - 320, y: 44, width: 320, height: 38 };
/** The end of the strip of tabs, which a modal prompt dims and no page can change. */
const tabStrip: Region = { x: displaySize.width - 180, y: 20, width: 1, height: 1 };

const pinned = new WeakSet<Display>();

/** Clicks the extension's button in a window as large as the display; pins it first. */
export async function clickToolbarButton(
  display: Display,
  { pinToToolbar, panelIsOpen }: { readonly pinToToolbar: () => Promise<void>; readonly panelIsOpen: boolean },
): Promise<void> {
  if (!pinned.has(display)) {
    const before = await display.fingerprint(toolbar);
    await pinToToolbar();
    await waitUntil('the button in the toolbar', async () => (await display.fingerprint(toolbar)) !== before);
    await waitUntilStill(display, toolbar);
    pinned.add(display);
  }
  // An open panel shows a button of its own at the right, and all others move left.
  await display.click(displaySize.width - (panelIsOpen ? 190 : 154), toolbar.y + toolbar.height / 2);
}

/**
 * Selects the element's text, opens the menu on it and goes to the extension's item, the lowest that has a submenu.
 * Menus are windows of their own, so that each step has its visible effect to wait for.
 */
export async function chooseFromChromiumMenu(
  page: Page,
  display: Display,
  selector: string,
  { item, items }: SubmenuChoice,
): Promise<void> {
  const index = items.indexOf(item);
  if (index < 0) throw new Error(`no item "${item}" among ${items.join(', ')}`);
  const known = await display.listWindows();
  const countMenus = async (): Promise<number> =>
    (await display.listWindows()).filter((window) => !known.includes(window)).length;
  const waitForMenus = (what: string, count: number, timeoutMs: number): Promise<unknown> =>
    waitUntil({ what, timeoutMs }, async () => (await countMenus()) === count);

  const point = await selectText(page, selector);
  await page.mouse.click(point.x, point.y, { button: 'right' });
  await waitForMenus('the context menu', 1, 10_000);
  for (let above = 0; above < 4 && (await countMenus()) === 1; above++) {
    await display.pressKeys('Up', 'Right');
    // An item without a submenu ignores Right; there is nothing else to tell that.
    await waitForMenus('the submenu', 2, 1500).catch(() => undefined);
  }
  if ((await countMenus()) !== 2) {
    await display.pressKeys('Escape');
    throw new Error('the context menu has no item with a submenu near its end');
  }
  // Right chose the first item.
  for (let step = 0; step < index; step++) await display.pressKeys('Down');
  await display.pressKeys('Return');
  await waitForMenus('the menus to close', 0, 10_000);
}

/**
 * "Deny" has the focus at first: Escape refuses, Tab Return allows. The prompt is drawn inside the window and no
 * protocol tells of it, but it dims the window.
 */
export async function answerChromiumPrompt(display: Display, ask: () => Promise<void>, allow: boolean): Promise<void> {
  const before = await display.fingerprint(tabStrip);
  await ask();
  await waitUntil('the permission prompt', async () => (await display.fingerprint(tabStrip)) !== before);
  // Chromium ignores input in a prompt's first half second, against accidental clicks.
  await sleep(1000);
  await display.pressKeys(...(allow ? ['Tab', 'Return'] : ['Escape']));
  await waitUntil('the permission prompt to close', async () => (await display.fingerprint(tabStrip)) === before);
}

async function waitUntilStill(display: Display, region: Region): Promise<void> {
  let last = '';
  await waitUntil('a region to stand still', async () => {
    const now = await display.fingerprint(region);
    const still = now === last;
    last = now;
    return still;
  });
}

/** Gives a point inside the selection. */
function selectText(page: Page, selector: string): Promise<{ x: number; y: number }> {
  return page.$eval(selector, (element) => {
    element.scrollIntoView({ block: 'center' });
    getSelection()?.selectAllChildren(element);
    const box = getSelection()?.getRangeAt(0).getClientRects()[0];
    if (!box) throw new Error('nothing to select');
    return { x: box.x + Math.min(40, box.width / 2), y: box.y + box.height / 2 };
  });
}
