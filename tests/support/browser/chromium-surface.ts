import type { KeyInput, Page } from 'puppeteer-core';
import {
  describePage,
  findRestingMiddle,
  parseKeys,
  type PageFunction,
  type Surface,
  type TabSurface,
} from './surface.ts';
import { toDisplayKeys, type Display } from './display.ts';
import { waitUntil } from './wait-until.ts';

/** Source of a call of the function with these arguments: functions lose their closures, as they would anyway. */
export function toCall(
  pageFunction: string | ((...parameters: never[]) => unknown),
  parameters: readonly unknown[],
): string {
  return `(${pageFunction.toString()})(...${JSON.stringify(parameters)})`;
}

/**
 * Waits until the document is loaded and laid out: a panel has the width 0 at first, and a click would miss.
 * With a display, keys are pressed there, so this surface must have the focus. The quick prompt needs that: keys of the
 * protocol go to the page alone, and it is the browser that closes a popup on Escape.
 */
export async function makeChromiumSurface(page: Page, display?: Display): Promise<Surface> {
  const surface: Surface = {
    async url() {
      return page.url();
    },
    async evaluate<Result, Arguments extends unknown[]>(
      pageFunction: PageFunction<Arguments, Result>,
      ...parameters: Arguments
    ): Promise<Result> {
      return (await page.evaluate(toCall(pageFunction, parameters))) as Result;
    },
    async click(selector) {
      const { x, y } = await surface.waitFor(`${selector} to be there, at rest`, findRestingMiddle, selector);
      await page.mouse.click(x, y);
    },
    focus: (selector) => page.focus(selector),
    async type(text) {
      if (text.includes('\n')) throw new Error('a line break is pressed, not typed');
      await page.keyboard.type(text);
    },
    async press(keys) {
      if (display) {
        await display.pressKeys(toDisplayKeys(keys));
        return;
      }
      const { modifiers, key } = parseKeys(keys);
      try {
        for (const modifier of modifiers) await page.keyboard.down(modifier as KeyInput);
        await page.keyboard.press(key as KeyInput);
        for (const modifier of modifiers.toReversed()) await page.keyboard.up(modifier as KeyInput);
      } catch (error) {
        // A page that goes away on the key's way down never sees it come up.
        if (!page.isClosed()) throw error;
      }
    },
    waitFor: (awaiting, pageFunction, ...parameters) =>
      waitUntil(
        awaiting,
        () => surface.evaluate(pageFunction, ...parameters),
        () => surface.evaluate(describePage),
      ),
    async text(selector) {
      // What `content-visibility` skips has no visible text: off the view, and in view until the next frame.
      await surface.waitFor(
        `${selector} to be drawn, if it is shown at all`,
        (wanted: string) => {
          const element = document.querySelector(wanted);
          if (!element?.checkVisibility() || element.checkVisibility({ contentVisibilityAuto: true })) return true;
          element.scrollIntoView({ block: 'nearest' });
          return false;
        },
        selector,
      );
      return page.$eval(selector, (element) => (element as HTMLElement).innerText ?? element.textContent);
    },
    count: (selector) => page.$$eval(selector, (elements) => elements.length),
    async screenshot(path, { width, height, scheme } = {}) {
      const size = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
      if (width || height) await page.setViewport({ width: width ?? size.width, height: height ?? size.height });
      if (scheme) await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      await page.screenshot({ path, type: 'png' });
      if (scheme) await page.emulateMediaFeatures([]);
      if (width || height) await page.setViewport(null);
    },
    async isOpen() {
      return !page.isClosed();
    },
    async close() {
      if (page.isClosed()) return;
      const gone = new Promise<void>((resolve) => page.once('close', () => resolve()));
      // By script, because closing the target of a panel or popup is refused. It may be gone before it answers.
      await page.evaluate(() => window.close()).catch(() => undefined);
      await gone;
    },
  };
  await surface.waitFor('the page to be laid out', () => document.readyState === 'complete' && innerWidth > 0);
  return surface;
}

/** `bringToFront` is what the tab does before a click: a tab behind others is not drawn, so nothing there can be clicked. */
export async function makeChromiumTab(page: Page, bringToFront: () => Promise<void>): Promise<TabSurface> {
  const surface = await makeChromiumSurface(page);
  return {
    ...surface,
    async click(selector) {
      await bringToFront();
      await surface.click(selector);
    },
    async goto(url) {
      await page.goto(url);
    },
    bringToFront,
    close: () => page.close(),
  };
}
