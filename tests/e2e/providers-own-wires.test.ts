/** Anthropic, Gemini and Ollama on wires of their own, and a preset whose key has its own header: added, and asked. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecordedRequest } from '../support/demo-server/recorded-request.ts';
import { fillField } from '../support/browser/fill-field.ts';
import { openProviderForm, removeProvider, submitButton, waitForCard } from './provider-form.ts';
import { ask, chooseModel, forEachBrowser, newChat, startSession, waitForState } from './session.ts';

const key = 'demo-key-7-secret-wxyz';

interface OwnWire {
  readonly providerId: string;
  /** At the demo server. */
  readonly base: string;
  readonly hasKey: boolean;
  isRight(request: RecordedRequest): boolean;
}

const wires: readonly OwnWire[] = [
  {
    providerId: 'anthropic',
    base: '/anthropic/v1',
    hasKey: true,
    isRight: ({ path, headers }) => path === '/anthropic/v1/messages' && headers['x-api-key'] === key,
  },
  {
    providerId: 'google',
    base: '/gemini/v1beta',
    hasKey: true,
    isRight: ({ path, headers }) =>
      path === '/gemini/v1beta/models/demo-thinks-fast:streamGenerateContent' && headers['x-goog-api-key'] === key,
  },
  {
    providerId: 'azure-openai',
    base: '/v1',
    hasKey: true,
    isRight: ({ path, headers }) =>
      path === '/v1/chat/completions' && headers['api-key'] === key && headers.authorization === undefined,
  },
  {
    providerId: 'ollama',
    base: '/ollama-open',
    hasKey: false,
    isRight: ({ path, headers }) => path === '/ollama-open/api/chat' && headers.authorization === undefined,
  },
];

forEachBrowser((name) => {
  const session = startSession(name, { withDemoEndpoint: false });

  for (const { providerId, base, hasKey, isRight } of wires) {
    test(`${providerId}: its models are listed, and its answer streams behind its thinking`, async () => {
      const { browser, server } = session;
      const options = await openProviderForm(browser, `add/${providerId}`);
      await fillField(options, 'label', 'Own');
      await fillField(options, 'baseUrl', `${server.url}${base}`);
      if (hasKey) await fillField(options, 'key', key);
      await options.click(submitButton);
      const id = await waitForCard(options, 'Own', 'ok');
      await options.close();

      await browser.firstTab.bringToFront();
      const panel = await browser.openPanel();
      await newChat(panel);
      await chooseModel(panel, 'demo-thinks-fast');
      await ask(panel, 'What is backpressure?');
      const { text } = await waitForState(panel, 'complete', 20_000);
      assert.match(text, /slow end of a pipe/);
      const request = await server.waitForRequest(isRight);
      assert.ok(request.finished, 'all of it was read');
      assert.match(await panel.text('[data-part="thinking"]'), /^Thought for/);
      await panel.close();

      const list = await browser.openOptions('#providers');
      await waitForCard(list, 'Own', 'ok');
      await removeProvider(list, id);
      await list.close();
    });
  }
});
