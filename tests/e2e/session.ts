/**
 * What every end-to-end test stands on: a browser with the built extension and a demo server, one of each per browser
 * and file, and the few acts that all tests share. Everything goes through what a person sees and presses.
 */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe } from 'node:test';
import type { BrowserName } from '../support/browser/find-browser.ts';
import { launchBrowser } from '../support/browser/launch-browser.ts';
import type { Surface } from '../support/browser/surface.ts';
import type { LaunchOptions, TestBrowser } from '../support/browser/test-browser.ts';
import { patienceMs } from '../support/browser/wait-until.ts';
import { startDemoServer, type DemoServer } from '../support/demo-server/start-demo-server.ts';
import type { RecordedRequest } from '../support/demo-server/recorded-request.ts';
import { addDemoEndpoint } from '../support/demo-session/add-demo-endpoint.ts';
import { buildFolder } from '../support/paths.ts';

/** In its place in `describe`: filled before the first test, and gone after the last. */
export interface Session {
  readonly browser: TestBrowser;
  readonly server: DemoServer;
}

export interface SessionOptions extends Omit<LaunchOptions, 'extension'> {
  /** The folder of another build than the one for release. */
  readonly extension?: string;
  /** Violations that a test provokes. */
  readonly provoked?: RegExp;
  /** false: nothing is set up, as after the installation. Otherwise the demo server is added in the options page. */
  readonly withDemoEndpoint?: boolean;
}

export type ReplyState =
  | 'streaming'
  | 'complete'
  | 'length'
  | 'filtered'
  | 'refused'
  | 'tool-calls'
  | 'empty'
  | 'cut'
  | 'stopped'
  | 'error'
  | 'interrupted';

export interface ShownReply {
  readonly id: string;
  readonly state: ReplyState;
  /** '' where it did not fail. */
  readonly failure: string;
  /** The answer as a person reads it. */
  readonly text: string;
  /** The whole article as a person reads it: notices, buttons and facts too. */
  readonly everything: string;
}

/** Defines the same tests for both browsers; `AVA_BROWSER` leaves one of them out. */
export function forEachBrowser(define: (name: BrowserName) => void): void {
  const only = process.env['AVA_BROWSER'];
  for (const name of ['chromium', 'firefox'] as const) {
    if (only === undefined || only === name) void describe(name, () => define(name));
  }
}

/**
 * To be called inside a `describe`. Starts a browser and a demo server before its tests and closes both after them,
 * when it also fails for every uncaught error and every violation of the page policy that was seen.
 */
export function startSession(name: BrowserName, options: SessionOptions = {}): Session {
  const { withDemoEndpoint = true, provoked, ...launchOptions } = options;
  let browser: TestBrowser | undefined;
  let server: DemoServer | undefined;
  before(async () => {
    server = await startDemoServer();
    browser = await launchBrowser(name, { extension: buildFolder(name), ...launchOptions });
    await browser.firstTab.goto(`${server.url}/page`);
    if (withDemoEndpoint) await addDemoEndpoint(browser, server.url);
    await browser.firstTab.bringToFront();
    server.clearRequests();
  });
  afterEach(() => server?.clearRequests());
  after(async () => {
    const violations = await browser?.violations().catch((error: unknown) => [String(error)]);
    await browser?.close();
    await server?.close();
    assert.deepEqual(
      violations?.filter((violation) => isOurs(violation) && !provoked?.test(violation)) ?? [],
      [],
      'errors and violations of the page policy in pages of the extension',
    );
  });
  return {
    get browser() {
      assert.ok(browser, 'the session has not started');
      return browser;
    },
    get server() {
      assert.ok(server, 'the session has not started');
      return server;
    },
  };
}

/** Firefox writes down each call that outlives its page, as happens when a panel is closed or the background is ended. */
function isOurs(violation: string): boolean {
  return !violation.includes('after context unloaded');
}

/** Types into the composer as a person would, once what was there is gone. */
export async function typeMessage(panel: Surface, text: string): Promise<void> {
  await panel.waitFor('the composer', () => document.querySelector('textarea[aria-label]') !== null);
  await panel.focus('textarea');
  await panel.evaluate(() => document.querySelector('textarea')?.select());
  await panel.type(text);
  await panel.waitFor(
    `the composer to hold "${text}"`,
    (wanted: string) => document.querySelector('textarea')?.value === wanted,
    text,
  );
}

/** Types a question, presses Enter, and settles when the question and the start of its reply are in the thread. */
export async function ask(panel: Surface, text: string): Promise<void> {
  const earlier = await replyIds(panel);
  await typeMessage(panel, text);
  await panel.press('Enter');
  await waitForNewReply(panel, earlier);
}

/** As `ask`, with a text of any length and many lines, which is put there at once. */
export async function askLong(panel: Surface, text: string): Promise<void> {
  const earlier = await replyIds(panel);
  await panel.evaluate((value: string) => {
    const field = document.querySelector('textarea');
    if (!field) return;
    field.value = value;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
  await panel.focus('textarea');
  await panel.press('Enter');
  await waitForNewReply(panel, earlier);
}

/** The replies on screen, oldest first. */
export function replyIds(panel: Surface): Promise<string[]> {
  return panel.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('article[data-role="assistant"]')].map(
      (article) => article.dataset['messageId'] ?? '',
    ),
  );
}

/** Settles when the last reply is none of these; gives its id. */
export function waitForNewReply(panel: Surface, known: readonly string[]): Promise<string> {
  return panel.waitFor(
    'a new reply in the thread',
    (ids: readonly string[]) => {
      const last = [...document.querySelectorAll<HTMLElement>('article[data-role="assistant"]')].at(-1);
      const id = last?.dataset['messageId'];
      return id !== undefined && !ids.includes(id) ? id : '';
    },
    known,
  );
}

/** An empty thread with a composer that has the focus. */
export async function newChat(panel: Surface): Promise<void> {
  const button = '.bar button[aria-label="New chat"], .bar button[aria-label="Новый чат"]';
  await panel.click(button);
  await panel.waitFor(
    'an empty thread',
    () =>
      document.querySelector('article[data-message-id]') === null && document.activeElement?.localName === 'textarea',
  );
}

/** Runs in the page. */
function isTyped(wanted: string): boolean {
  return document.activeElement instanceof HTMLInputElement && document.activeElement.value === wanted;
}

/** Runs in the page: whether the active line of the picker is that model, listed or as it was typed. */
function isActiveModel(wanted: string): boolean {
  const active = document.getElementById(document.activeElement?.getAttribute('aria-activedescendant') ?? '');
  const name = active?.querySelector('span')?.textContent ?? '';
  return name === wanted || name.includes(`“${wanted}”`) || name.includes(`«${wanted}»`);
}

/** Chooses by typing the model's name into the picker's filter; any name can be typed, listed or not. */
export async function chooseModel(surface: Surface, model: string): Promise<void> {
  await surface.click('.model-button');
  await surface.waitFor(
    'the filter of the model picker to have the focus',
    () => document.activeElement?.getAttribute('role') === 'combobox',
  );
  await surface.type(model);
  await surface.waitFor('the filter to hold it', isTyped, model);
  // Models that were used before may begin with the same name.
  for (let lines = await surface.count('[role="option"]'); lines > 0; lines -= 1) {
    if (await surface.evaluate(isActiveModel, model)) break;
    await surface.press('ArrowDown');
  }
  await surface.waitFor(`the model ${model} to be the one that Enter takes`, isActiveModel, model);
  await surface.press('Enter');
  await surface.waitFor(
    `the model ${model} to be chosen`,
    (wanted: string) =>
      document.querySelector('.picker') === null &&
      document.querySelector('.model-button')?.textContent.trim() === wanted,
    model,
  );
}

/** The last reply on screen. Throws when there is none. */
export function reply(panel: Surface): Promise<ShownReply> {
  return panel.evaluate(() => {
    const article = [...document.querySelectorAll<HTMLElement>('article[data-role="assistant"]')].at(-1);
    if (!article) throw new Error('there is no reply');
    return {
      id: article.dataset['messageId'] ?? '',
      state: (article.dataset['state'] ?? '') as ReplyState,
      failure: article.dataset['failure'] ?? '',
      text: [...article.querySelectorAll<HTMLElement>('[data-part="text"]')].map((part) => part.innerText).join('\n'),
      everything: article.innerText,
    };
  });
}

/** Waits until the last reply is in that state; gives it as it is then. */
export async function waitForState(panel: Surface, state: ReplyState, timeoutMs = patienceMs): Promise<ShownReply> {
  await panel.waitFor(
    { what: `the last reply to be "${state}"`, timeoutMs },
    (wanted: string) =>
      [...document.querySelectorAll<HTMLElement>('article[data-role="assistant"]')].at(-1)?.dataset['state'] === wanted,
    state,
  );
  return reply(panel);
}

/** Waits until the last reply's text contains that. */
export async function waitForText(panel: Surface, text: string, timeoutMs = patienceMs): Promise<ShownReply> {
  await panel.waitFor(
    { what: `the answer to contain "${text}"`, timeoutMs },
    (wanted: string) =>
      [...document.querySelectorAll<HTMLElement>('article[data-role="assistant"] [data-part="text"]')]
        .at(-1)
        ?.innerText.includes(wanted) ?? false,
    text,
  );
  return reply(panel);
}

/** What a model `demo-numbered-<count>-…` says. */
export function numberedText(count: number): string {
  return Array.from({ length: count }, (_, index) => `t${index}`).join(' ');
}

/** The requests for an answer, oldest first: those for lists of models are left out. */
export function chatRequests(server: DemoServer): readonly RecordedRequest[] {
  return server.requests.filter(({ method }) => method === 'POST');
}

/** The model that a request asked for. */
export function modelOf({ body }: RecordedRequest): string {
  return typeof body === 'object' && body !== null && 'model' in body ? String(body.model) : '';
}

/** What a request said, one `[role, text]` per message. */
export function messagesOf({ body }: RecordedRequest): readonly (readonly [string, unknown])[] {
  if (typeof body !== 'object' || body === null || !('messages' in body) || !Array.isArray(body.messages)) return [];
  return body.messages.map(({ role, content }: { role: string; content: unknown }) => [role, content] as const);
}
