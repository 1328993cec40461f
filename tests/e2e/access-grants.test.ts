/**
 * Access to an address: asked for at the moment of use by the browser's real prompt, and given back.
 *
 * In Chromium the prompt is answered by real keys; in Firefox its buttons are activated by the browser's own functions.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fillField, waitForField } from '../support/browser/fill-field.ts';
import {
  hasDemoAccess,
  openProviderForm,
  removeProvider,
  storedEndpoints,
  submitButton,
  takeDemoAccessBack,
  waitForCard,
} from './provider-form.ts';
import {
  chatRequests,
  chooseModel,
  forEachBrowser,
  replyIds,
  startSession,
  typeMessage,
  waitForNewReply,
  waitForState,
} from './session.ts';

forEachBrowser((name) => {
  const session = startSession(name, { withDemoEndpoint: false, promptForPermissions: true });

  test('a refused prompt saves nothing and sends nothing, says so, and keeps what was typed', async () => {
    const { browser, server } = session;
    const options = await openProviderForm(browser, 'add/openai-compatible');
    const address = `${server.url}/v1`;
    await fillField(options, 'label', 'Demo');
    await fillField(options, 'baseUrl', address);
    await browser.answerPermissionPrompt(() => options.click(submitButton), false);
    await options.waitFor(
      'the sentence about the refusal',
      () =>
        document.querySelector('#form-problem')?.textContent ===
        'The browser did not give access to http://127.0.0.1/*, so nothing was saved.',
    );
    await waitForField(options, 'label', 'Demo');
    await waitForField(options, 'baseUrl', address);
    assert.deepEqual(await storedEndpoints(options), []);
    assert.equal(await hasDemoAccess(options), false);
    assert.equal(server.requests.length, 0);
    await options.close();
  });

  test('an accepted prompt saves the provider and lists its models', async () => {
    const { browser, server } = session;
    const options = await openProviderForm(browser, 'add/openai-compatible');
    await fillField(options, 'label', 'Demo');
    await fillField(options, 'baseUrl', `${server.url}/v1`);
    await browser.answerPermissionPrompt(() => options.click(submitButton), true);
    const id = await waitForCard(options, 'Demo', 'ok');
    assert.match(await options.text(`[data-endpoint-id="${id}"]`), /\d+ models · this computer only/);
    assert.deepEqual(
      (await storedEndpoints(options)).map(({ baseUrl }) => baseUrl),
      [`${server.url}/v1`],
    );
    assert.equal(await hasDemoAccess(options), true);
    await options.close();
  });

  test('a request without access fails as such, and "Grant access" asks the browser and then retries', async () => {
    const { browser, server } = session;
    await browser.firstTab.bringToFront();
    const panel = await browser.openPanel();
    await chooseModel(panel, 'demo-fast');
    await takeDemoAccessBack(browser);
    server.clearRequests();
    await browser.firstTab.bringToFront();

    await typeMessage(panel, 'What is backpressure?');
    await panel.press('Enter');
    const failed = await waitForState(panel, 'error');
    assert.equal(failed.failure, 'permission');
    assert.match(failed.everything, /Ava has no access to 127\.0\.0\.1:\d+ yet\./);
    assert.equal(server.requests.length, 0);

    const grant = 'article[data-failure="permission"] .buttons button';
    assert.equal(await panel.text(grant), 'Grant access');
    await browser.answerPermissionPrompt(() => panel.click(grant), false);
    await panel.waitFor('the sentence about the refusal', () =>
      document.body.innerText.includes('Access was not given. Nothing was sent.'),
    );
    assert.equal(server.requests.length, 0);

    const known = await replyIds(panel);
    await browser.answerPermissionPrompt(() => panel.click(grant), true);
    await waitForNewReply(panel, known);
    const { text } = await waitForState(panel, 'complete');
    assert.match(text, /slow end of a pipe/);
    assert.equal(chatRequests(server).length, 1);
    await panel.close();
  });

  test('removing a provider gives its access back, unless another one needs it', async () => {
    const { browser, server } = session;
    const options = await openProviderForm(browser, 'add/openai-compatible');
    await fillField(options, 'label', 'Second');
    await fillField(options, 'baseUrl', `${server.url}/unlisted/v1`);
    // No prompt: the access is there.
    await options.click(submitButton);
    const second = await waitForCard(options, 'Second', 'failed');
    const first = await waitForCard(options, 'Demo', 'ok');

    await removeProvider(options, first);
    assert.deepEqual(
      (await storedEndpoints(options)).map(({ label }) => label),
      ['Second'],
    );
    assert.equal(await hasDemoAccess(options), true);

    await removeProvider(options, second);
    assert.deepEqual(await storedEndpoints(options), []);
    await options.waitFor('the access to be given back', async () => {
      const { permissions } = (globalThis as unknown as { chrome: { permissions: AllPermissions } }).chrome;
      return ((await permissions.getAll()).origins ?? []).length === 0;
    });
    await options.close();
  });
});

interface AllPermissions {
  getAll(): Promise<{ origins?: readonly string[] }>;
}
