import type { Awaiting } from './wait-until.ts';

/**
 * A function that runs in the page: its source is sent there, so it sees only its arguments and the page's globals.
 * A string is taken as the source of a function. Arguments and result travel as JSON.
 * In Firefox `globalThis` is a box around the page: it reads the page's globals, but write them to `window`.
 */
export type PageFunction<Arguments extends unknown[], Result> =
  | string
  | ((...parameters: Arguments) => Result | Promise<Result>);

export interface ScreenshotOptions {
  readonly width?: number;
  readonly height?: number;
  readonly scheme?: 'light' | 'dark';
}

/** A document of the extension or of the web: the panel, the quick prompt, or a tab. The same in both browsers. */
export interface Surface {
  url(): Promise<string>;
  /** Counts as a user gesture until the function's first await. */
  evaluate<Result, Arguments extends unknown[] = unknown[]>(
    pageFunction: PageFunction<Arguments, Result>,
    ...parameters: Arguments
  ): Promise<Result>;
  /** Waits for the element to be there and at rest, in view, and clicks its middle: a trusted mouse event, so a user gesture. */
  click(selector: string): Promise<void>;
  /** `element.focus()`, by script. */
  focus(selector: string): Promise<void>;
  /** Trusted key presses into this surface, whatever has the keyboard focus outside it. No line breaks: press them. */
  type(text: string): Promise<void>;
  /** One trusted key with modifiers: `Enter`, `Shift+Enter`, `Control+Enter`, `Escape`, `Tab`, `ArrowDown`, `a`. */
  press(keys: string): Promise<void>;
  /** Polls until the function's result is truthy; the failure tells what the page shows. */
  waitFor<Result, Arguments extends unknown[] = unknown[]>(
    awaiting: Awaiting,
    pageFunction: PageFunction<Arguments, Result>,
    ...parameters: Arguments
  ): Promise<NonNullable<Result>>;
  /** The visible text of the first such element; throws when there is none. */
  text(selector: string): Promise<string>;
  count(selector: string): Promise<number>;
  /** A PNG of the surface. Size and colour scheme hold for the picture only. */
  screenshot(path: string, options?: ScreenshotOptions): Promise<void>;
  isOpen(): Promise<boolean>;
  /** Ends when the browser has let go of the surface. */
  close(): Promise<void>;
}

/** A surface in a tab, which can be sent elsewhere and brought to the front. */
export interface TabSurface extends Surface {
  goto(url: string): Promise<void>;
  bringToFront(): Promise<void>;
}

/**
 * Scrolls the first such element into view and tells its middle, in CSS pixels of the viewport, when it has a size, has
 * not moved for two frames, and is what a click there would meet: the three that a person waits for too, and that
 * WebDriver's "element click" and other drivers ask for. `undefined` until then. Runs in the page.
 */
export async function findRestingMiddle(selector: string): Promise<{ x: number; y: number } | undefined> {
  const element = document.querySelector(selector);
  if (!element) return undefined;
  element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
  const before = element.getBoundingClientRect();
  if (!before.width || !before.height) return undefined;
  for (let frame = 0; frame < 2; frame += 1) {
    // A window that others cover gets no frames.
    await new Promise((resolve) => {
      requestAnimationFrame(resolve);
      setTimeout(resolve, 100);
    });
  }
  const box = element.getBoundingClientRect();
  if (box.x !== before.x || box.y !== before.y || box.width !== before.width || box.height !== before.height) {
    return undefined;
  }
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const met = document.elementFromPoint(middle.x, middle.y);
  const labelled = met?.closest('label')?.control;
  return met && (element.contains(met) || labelled === element) ? middle : undefined;
}

/** What a person would see there, for failure messages. Runs in the page. */
export function describePage(): string {
  const field =
    document.activeElement instanceof HTMLElement ? document.activeElement.outerHTML.slice(0, 120) : 'nothing';
  const text = (document.body?.innerText ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, 600);
  return `${location.href} shows: ${text}\nfocus: ${field}`;
}

/** `Control+Shift+Enter` → its modifiers and its key. The key `+` itself is written `Plus`. */
export function parseKeys(keys: string): { readonly modifiers: readonly string[]; readonly key: string } {
  const parts = keys.split('+');
  const key = parts.at(-1);
  if (!key) throw new Error(`no key in "${keys}"`);
  return { modifiers: parts.slice(0, -1), key: key === 'Plus' ? '+' : key };
}
