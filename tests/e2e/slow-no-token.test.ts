/** A model that lets a question of one token wait for more than a minute: told as that, with the models that are there. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chatRequests, chooseModel, forEachBrowser, startSession } from './session.ts';

// Both wait for most of the time, so they wait together.
void describe('slow', { concurrency: true }, () => {
  forEachBrowser((name) => {
    const session = startSession(name, { letWorkerSleep: true });

    it('a first token that does not come leads to another model, in one click', async () => {
      const panel = await session.browser.openPanel();
      await chooseModel(panel, 'demo-silent-70');
      await panel.close();
      const options = await session.browser.openOptions('#providers');
      await options.click('[data-endpoint-id] button[aria-label^="Test: "]');
      await options.waitFor('the list', () => document.querySelector('[data-diagnosis="fine"]') !== null);
      await options.click('.check-up .primary');
      await options.waitFor(
        { what: 'the end of patience', timeoutMs: 100_000 },
        () => document.querySelector('[data-diagnosis="no-token"]') !== null,
      );
      assert.match(await options.text('.check-up'), /no answer came in time/);
      assert.equal(chatRequests(session.server).length, 1);
      await options.click('.check-up-models button');
      await options.waitFor('the choice', () =>
        document.querySelector<HTMLElement>('.check-up')?.innerText.includes('The next question goes to'),
      );
    });
  });
});
