/** What was asked is in the history: found, renamed, deleted, taken back, and there after the browser was closed. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, it } from 'node:test';
import { launchBrowser } from '../support/browser/launch-browser.ts';
import type { Surface } from '../support/browser/surface.ts';
import type { TestBrowser } from '../support/browser/test-browser.ts';
import { startDemoServer, type DemoServer } from '../support/demo-server/start-demo-server.ts';
import { addDemoEndpoint } from '../support/demo-session/add-demo-endpoint.ts';
import { buildFolder } from '../support/paths.ts';
import { ask, chooseModel, forEachBrowser, newChat, startSession, waitForState } from './session.ts';

const dayMs = 24 * 3600_000;

forEachBrowser((name) => {
  const session = startSession(name);
  let panel: Surface;
  before(async () => {
    panel = await session.browser.openPanel();
    await chooseModel(panel, 'demo-echo');
    for (const question of ['What is a heron?', 'What is a crane?', 'What is a stork?']) {
      await newChat(panel);
      await ask(panel, question);
      await waitForState(panel, 'complete');
    }
  });

  it('conversations are listed by day, the newest first, under the words of their first question', async () => {
    await openHistory(panel);
    assert.deepEqual(await listed(panel), [['Today', ['What is a stork?', 'What is a crane?', 'What is a heron?']]]);
    assert.equal(await panel.text('.history-open[aria-current="true"] .history-title'), 'What is a stork?');
  });

  it('the search leaves what has its words', async () => {
    await panel.type('CRANE');
    await panel.waitFor('one conversation', () => document.querySelectorAll('.history-open').length === 1);
    assert.deepEqual(await listed(panel), [['Today', ['What is a crane?']]]);
    for (let key = 0; key < 'CRANE'.length; key += 1) await panel.press('Backspace');
    await panel.waitFor('all three', () => document.querySelectorAll('.history-open').length === 3);
  });

  it('a conversation opens as it was, and the list closes', async () => {
    await panel.click(rowOf(3));
    await panel.waitFor('the conversation', () =>
      document.querySelector<HTMLElement>('article[data-role="user"]')?.innerText.includes('What is a heron?'),
    );
    assert.equal(await panel.count('.history'), 0);
    assert.equal(await panel.count('article[data-role="assistant"][data-state="complete"]'), 1);
    await panel.waitFor('the focus in the composer', () => document.activeElement?.localName === 'textarea');
    assert.equal(await panel.text('.bar h1'), 'What is a heron?');
  });

  it('a conversation is renamed in place, and keeps its name', async () => {
    await openHistory(panel);
    await clickRowButton(panel, 'Rename “What is a crane?”');
    await panel.waitFor('the field', () => document.activeElement?.getAttribute('aria-label') === 'Title');
    await panel.type('Long legs');
    await panel.press('Enter');
    await panel.waitFor('the new name in the list', () =>
      [...document.querySelectorAll('.history-title')].some(({ textContent }) => textContent === 'Long legs'),
    );
    // Renaming is not using: the order stays.
    assert.deepEqual(await listed(panel), [['Today', ['What is a stork?', 'Long legs', 'What is a heron?']]]);
    await session.browser.killWorker();
    await panel.close();
    panel = await session.browser.openPanel();
    await openHistory(panel);
    assert.deepEqual(await listed(panel), [['Today', ['What is a stork?', 'Long legs', 'What is a heron?']]]);
  });

  it('a deleted conversation is gone at once, and Undo brings it back with all that is in it', async () => {
    await clickRowButton(panel, 'Delete “Long legs”');
    await panel.waitFor('two conversations', () => document.querySelectorAll('.history-open').length === 2);
    await panel.waitFor('the offer to undo', () => document.querySelector('.toast')?.textContent.includes('Long legs'));
    await panel.click('.toast button');
    await panel.waitFor('three conversations', () => document.querySelectorAll('.history-open').length === 3);
    assert.deepEqual(await listed(panel), [['Today', ['What is a stork?', 'Long legs', 'What is a heron?']]]);
    await panel.click(rowOf(2));
    await panel.waitFor('the conversation', () =>
      document.querySelector<HTMLElement>('article[data-role="user"]')?.innerText.includes('What is a crane?'),
    );
  });

  it('deleting the conversation on screen leaves a new chat', async () => {
    await openHistory(panel);
    await clickRowButton(panel, 'Delete “Long legs”');
    await panel.waitFor('two conversations', () => document.querySelectorAll('.history-open').length === 2);
    await panel.press('Escape');
    await panel.waitFor('the list to close', () => document.querySelector('.history') === null);
    await panel.waitFor('an empty thread', () => document.querySelector('article') === null);
    assert.equal(await panel.text('.bar h1'), 'New chat');
  });

  it('the list can be worked by keys alone', async () => {
    await openHistory(panel);
    await panel.press('ArrowDown');
    await panel.waitFor('the focus on the first row', () => document.activeElement?.matches('.history-open'));
    await panel.press('ArrowDown');
    await panel.press('Enter');
    await panel.waitFor('the second conversation', () =>
      document.querySelector<HTMLElement>('article[data-role="user"]')?.innerText.includes('What is a heron?'),
    );
    await openHistory(panel);
    await panel.press('ArrowDown');
    await panel.press('Delete');
    await panel.waitFor('one conversation', () => document.querySelectorAll('.history-open').length === 1);
    await panel.waitFor('the focus to stay in the list', () => document.activeElement?.matches('.history-open'));
    await panel.press('Escape');
    await panel.waitFor('the list to close', () => document.querySelector('.history') === null);
  });

  it('an older conversation stands under its own day', async () => {
    // Its clock can't be turned back from outside, so the stored dates are: as if the panel had last been used then.
    await session.browser.killWorker();
    await session.browser.evaluateInBackground(moveHistoryBack, dayMs);
    await session.browser.killWorker();
    await panel.close();
    panel = await session.browser.openPanel();
    await newChat(panel);
    await ask(panel, 'What is an ibis?');
    await waitForState(panel, 'complete');
    await openHistory(panel);
    assert.deepEqual(await listed(panel), [
      ['Today', ['What is an ibis?']],
      ['Yesterday', ['What is a heron?']],
    ]);
    await panel.press('Escape');
  });

  it('after Undo the focus is in the list, so that its keys go on working', async () => {
    await openHistory(panel);
    await clickRowButton(panel, 'Delete “What is an ibis?”');
    await panel.waitFor('the offer to undo', () => document.querySelector('.toast') !== null);
    await panel.focus('.toast button');
    await panel.press('Enter');
    await panel.waitFor('the conversation', () =>
      document.querySelector('button[aria-label="Delete “What is an ibis?”"]'),
    );
    await panel.waitFor('the focus in the list', () => document.activeElement?.closest('.history'));
    await panel.press('Escape');
    await panel.waitFor('the list to close', () => document.querySelector('.history') === null);
  });
});

forEachBrowser((name) => {
  const profile = mkdtempSync(join(tmpdir(), 'ava-history-'));
  let server: DemoServer | undefined;
  let browser: TestBrowser | undefined;
  after(async () => {
    await browser?.close();
    await server?.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });

  it('a conversation is still there, and goes on, after the browser was closed', async () => {
    server = await startDemoServer();
    const options = { extension: buildFolder(name), userDataDir: profile };
    browser = await launchBrowser(name, options);
    await addDemoEndpoint(browser, server.url);
    await browser.firstTab.bringToFront();
    let panel = await browser.openPanel();
    await chooseModel(panel, 'demo-echo');
    await ask(panel, 'Will this last?');
    await waitForState(panel, 'complete');
    await browser.close();

    browser = await launchBrowser(name, options);
    // Chromium takes an unpacked extension of a new start for a new one, and forgets what it was granted.
    await browser.grantOrigins(['http://127.0.0.1/*']);
    panel = await browser.openPanel();
    await openHistory(panel);
    await panel.click(rowOf(1));
    await panel.waitFor('the conversation', () =>
      document.querySelector<HTMLElement>('article[data-role="user"]')?.innerText.includes('Will this last?'),
    );
    await ask(panel, 'It did');
    assert.match((await waitForState(panel, 'complete')).text, /You sent 3 messages/);
  });
});

async function openHistory(panel: Surface): Promise<void> {
  await panel.waitFor('the button History', () => document.querySelector('.bar button[aria-label="History"]') !== null);
  await panel.click('.bar button[aria-label="History"]');
  await panel.waitFor(
    'the list of conversations with the focus in its search',
    () => document.querySelector('.history-open') !== null && document.activeElement?.matches('input[type="search"]'),
  );
}

/** The selector of the n-th conversation of the list, which stands under its first day. */
function rowOf(place: number): string {
  return `.history-list li:nth-child(${place}) .history-open`;
}

/** The buttons of a row show themselves to a mouse over it, or to a focus in it. */
async function clickRowButton(panel: Surface, label: string): Promise<void> {
  await panel.focus(`li:has(button[aria-label="${label}"]) .history-open`);
  await panel.click(`button[aria-label="${label}"]`);
}

/** The days, each with its titles. */
function listed(panel: Surface): Promise<readonly (readonly [string, readonly string[]])[]> {
  return panel.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.history-list [role="group"]')].map(
      (day) =>
        [
          day.querySelector('h3')?.textContent ?? '',
          [...day.querySelectorAll('.history-title')].map(({ textContent }) => textContent),
        ] as const,
    ),
  );
}

/** Runs in the background: every date in the stored list of conversations becomes that much earlier. */
async function moveHistoryBack(byMs: number): Promise<void> {
  const { chrome } = globalThis as unknown as {
    chrome: {
      storage: {
        local: {
          get(keys: null): Promise<Record<string, unknown>>;
          set(records: Record<string, unknown>): Promise<void>;
        };
      };
    };
  };
  const records = await chrome.storage.local.get(null);
  const moved = Object.entries(records)
    .filter(([key]) => key.startsWith('list/'))
    .map(([key, record]) => [
      key,
      JSON.parse(JSON.stringify(record), (field: string, value: unknown) =>
        typeof value === 'number' && (field === 'updatedAt' || field === 'createdAt') ? value - byMs : value,
      ) as unknown,
    ]);
  if (moved.length === 0) throw new Error(`no list of conversations among ${Object.keys(records).join(', ')}`);
  await chrome.storage.local.set(Object.fromEntries(moved) as Record<string, unknown>);
}
