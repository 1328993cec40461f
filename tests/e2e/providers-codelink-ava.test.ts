/** The CodeLinkAva row, from the settings to the wire, with its headers on our own requests only. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TestBrowser } from '../support/browser/test-browser.ts';
import { waitUntil } from '../support/browser/wait-until.ts';
import { fillField } from '../support/browser/fill-field.ts';
import { openProviderForm, removeProvider, submitButton, waitForCard } from './provider-form.ts';
import { ask, chatRequests, forEachBrowser, newChat, startSession, waitForState, waitForText } from './session.ts';

const retired = 'Its public service has been retired. Point it at a compatible address to use it.';

forEachBrowser((name) => {
  const session = startSession(name, { withDemoEndpoint: false });

  test('the settings say that the public service is retired, and take another address', async () => {
    const { browser, server } = session;
    const options = await openProviderForm(browser, 'add/codelink-ava');
    assert.equal(await options.text('.notice'), retired);
    assert.equal(await options.count('input[type="password"]'), 0);
    await fillField(options, 'label', 'Ava');
    await fillField(options, 'baseUrl', `${server.url}/api/chat`);
    await options.click(submitButton);
    const id = await waitForCard(options, 'Ava', 'ok');
    assert.doesNotMatch(await options.text(`[data-endpoint-id="${id}"]`), /retired/);
    assert.match(await options.text('[href="#add/codelink-ava"]'), new RegExp(retired));
    await options.close();
  });

  test('the answer streams, the request is exactly that of the wire, and pages keep their own headers meanwhile', async () => {
    const { browser, server } = session;
    await browser.firstTab.bringToFront();
    const panel = await browser.openPanel();
    await ask(panel, 'Say something.');
    await waitForText(panel, 'A canned answer');

    const [request] = chatRequests(server);
    assert.equal(request?.path, '/api/chat');
    assert.deepEqual(request.body, {
      messages: [{ role: 'user', content: 'Say something.' }],
      temperature: 0.6,
      stream: true,
    });
    const { headers } = request;
    assert.equal(headers.origin, 'https://ava-ai-ef611.web.app');
    assert.equal(headers.referer, 'https://ava-ai-ef611.web.app/');
    assert.equal(headers.accept, '*/*');
    assert.match(headers['accept-language'] ?? '', /^en,fr-FR;q=0\.9/);
    assert.match(headers['user-agent'] ?? '', /^Mozilla\/5\.0 \(Windows NT 10\.0; Win64; x64\).* Chrome\/\d+/);
    assert.deepEqual(
      ['dest', 'mode', 'site'].map((part) => headers[`sec-fetch-${part}`]),
      ['empty', 'cors', 'same-origin'],
    );
    assert.equal(headers.authorization, undefined);

    assert.equal(request.finished, false, 'the answer is still on its way');
    assert.equal(await countRules(browser), 1);
    const own = await browser.firstTab.evaluate(async () => {
      await fetch('/api/chat', { method: 'POST', body: 'a page of the same host' });
      return { userAgent: navigator.userAgent, address: location.href };
    });
    const ofPage = await server.waitForRequest(({ body }) => body === 'a page of the same host');
    assert.equal(ofPage.headers.origin, server.url);
    assert.equal(ofPage.headers['user-agent'], own.userAgent);
    assert.equal(ofPage.headers.referer, own.address);

    await waitForState(panel, 'complete', 20_000);
    await waitUntil('the session rule to go', async () => (await countRules(browser)) === 0);
    await panel.close();
  });

  test('extra fields go into the body and win over its own, and a failure comes with its status', async () => {
    const { browser, server } = session;
    const list = await browser.openOptions('#providers');
    const id = await waitForCard(list, 'Ava', 'ok');
    await list.close();
    const options = await openProviderForm(browser, `edit/${id}`);
    await fillField(options, 'body', '{"demo": "demo-echo", "temperature": 0.2}');
    await options.click(submitButton);
    await waitForCard(options, 'Ava', 'ok');
    await browser.firstTab.bringToFront();
    const panel = await browser.openPanel();
    await newChat(panel);
    await ask(panel, 'Who is there?');
    assert.match((await waitForState(panel, 'complete')).text, /Who is there\?/);
    assert.deepEqual(chatRequests(server)[0]?.body, {
      messages: [{ role: 'user', content: 'Who is there?' }],
      temperature: 0.2,
      stream: true,
      demo: 'demo-echo',
    });

    await options.close();
    const again = await openProviderForm(browser, `edit/${id}`);
    await fillField(again, 'body', '{"model": "gpt"}');
    await again.click(submitButton);
    await waitForCard(again, 'Ava', 'ok');
    await browser.firstTab.bringToFront();
    await newChat(panel);
    await ask(panel, 'With a model?');
    const failed = await waitForState(panel, 'error');
    assert.match(failed.everything, /there is no model on this wire/);
    assert.match(failed.everything, /Status 400/);
    await panel.close();
    await again.close();
  });

  test('when the provider is removed, no rule is left', async () => {
    const { browser } = session;
    const options = await browser.openOptions('#providers');
    await removeProvider(options, await waitForCard(options, 'Ava', 'ok'));
    assert.equal(await countRules(browser), 0);
    await options.close();
  });
});

function countRules(browser: TestBrowser): Promise<number> {
  return browser.evaluateInBackground(async () => {
    const { declarativeNetRequest } = (globalThis as unknown as { chrome: RulesOfTest }).chrome;
    const lists = await Promise.all([declarativeNetRequest.getSessionRules(), declarativeNetRequest.getDynamicRules()]);
    return lists.flat().length;
  });
}

interface RulesOfTest {
  readonly declarativeNetRequest: {
    getSessionRules(): Promise<readonly unknown[]>;
    getDynamicRules(): Promise<readonly unknown[]>;
  };
}
