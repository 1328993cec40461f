/** An answer outlives the panel that asked, the second window that looks on, and the worker that wrote it. */
import assert from 'node:assert/strict';
import { afterEach, beforeEach, it } from 'node:test';
import type { Surface } from '../support/browser/surface.ts';
import { waitUntil } from '../support/browser/wait-until.ts';
import {
  ask,
  chatRequests,
  chooseModel,
  forEachBrowser,
  newChat,
  numberedText,
  reply,
  startSession,
  waitForNewReply,
  waitForState,
  waitForText,
} from './session.ts';

/** From the worker's death until the panel says so. */
const interruptedMs = 2000;

forEachBrowser((name) => {
  const session = startSession(name);
  let panel: Surface;
  beforeEach(async () => {
    // The second window may still be in front.
    await session.browser.firstTab.bringToFront();
    panel = await session.browser.openPanel();
    await newChat(panel);
  });
  afterEach(() => panel.close());

  it('an answer goes on while the panel is closed, and the panel opened again shows all of it', async () => {
    await chooseModel(panel, 'demo-numbered-400-100');
    await ask(panel, 'Count to 400');
    await waitForText(panel, 't20');
    await panel.close();
    const request = await session.server.waitForRequest(({ method }) => method === 'POST');
    const sentAtClose = request.sentTokens;
    assert.ok(sentAtClose < 400, 'the answer was over before the panel was closed');
    await session.server.waitForRequest(({ sentTokens }) => sentTokens > sentAtClose + 50);
    panel = await session.browser.openPanel();
    assert.equal((await waitForText(panel, 't20')).state, 'streaming');
    const done = await waitForState(panel, 'complete');
    assert.equal(done.text, numberedText(400));
    assert.deepEqual(
      chatRequests(session.server).map(({ finished, closedEarlyAt }) => [finished, closedEarlyAt]),
      [[true, undefined]],
    );
  });

  it('an answer that ended while no panel was open is there when one is', async () => {
    await chooseModel(panel, 'demo-numbered-100-50');
    await ask(panel, 'Count to 100');
    await waitForText(panel, 't5');
    await panel.close();
    const { sentTokens } = await session.server.waitForRequest(({ method, finished }) => method === 'POST' && finished);
    assert.equal(sentTokens, 100);
    panel = await session.browser.openPanel();
    assert.equal((await waitForState(panel, 'complete')).text, numberedText(100));
  });

  it('two windows show the same conversation in step', async () => {
    await chooseModel(panel, 'demo-numbered-3000-50');
    await ask(panel, 'Count to 3000');
    await waitForText(panel, 't10');
    const other = await session.browser.openSecondWindowPanel(`${session.server.url}/page`);
    try {
      // A window's first panel shows what was looked at last.
      const { id } = await waitForText(other, 't15');
      assert.equal(id, (await reply(panel)).id);
      const { text } = await reply(panel);
      const last = text.split(' ').at(-1) ?? '';
      await waitForText(other, last, 1000);

      await other.click('button[aria-label="Stop"]');
      const stopped = await waitForState(panel, 'stopped');
      assert.equal((await waitForState(other, 'stopped')).text, stopped.text);
      assert.ok(numberedText(3000).startsWith(stopped.text));

      await chooseModel(other, 'demo-echo');
      await ask(other, 'Asked in the second window');
      const answered = await waitForState(other, 'complete');
      await panel.waitFor(
        'the first window to show the answer of the second',
        (wanted: string) => document.querySelector(`[data-message-id="${wanted}"][data-state="complete"]`) !== null,
        answered.id,
      );
      assert.equal((await reply(panel)).text, answered.text);
    } finally {
      await other.close();
    }
  });

  it('when the worker dies, all that was shown stays, nothing is asked again, and it can be started over', async () => {
    await chooseModel(panel, 'demo-numbered-500-50');
    await ask(panel, 'Count to 500');
    await waitForText(panel, 't30');
    // What is on screen in the very moment is to be there afterwards.
    const shown = (await reply(panel)).text;
    await session.browser.killWorker();
    const diedAt = Date.now();
    const interrupted = await waitForState(panel, 'interrupted', interruptedMs);
    assert.ok(Date.now() - diedAt <= interruptedMs + 200);
    assert.ok(interrupted.text.startsWith(shown), 'something that was shown is lost');
    assert.ok(numberedText(500).startsWith(interrupted.text), 'something is there twice, or in the wrong place');
    assert.match(interrupted.everything, /The browser ended this reply after \d+ words\. They are saved/);
    assert.equal(chatRequests(session.server).length, 1);

    await chooseModel(panel, 'demo-numbered-10-0');
    await panel.evaluate(() => {
      const buttons = [...document.querySelectorAll<HTMLElement>('article[data-state="interrupted"] .notice button')];
      buttons.find(({ innerText }) => innerText === 'Start over')?.setAttribute('data-test', 'retry');
    });
    await panel.click('[data-test="retry"]');
    await waitForNewReply(panel, [interrupted.id]);
    assert.equal((await waitForState(panel, 'complete')).text, numberedText(10));
    assert.equal(chatRequests(session.server).length, 2);
  });

  it('what was shown when the worker died is still there in a panel opened later', async () => {
    await chooseModel(panel, 'demo-numbered-500-50');
    await ask(panel, 'Count to 500');
    await waitForText(panel, 't12');
    await session.browser.killWorker();
    const interrupted = await waitForState(panel, 'interrupted', interruptedMs);
    await panel.close();
    const last = interrupted.text.split(' ').at(-1) ?? '';
    await waitUntil('the log to have what the panel had', () =>
      session.browser.evaluateInBackground(isStored, `${last}\\D`),
    );
    await session.browser.killWorker();
    panel = await session.browser.openPanel();
    assert.equal((await waitForState(panel, 'interrupted')).text, interrupted.text);
  });

  it('a question wakes a worker that was asleep', async () => {
    await chooseModel(panel, 'demo-echo');
    await session.browser.killWorker();
    await ask(panel, 'Are you awake?');
    const done = await waitForState(panel, 'complete');
    assert.match(done.text, /Are you awake\?/);
    assert.equal(chatRequests(session.server).length, 1);

    await session.browser.killWorker();
    await ask(panel, 'Still awake?');
    assert.match((await waitForState(panel, 'complete')).text, /You sent 3 messages/);
  });

  // The last test: it takes the server away.
  it('nothing listening is a failure in words, and the question stays with its Retry', async () => {
    await chooseModel(panel, 'demo-echo');
    const { host } = new URL(session.server.url);
    await session.server.close();
    await ask(panel, 'Is anybody there?');
    const failed = await waitForState(panel, 'error', 15_000);
    assert.equal(failed.failure, 'network');
    assert.ok(failed.everything.includes(`Nothing answers at ${host}.`), failed.everything);
    assert.match(failed.everything, /\bRetry\b/);
    assert.equal(await panel.text('article[data-role="user"] [data-part="text"]'), 'Is anybody there?');
  });
});

/** Runs in the background. */
async function isStored(pattern: string): Promise<boolean> {
  const { chrome } = globalThis as unknown as { chrome: { storage: { local: { get(keys: null): Promise<unknown> } } } };
  return new RegExp(pattern).test(JSON.stringify(await chrome.storage.local.get(null)));
}
