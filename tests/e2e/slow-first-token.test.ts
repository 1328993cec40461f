/** 70 seconds without a token: longer than an idle background lives. No debugger keeps it alive here. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  ask,
  chatRequests,
  chooseModel,
  forEachBrowser,
  modelOf,
  newChat,
  startSession,
  waitForState,
} from './session.ts';

const silenceMs = 70_000;

// Both wait for most of the time, so they wait together.
void describe('slow', { concurrency: true }, () => {
  forEachBrowser((name) => {
    const session = startSession(name, { letWorkerSleep: true });

    it('an answer whose first token comes after 70 seconds arrives whole, with and without a panel to see it', async () => {
      let panel = await session.browser.openPanel();
      await chooseModel(panel, 'demo-silent-70');
      await ask(panel, 'What is backpressure?');
      const other = await session.browser.openSecondWindowPanel(`${session.server.url}/page`);
      // In the second window, another conversation, whose headers are late as well; and then nobody looks.
      await newChat(other);
      await chooseModel(other, 'demo-silent-headers-70');
      await ask(other, 'And what is a canned answer?');
      await other.close();

      await session.browser.firstTab.bringToFront();
      const seconds = await panel.waitFor('the seconds of waiting to be shown', () =>
        Number(/· (\d+) s/.exec(document.querySelector<HTMLElement>('.wait')?.innerText ?? '')?.[1] ?? 0),
      );
      await panel.waitFor(
        'the seconds to go on',
        (earlier: number) =>
          Number(/· (\d+) s/.exec(document.querySelector<HTMLElement>('.wait')?.innerText ?? '')?.[1]) > earlier,
        seconds,
      );
      const seen = await waitForState(panel, 'complete', silenceMs + 60_000);
      assert.match(seen.text, /Backpressure, in one sentence/);
      assert.match(seen.text, /see that it stays flat\.\s*$/);
      const unseen = await session.server.waitForRequest(
        (request) => modelOf(request) === 'demo-silent-headers-70' && request.finished,
        60_000,
      );
      assert.ok(unseen.sentTokens > 100);
      // Neither was asked for a second time.
      assert.deepEqual(
        chatRequests(session.server).map((request) => [modelOf(request), request.finished]),
        [
          ['demo-silent-70', true],
          ['demo-silent-headers-70', true],
        ],
      );

      await panel.close();
      panel = await session.browser.openPanel();
      await panel.waitFor('the panel', () => document.querySelector('.bar button[aria-label="History"]') !== null);
      await panel.click('.bar button[aria-label="History"]');
      await panel.waitFor('both conversations', () => document.querySelectorAll('.history-open').length === 2);
      await panel.evaluate(() => {
        const titles = [...document.querySelectorAll<HTMLElement>('.history-open')];
        titles.find(({ innerText }) => innerText.includes('canned answer'))?.setAttribute('data-test', 'unseen');
      });
      await panel.click('[data-test="unseen"]');
      await panel.waitFor('the question that nobody watched', () =>
        document.querySelector<HTMLElement>('article[data-role="user"]')?.innerText.includes('canned answer'),
      );
      assert.match((await waitForState(panel, 'complete')).text, /add a provider in the settings\.\s*$/);
    });
  });
});
