/** "Details" under an answer that failed, in the panel: from what the failure says already to the one cure. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Surface } from '../support/browser/surface.ts';
import { takeDemoAccessBack, waitForCard } from './provider-form.ts';
import {
  ask,
  chatRequests,
  chooseModel,
  forEachBrowser,
  modelOf,
  newChat,
  replyIds,
  startSession,
  waitForNewReply,
  waitForState,
} from './session.ts';
import { takePictures } from './take-pictures.ts';

const demo = 'Demo (canned text, not an AI)';

forEachBrowser((name) => {
  const session = startSession(name, { promptForPermissions: true });
  let panel: Surface;
  before(async () => {
    panel = await session.browser.openPanel();
  });

  test('a model that is not there is answered by those that are, and one click chooses', async () => {
    const { server } = session;
    await fail('gone', 'model-not-found');
    server.clearRequests();
    assert.equal(await openDetails(panel), 'model-missing');
    assert.deepEqual(
      server.requests.map(({ method, path }) => `${method} ${path}`),
      ['GET /v1/models'],
    );
    await takePictures(panel, `${name}-doctor-models`, [320, 400]);
    const fast = await panel.evaluate(() => {
      const buttons = [...document.querySelectorAll('.check-up-models button')];
      return buttons.findIndex(({ textContent }) => textContent === 'demo-fast');
    });
    await panel.click(`.check-up-models li:nth-child(${fast + 1}) button`);
    await panel.waitFor('the choice', () =>
      document.querySelector('.check-up')?.textContent.includes('The next question goes to demo-fast.'),
    );
    const known = await replyIds(panel);
    await panel.click('.message-actions button[aria-label="Retry"]');
    await waitForNewReply(panel, known);
    await waitForState(panel, 'complete');
    assert.equal(modelOf(chatRequests(server).at(-1) ?? assert.fail('nothing was asked')), 'demo-fast');
  });

  for (const [model, failure, diagnosis] of [
    ['demo-fails-402', 'billing', 'no-credit'],
    ['demo-fails-redirect', 'redirect', 'redirect'],
  ] as const) {
    test(`what ${model} says is enough: nothing more is sent`, async () => {
      const { server } = session;
      await fail(model, failure);
      server.clearRequests();
      assert.equal(await openDetails(panel), diagnosis);
      assert.equal(server.requests.length, 0);
    });
  }

  test('access that was taken back is given in one click, and then the server is fine', async () => {
    const { browser, server } = session;
    await chooseModel(panel, 'demo-silent-9');
    await takeDemoAccessBack(browser);
    await browser.firstTab.bringToFront();
    await fail(undefined, 'permission');
    server.clearRequests();
    assert.equal(await openDetails(panel), 'no-access');
    assert.equal(server.requests.length, 0);
    await browser.answerPermissionPrompt(() => panel.click('.check-up .primary'), true);
    await panel.waitFor('the server to be fine', () => document.querySelector('[data-diagnosis="fine"]') !== null);
    assert.deepEqual(
      server.requests.map(({ method, path }) => `${method} ${path}`),
      ['GET /v1/models', 'OPTIONS /v1'],
    );
  });

  test('a first token that takes long is told as slow, once it was asked for', async () => {
    const { browser, server } = session;
    const options = await browser.openOptions('#providers');
    await waitForCard(options, demo, 'ok');
    server.clearRequests();
    await options.click('button[aria-label^="Test: "]');
    await options.waitFor('a look', () => document.querySelector('[data-diagnosis="fine"]') !== null);
    assert.deepEqual(chatRequests(server), []);
    assert.match(await options.text('.check-up'), /A real request.*may charge/s);
    await options.click('.check-up .primary');
    await options.waitFor('a first token', () => document.querySelector('[data-diagnosis="slow"]') !== null);
    assert.equal(chatRequests(server).length, 1);
    await options.close();
  });

  /** A question that fails like that, in a new chat. */
  async function fail(model: string | undefined, failure: string): Promise<void> {
    await newChat(panel);
    if (model !== undefined) await chooseModel(panel, model);
    await ask(panel, 'Is this a failure?');
    assert.equal((await waitForState(panel, 'error')).failure, failure);
  }
});

/** Gives the kind of what was found. */
async function openDetails(panel: Surface): Promise<string> {
  await panel.click('article[data-state="error"] button[aria-expanded="false"]');
  return panel.waitFor(
    'what was found',
    () => document.querySelector<HTMLElement>('.check-up[data-diagnosis]')?.dataset['diagnosis'],
  );
}
