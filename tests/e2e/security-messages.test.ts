/**
 * Who is not a page of ours: another extension, a web page, a page of ours in a frame, and messages that are none. None of
 * them has an effect, and the background answers afterwards.
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { join } from 'node:path';
import { randomFrom } from '../faults/random.ts';
import { firstSeed } from '../faults/rows.ts';
import type { Surface } from '../support/browser/surface.ts';
import { fuzzMessage, realMessages } from '../support/fuzz-messages.ts';
import { root } from '../support/paths.ts';
import { hello, say } from './own-line.ts';
import { storedEndpoints } from './provider-form.ts';
import { ask, chooseModel, forEachBrowser, startSession, waitForState } from './session.ts';

const fuzzed = 10_000;

forEachBrowser((name) => {
  const session = startSession(name, {
    // Lines are counted in the background: it is not to sleep meanwhile.
    prefs: { 'extensions.background.idle.timeout': 600_000 },
    // Pages that try to frame ours, or to fetch them, are told so by the browser.
    provoked: /frame|Security Error|NetworkError|Failed to (?:fetch|load)|ERR_|may not load or link|Content-Security/i,
  });
  let panel: Surface;
  let conversationId = '';
  let endpointId = '';
  let stored = '';

  before(async () => {
    panel = await session.browser.openPanel();
    await chooseModel(panel, 'demo-echo');
    await ask(panel, 'What is backpressure?');
    await waitForState(panel, 'complete');
    endpointId = (await storedEndpoints(panel))[0]?.id ?? '';
    conversationId = await panel.waitFor('the conversation to be stored', conversationInStore);
    stored = await settledStore(panel);
    session.server.clearRequests();
  });

  /** Nothing was written, nothing was sent, and the background does what it is asked to. */
  async function assertNoEffect(): Promise<void> {
    const { settings } = await say(panel, [hello], 'settings');
    assert.deepEqual(
      settings.endpoints.map(({ id }) => id),
      [endpointId],
    );
    assert.equal(await readStore(panel), stored);
    assert.deepEqual(session.server.requests, []);
    const { conversation } = await say(panel, [{ type: 'watch', conversationId }], 'snapshot');
    assert.equal(conversation.messages.length, 2);
  }

  test('another extension gets no line and no answer', async () => {
    const { browser } = session;
    const origin = await browser.installAnother(join(root, 'tests', 'support', 'hostile-extension'));
    const neighbour = await browser.openTab(`${origin}/attack.html`);
    const outcome = await neighbour.evaluate(
      attackFromExtension,
      browser.extensionId,
      browser.extensionOrigin,
      realMessages({ conversationId, endpointId }),
    );
    assert.deepEqual(outcome, { lines: 3, cut: 3, answers: [], fetched: [] });
    await neighbour.close();
    await assertNoEffect();
  });

  test('a web page gets no line, and can neither fetch nor frame a page of ours', async () => {
    const { browser } = session;
    await countLines(browser);
    const page = await browser.openTab(`${session.server.url}/page`);
    const outcome = await page.evaluate(attackFromWeb, browser.extensionId, browser.extensionOrigin);
    assert.deepEqual(outcome, { lines: [], fetched: [], framed: [] });
    assert.deepEqual(await linesSince(browser), [], 'no page of ours was loaded in the frames');
    await page.close();
    await assertNoEffect();
  });

  test('a page of ours does not start in a frame, and a line from one is cut', async () => {
    const { browser } = session;
    await countLines(browser);
    // In a tab, because a browser tells of a frame there only. The panel's page is the one that may frame anything.
    const outer = await browser.openTab(`${browser.extensionOrigin}/sidepanel.html`);
    await outer.waitFor('the page to have a line of its own', () => document.querySelector('textarea') !== null);
    const outcome = await outer.evaluate(connectFromFrame);
    assert.deepEqual(outcome, { shown: '', line: 'cut' });
    await say(outer, [hello], 'settings');
    const lines = await linesSince(browser);
    assert.deepEqual(
      lines.filter(({ isFramed }) => isFramed),
      [{ isFramed: true, answers: 0 }],
    );
    assert.ok(
      lines.some(({ isFramed, answers }) => !isFramed && answers > 0),
      'answers are counted',
    );
    await outer.close();
    await assertNoEffect();
  });

  test('lines of another name are cut, and what is no message at all is passed over', async () => {
    const words = ['', 'x'.repeat(5_000_000), '\u0000', '__proto__'];
    const nested = Array.from({ length: 500 }).reduce<unknown>((inner) => [inner], 'deep');
    await say(panel, [null, 7, true, [], {}, ...words, nested, { type: {} }, { type: 'ask' }, hello], 'settings');
    assert.deepEqual(await panel.evaluate(connectByOtherNames), ['cut', 'cut', 'cut']);
    await assertNoEffect();
  });

  test(`${fuzzed} fuzzed messages from a page of ours change nothing`, async (context) => {
    const seed = firstSeed();
    context.diagnostic(`seed ${seed}`);
    const random = randomFrom(seed);
    for (let sent = 0; sent < fuzzed; sent += 1000) {
      const messages = Array.from({ length: 1000 }, () => fuzzMessage(random, { conversationId, endpointId }));
      // In order behind them all.
      await say(panel, [...messages, { type: 'watch', conversationId: 'the end' }], 'no-conversation');
    }
    await assertNoEffect();
  });
});

interface ExtensionScope {
  readonly chrome: {
    readonly storage: {
      readonly local: { getKeys(): Promise<string[]>; get(keys: readonly string[]): Promise<Record<string, unknown>> };
    };
    readonly runtime: {
      connect(first: unknown, second?: unknown): Port;
      sendMessage(id: string, message: unknown): Promise<unknown>;
      readonly onConnect: { addListener(listener: (port: Port) => void): void };
    };
  };
}

interface Port {
  readonly sender?: { readonly url?: string; readonly frameId?: number };
  postMessage: (message: unknown) => void;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  readonly onDisconnect: { addListener(listener: () => void): void };
}

/** Runs in a page of ours. */
async function conversationInStore(): Promise<string | undefined> {
  const { chrome } = globalThis as unknown as ExtensionScope;
  const found = (await chrome.storage.local.getKeys()).find((key) => /^chat\/[^/]+$/.test(key));
  return found?.slice('chat/'.length);
}

/** All that is stored, as one text. */
function readStore(page: Surface): Promise<string> {
  return page.evaluate(async () => {
    const { chrome } = globalThis as unknown as ExtensionScope;
    const keys = (await chrome.storage.local.getKeys()).toSorted();
    const records = await chrome.storage.local.get(keys);
    return JSON.stringify(keys.map((key) => [key, records[key]]));
  });
}

/** The store once the end of the answer is written: twice the same, with nothing running. */
async function settledStore(page: Surface): Promise<string> {
  let last = '';
  for (;;) {
    const now = await readStore(page);
    if (now === last && now.includes('["running",{"items":[],"v":1}]')) return now;
    if (now === last && /"running",\{[^}]*"items":\[\]/.test(now)) return now;
    last = now;
    await say(page, [hello], 'settings');
  }
}

/** Runs in a page of the other extension. */
async function attackFromExtension(id: string, origin: string, messages: readonly unknown[]) {
  const { chrome } = globalThis as unknown as ExtensionScope;
  const answers: unknown[] = [];
  let cut = 0;
  const names = ['ava/1', '', 'ava/2'];
  for (const name of names) {
    await new Promise<void>((resolve) => {
      const port = chrome.runtime.connect(id, { name });
      port.onMessage.addListener((message) => void answers.push(message));
      port.onDisconnect.addListener(() => {
        cut += 1;
        resolve();
      });
      try {
        for (const message of messages) port.postMessage(message);
      } catch {
        // Cut already.
      }
    });
  }
  const asked = [{ type: 'open-side-panel', v: 1, windowId: 1 }, { type: 'awake', v: 1 }, ...messages];
  for (const message of asked) {
    const answer = await chrome.runtime.sendMessage(id, message).catch(() => undefined);
    if (answer !== undefined && answer !== null) answers.push(answer);
  }
  const fetched: string[] = [];
  for (const page of ['manifest.json', 'options.html', 'background.js']) {
    const response = await fetch(`${origin}/${page}`).catch(() => undefined);
    if (response?.ok) fetched.push(page);
  }
  return { lines: names.length, cut, answers, fetched };
}

/** Runs in a web page. */
async function attackFromWeb(id: string, origin: string) {
  const { chrome } = globalThis as unknown as Partial<ExtensionScope>;
  const lines: unknown[] = [];
  try {
    const port = chrome?.runtime.connect(id, { name: 'ava/1' });
    if (port) lines.push('a line');
  } catch {
    // There is nothing to connect with, as it has to be.
  }
  const fetched: string[] = [];
  const framed: string[] = [];
  const tryPage = async (page: string): Promise<void> => {
    const response = await fetch(`${origin}/${page}`).catch(() => undefined);
    if (response) fetched.push(page);
    const frame = document.createElement('iframe');
    const loaded = new Promise<void>((resolve) => {
      frame.addEventListener('load', () => resolve());
      frame.addEventListener('error', () => resolve());
      // A frame that is refused says nothing in some browsers: what it came to is seen in the background.
      setTimeout(resolve, 1000);
    });
    frame.src = `${origin}/${page}`;
    document.body.append(frame);
    await loaded;
    try {
      if (frame.contentDocument?.location.href.startsWith(origin)) framed.push(page);
    } catch {
      // Of another origin, as it has to be.
    }
    frame.remove();
  };
  await Promise.all(['manifest.json', 'sidepanel.html', 'options.html', 'diagram.html'].map(tryPage));
  return { lines, fetched, framed };
}

interface CountedLine {
  readonly isFramed: boolean;
  answers: number;
}

interface CountingWindow {
  avaLines?: CountedLine[];
}

/** From now on the background writes down each line that is made to it, and how much it says on it. */
async function countLines(browser: { evaluateInBackground: (act: () => void) => Promise<void> }): Promise<void> {
  await browser.evaluateInBackground(() => {
    const { chrome } = globalThis as unknown as ExtensionScope;
    const place: CountingWindow =
      typeof window === 'undefined' ? (globalThis as CountingWindow) : (window as CountingWindow);
    if (!place.avaLines) {
      chrome.runtime.onConnect.addListener((port) => {
        const line: CountedLine = { isFramed: (port.sender?.frameId ?? 0) !== 0, answers: 0 };
        place.avaLines?.push(line);
        const post = port.postMessage.bind(port);
        port.postMessage = (message) => {
          line.answers += 1;
          post(message);
        };
      });
    }
    place.avaLines = [];
  });
}

function linesSince(browser: {
  evaluateInBackground: (act: () => CountedLine[]) => Promise<CountedLine[]>;
}): Promise<CountedLine[]> {
  return browser.evaluateInBackground(() => {
    const place: CountingWindow =
      typeof window === 'undefined' ? (globalThis as CountingWindow) : (window as CountingWindow);
    return place.avaLines ?? [];
  });
}

/** Runs in a page of ours: what a framed one shows once it is loaded, and what becomes of a line from its script. */
async function connectFromFrame(): Promise<{ shown: string; line: string }> {
  const frame = document.createElement('iframe');
  const loaded = new Promise((resolve) => {
    frame.addEventListener('load', resolve);
  });
  frame.src = 'options.html';
  document.body.append(frame);
  await loaded;
  const { chrome } = frame.contentWindow as unknown as ExtensionScope;
  const line = await new Promise<string>((resolve) => {
    const port = chrome.runtime.connect({ name: 'ava/1' });
    port.onDisconnect.addListener(() => resolve('cut'));
    port.onMessage.addListener(() => resolve('answered'));
    port.postMessage({ type: 'hello', surface: 'options', windowId: -1 });
  });
  return { shown: frame.contentDocument?.querySelector('#root')?.textContent ?? 'nothing at all', line };
}

/** Runs in a page of ours. */
function connectByOtherNames(): Promise<string[]> {
  const { chrome } = globalThis as unknown as ExtensionScope;
  return Promise.all(
    ['ava/0', 'ava/2', ''].map(
      (name) =>
        new Promise<string>((resolve) => {
          const port = chrome.runtime.connect({ name });
          port.onDisconnect.addListener(() => resolve('cut'));
          port.onMessage.addListener(() => resolve('answered'));
          port.postMessage({ type: 'hello', surface: 'options', windowId: -1 });
        }),
    ),
  );
}
