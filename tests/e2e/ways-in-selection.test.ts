/**
 * The second way in: text selected on a page, and the browser's real context menu with the extension's submenu.
 *
 * The label of the menu's own item can't be read: Chromium draws it without telling anybody. Its submenu is checked, in
 * Firefox by its labels, in Chromium by what each place in it does. No script of an extension may run on the browser's
 * own pages, and Firefox leaves extensions out of the menu there: that part is Chromium's.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Surface, TabSurface } from '../support/browser/surface.ts';
import type { TestBrowser } from '../support/browser/test-browser.ts';
import { addDemoEndpoint } from '../support/demo-session/add-demo-endpoint.ts';
import {
  ask,
  chatRequests,
  chooseModel,
  forEachBrowser,
  messagesOf,
  newChat,
  replyIds,
  startSession,
  typeMessage,
  waitForState,
} from './session.ts';

const items = ['Ask…', 'Explain', 'Summarise', 'Translate'] as const;
type Item = (typeof items)[number];

/** Two paragraphs, and the break between them, as the page shows them. */
const selectedLines =
  /it tells the sender to wait\.\n\nA readable stream that is piped into a slower writable one would otherwise fill/;

forEachBrowser((name) => {
  const session = startSession(name, { withDemoEndpoint: false });

  test('with no model set up, Explain waits in the panel with its words and the selection, and nothing is lost', async () => {
    const { browser, server } = session;
    await choose(browser, browser.firstTab, 'body', 'Explain');
    const first = await browser.waitForPanel();
    await waitForWaitingQuestion(first, 'Explain this.');
    await first.close();
    await browser.killWorker();
    await browser.firstTab.bringToFront();
    const panel = await browser.openPanel();
    await waitForWaitingQuestion(panel, 'Explain this.');

    await addDemoEndpoint(browser, server.url);
    await chooseModel(panel, 'demo-echo');
    assert.deepEqual(chatRequests(server), []);
    await panel.focus('textarea');
    await panel.press('Enter');
    await waitForState(panel, 'complete');
    assertOneAsk(session.server, 'Explain this.');
    await panel.close();
  });

  test('Explain sends the selection with its line breaks, title and address, from a sleeping worker and a closed panel', async () => {
    const { browser, server } = session;
    await browser.killWorker();
    await choose(browser, browser.firstTab, 'body', 'Explain');
    const panel = await browser.waitForPanel();
    const { text } = await waitForState(panel, 'complete');
    assertOneAsk(server, 'Explain this.');
    assert.match(text, /You sent 1 message/);
    assert.equal((await replyIds(panel)).length, 1);
    assert.match(await panel.text('.question'), /“Backpressure in Node streams/);
    await panel.close();
  });

  test('the same into a panel that is open while the worker sleeps: asked once, shown there', async () => {
    const { browser, server } = session;
    await browser.firstTab.bringToFront();
    const panel = await browser.openPanel();
    await newChat(panel);
    await ask(panel, 'An earlier question.');
    await waitForState(panel, 'complete');
    server.clearRequests();
    await browser.killWorker();

    await choose(browser, browser.firstTab, 'body', 'Explain');
    await panel.waitFor(
      'the explanation in place of the earlier conversation',
      () => document.querySelector('.question')?.textContent.includes('Explain this.') === true,
    );
    await waitForState(panel, 'complete');
    assertOneAsk(server, 'Explain this.');
    assert.equal(await panel.count('.question'), 1);
    await panel.close();
  });

  test('Ask… waits for the question, with the selection as a chip, and sends both', async () => {
    const { browser, server } = session;
    await choose(browser, browser.firstTab, 'body', 'Ask…');
    const panel = await browser.waitForPanel();
    await waitForWaitingQuestion(panel, '');
    await panel.waitFor('the field to have the focus', () => document.activeElement?.localName === 'textarea');
    assert.deepEqual(chatRequests(server), []);
    await typeMessage(panel, 'Who has to wait?');
    await panel.press('Enter');
    await waitForState(panel, 'complete');
    assertOneAsk(server, 'Who has to wait?');
    assert.equal(await panel.count('.chip'), 0);
    await panel.close();
  });

  for (const [item, prompt] of [
    ['Summarise', 'Summarise this.'],
    ['Translate', 'Translate this into English.'],
  ] as const) {
    test(`${item} asks "${prompt}" at once`, async () => {
      const { browser, server } = session;
      await choose(browser, browser.firstTab, 'body', item);
      const panel = await browser.waitForPanel();
      await waitForState(panel, 'complete');
      assertOneAsk(server, prompt);
      await panel.close();
    });
  }

  test('a page with the strictest policy of its own is read all the same', async () => {
    const { browser, server } = session;
    const tab = await browser.openTab(`${server.url}/page-no-inject`);
    await choose(browser, tab, 'body', 'Explain');
    const panel = await browser.waitForPanel();
    await waitForState(panel, 'complete');
    assertOneAsk(server, 'Explain this.');
    await panel.close();
    await tab.close();
  });

  test('on a page where no script may run, the words come from the browser', { skip: name === 'firefox' }, async () => {
    const { browser, server } = session;
    const tab = await browser.openTab('chrome://version');
    const words = await tab.text('#copyright');
    await choose(browser, tab, '#copyright', 'Explain');
    const panel = await browser.waitForPanel();
    await waitForState(panel, 'complete');
    const [[role, content] = []] = messagesOf(chatRequests(server)[0]!);
    assert.equal(role, 'user');
    assert.ok(String(content).includes(words.trim()), String(content));
    assert.equal(chatRequests(server).length, 1);
    await panel.close();
    await tab.close();
  });

  test('the question is on disk before its request is sent', async () => {
    const { browser, server } = session;
    await browser.evaluateInBackground(watchDiskAtRequests);
    await choose(browser, browser.firstTab, 'body', 'Explain');
    const panel = await browser.waitForPanel();
    await waitForState(panel, 'complete');
    assert.equal(chatRequests(server).length, 1);
    const onDisk = await browser.evaluateInBackground(readDiskAtRequest);
    assert.match(onDisk, /"asked"/);
    assert.match(onDisk, /Explain this\./);
    assert.match(onDisk, /piped into a slower writable one/);
    await panel.close();
  });
});

function choose(browser: TestBrowser, tab: TabSurface, selector: string, item: Item): Promise<void> {
  return browser.chooseFromContextMenu(tab, selector, { item, items });
}

/** The words in the field, the selection as a chip, and no answer. */
async function waitForWaitingQuestion(panel: Surface, text: string): Promise<void> {
  await panel.waitFor(
    `"${text}" and a chip to wait in the composer`,
    (wanted: string) =>
      document.querySelector('textarea')?.value === wanted && document.querySelectorAll('.chip').length === 1,
    text,
  );
  assert.match(await panel.text('.chip'), /Backpressure in Node streams/);
  assert.equal(await panel.count('article'), 0);
}

/** One request, and all that belongs in it. */
function assertOneAsk(server: Parameters<typeof chatRequests>[0], prompt: string): void {
  const requests = chatRequests(server);
  assert.equal(requests.length, 1, 'requests for an answer');
  const messages = messagesOf(requests[0]!);
  assert.equal(messages.length, 1, 'messages in the request');
  const content = String(messages[0]?.[1]);
  assert.match(content, selectedLines);
  assert.ok(content.endsWith(`\n\n${prompt}`), content.slice(-200));
  const [, mark, title, address] = /^\[(selection [\w-]+)\] (.*) <(.*)>$/m.exec(content) ?? [];
  assert.equal(title, 'Backpressure in Node streams');
  assert.match(address ?? '', new RegExp(`^${server.url}/page`));
  // Quoted: between marks that the page cannot know.
  assert.ok(content.includes(`[end of ${mark}]`), content);
}

interface DiskWatch {
  diskAtRequest?: Promise<string>;
}

/** Runs in the background: each request for an answer first reads what is on disk at that moment. */
function watchDiskAtRequests(): void {
  const scope = (globalThis.window ?? globalThis) as unknown as DiskWatch & { fetch: typeof fetch };
  const { storage } = (globalThis as unknown as { chrome: { storage: { local: StorageOfTest } } }).chrome;
  const send = scope.fetch.bind(scope);
  scope.fetch = async (input, init) => {
    if (init?.method === 'POST') {
      scope.diskAtRequest = (async () => {
        const keys = (await storage.local.getKeys()).filter((key) => key.startsWith('chat/'));
        return JSON.stringify(await storage.local.get(keys));
      })();
      await scope.diskAtRequest;
    }
    return send(input, init);
  };
}

function readDiskAtRequest(): Promise<string> {
  const found = ((globalThis.window ?? globalThis) as unknown as DiskWatch).diskAtRequest;
  return (found ?? Promise.resolve('')).then((text) => text.replaceAll('\\"', '"'));
}

interface StorageOfTest {
  getKeys(): Promise<string[]>;
  get(keys: readonly string[]): Promise<Record<string, unknown>>;
}
