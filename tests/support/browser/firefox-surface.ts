import { writeFileSync } from 'node:fs';
import type { Privileged } from './firefox-privileged.js';
import { toCall } from './chromium-surface.ts';
import { describePage, findRestingMiddle, parseKeys, type Surface, type TabSurface } from './surface.ts';
import { waitUntil } from './wait-until.ts';

/** Calls a function of the privileged part inside Firefox. */
export type Remote = <Name extends keyof Privileged>(
  name: Name,
  ...parameters: Parameters<Privileged[Name]>
) => Promise<Awaited<ReturnType<Privileged[Name]>>>;

/** Also for what is never laid out: the background page. */
export function makeFirefoxDocument(remote: Remote, browserId: number): Surface {
  /** The focus travels from process to process; keys that are faster than it reach whoever had it before. */
  const takeKeyboard = (): Promise<unknown> =>
    waitUntil('the page to have the keyboard', async () => {
      await remote('focus', browserId);
      return surface.evaluate(() => document.hasFocus());
    });
  const surface: Surface = {
    url: () => remote('url', browserId),
    async evaluate<Result>(pageFunction: string | ((...parameters: never[]) => unknown), ...parameters: unknown[]) {
      const json = await remote('evaluate', browserId, toCall(pageFunction, parameters));
      return (json === undefined ? undefined : JSON.parse(json)) as Result;
    },
    async click(selector) {
      const { x, y } = await surface.waitFor(`${selector} to be there, at rest`, findRestingMiddle, selector);
      const isField = await surface.evaluate(watchPointer, selector);
      await remote('click', browserId, x, y, 0);
      // A click travels to the page's process, and may take its page with it.
      const met = await surface
        .waitFor(`the click on ${selector} to arrive`, () => window.pointerMet)
        .catch(async (error: unknown) => {
          if (await surface.isOpen()) throw error;
        });
      if (met && met !== 'it') throw new Error(`a click on ${selector} at ${x}, ${y} met ${met}`);
      // Keys that are faster than the focus would reach what had it before.
      if (isField) {
        await surface.waitFor(
          `${selector} to have the focus`,
          (wanted: string) => document.activeElement?.matches(wanted) ?? false,
          selector,
        );
      }
    },
    async focus(selector) {
      await surface.evaluate((wanted: string) => {
        const element = document.querySelector<HTMLElement>(wanted);
        if (!element) throw new Error(`no element ${wanted}`);
        element.focus();
      }, selector);
    },
    async type(text) {
      if (text.includes('\n')) throw new Error('a line break is pressed, not typed');
      // A tab that has just come to the front may lose the keyboard once more, to the address bar: what has not arrived at
      // all is typed again.
      const before = await readField(surface);
      for (let attempt = 0; attempt < 3; attempt += 1) {
        await takeKeyboard();
        await remote('type', browserId, text);
        const arrives = { what: 'the text to arrive', timeoutMs: 3000 };
        const arrived = await waitUntil(arrives, async () => (await readField(surface)) !== before).catch(() => false);
        if (arrived) return;
      }
    },
    async press(keys) {
      const { modifiers, key } = parseKeys(keys);
      // As with text: what has not arrived at all is pressed again.
      for (let attempt = 0; attempt < 3; attempt += 1) {
        await takeKeyboard();
        await surface.evaluate(watchKey, key);
        await remote('press', browserId, modifiers, key);
        const arrives = { what: `${keys} to arrive`, timeoutMs: 3000 };
        // A key may take its page with it, or lead to another.
        const arrived = await waitUntil(
          arrives,
          async () => !(await surface.isOpen()) || (await surface.evaluate(() => window.keyMet !== 'nothing')),
        ).catch(async () => !(await surface.isOpen()));
        if (arrived) return;
      }
      throw new Error(`${keys} did not arrive: ${await surface.evaluate(describePage)}`);
    },
    waitFor: (awaiting, pageFunction, ...parameters) =>
      waitUntil(
        awaiting,
        () => surface.evaluate(pageFunction, ...parameters),
        () => surface.evaluate(describePage),
      ),
    text: (selector) =>
      surface.evaluate((wanted: string) => {
        const element = document.querySelector<HTMLElement>(wanted);
        if (!element) throw new Error(`no element ${wanted}`);
        return element.innerText ?? element.textContent ?? '';
      }, selector),
    count: (selector) => surface.evaluate((wanted: string) => document.querySelectorAll(wanted).length, selector),
    async screenshot(path, options = {}) {
      writeFileSync(path, Buffer.from(await remote('pictureOfBrowser', browserId, options), 'base64'));
    },
    isOpen: () => remote('isOpen', browserId),
    async close() {
      if (!(await surface.isOpen())) return;
      await remote('close', browserId);
      await waitUntil('the page to close', async () => !(await surface.isOpen()));
    },
  };
  return surface;
}

declare global {
  interface Window {
    pointerMet?: string | undefined;
    keyMet?: 'nothing' | 'page' | undefined;
  }
}

/** Notes what the next press of the pointer meets: 'it', or what lay there instead; true for a field. Runs in the page. */
function watchPointer(selector: string): boolean {
  const element = document.querySelector(selector);
  window.pointerMet = undefined;
  const note = ({ target }: Event): void => {
    const met = target instanceof Element ? target : document.documentElement;
    const isIt = element?.contains(met) || met.closest('label')?.control === element;
    const now = element?.isConnected ? JSON.stringify(element.getBoundingClientRect()) : 'gone';
    window.pointerMet = isIt ? 'it' : `${met.outerHTML.slice(0, 160)}; it is at ${now}`;
  };
  window.addEventListener('mousedown', note, { capture: true, once: true });
  return element?.matches('textarea, input:not([type="checkbox"], [type="radio"])') ?? false;
}

/** Notes when that key has gone down. Runs in the page; another page knows nothing of it. */
function watchKey(wanted: string): void {
  window.keyMet = 'nothing';
  window.addEventListener(
    'keydown',
    function note({ key }) {
      if (key !== wanted) return;
      window.removeEventListener('keydown', note, { capture: true });
      window.keyMet = 'page';
    },
    { capture: true },
  );
}

/** What the field that has the focus holds, and where its caret is. */
function readField(surface: Surface): Promise<string> {
  return surface.evaluate(() => {
    const field = document.activeElement;
    if (!(field instanceof HTMLInputElement) && !(field instanceof HTMLTextAreaElement)) return '';
    return `${field.selectionStart} ${field.selectionEnd} ${field.value}`;
  });
}

/** As soon as it is loaded and laid out. */
export async function makeFirefoxSurface(remote: Remote, browserId: number): Promise<Surface> {
  const surface = makeFirefoxDocument(remote, browserId);
  await surface.waitFor('the page to be laid out', () => document.readyState === 'complete' && innerWidth > 0);
  return surface;
}

export async function makeFirefoxTab(remote: Remote, browserId: number): Promise<TabSurface> {
  const surface = await makeFirefoxSurface(remote, browserId);
  const bringToFront = (): Promise<void> => remote('bringToFront', browserId);
  return {
    ...surface,
    async click(selector) {
      await bringToFront();
      await surface.click(selector);
    },
    goto: (url) => remote('load', browserId, url),
    bringToFront,
  };
}
