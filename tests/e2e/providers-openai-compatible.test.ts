/** OpenAI-compatible endpoints, as they are typed into the form and as the server sees them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Surface } from '../support/browser/surface.ts';
import type { TestBrowser } from '../support/browser/test-browser.ts';
import { fillField, waitForField } from '../support/browser/fill-field.ts';
import {
  openProviderForm,
  removeProvider,
  type StorageOfTest,
  storedEndpoints,
  submitButton,
  waitForCard,
} from './provider-form.ts';
import { ask, chatRequests, chooseModel, forEachBrowser, startSession, waitForState } from './session.ts';

const key = 'demo-key-7-secret-wxyz';

forEachBrowser((name) => {
  const session = startSession(name, { withDemoEndpoint: false });

  test('an address without scheme, with a slash at its end or with the request path becomes the base URL', async () => {
    const { browser, server } = session;
    for (const typed of [
      `${server.url.replace('http://', '')}/v1`,
      `${server.url}/v1/`,
      `${server.url}/v1/chat/completions`,
    ]) {
      const options = await openProviderForm(browser, 'add/openai-compatible');
      await fillField(options, 'label', 'Typed');
      await fillField(options, 'baseUrl', typed);
      await options.click(submitButton);
      const id = await waitForCard(options, 'Typed', 'ok');
      assert.deepEqual(
        (await storedEndpoints(options)).map(({ baseUrl }) => baseUrl),
        [`${server.url}/v1`],
        typed,
      );
      await removeProvider(options, id);
      await options.close();
    }
  });

  for (const { field, typed, sentence } of [
    {
      field: 'baseUrl',
      typed: 'http://api.example.com/v1',
      sentence: /public address without encryption: your key and text could be read on the way\. Use https/,
    },
    { field: 'baseUrl', typed: 'ftp://127.0.0.1/v1', sentence: /Only http and https addresses can be used/ },
    { field: 'headers', typed: 'X-Good: yes\nno header at all', sentence: /Line 2 is not “Name: value”/ },
    { field: 'body', typed: '{"seed": }', sentence: /This is not a JSON object/ },
  ] as const) {
    test(`${JSON.stringify(typed)} in the field ${field} is refused with the reason, and stays there to be mended`, async () => {
      const { browser, server } = session;
      const options = await openProviderForm(browser, 'add/openai-compatible');
      await fillField(options, 'label', 'Broken');
      await fillField(options, 'baseUrl', `${server.url}/v1`);
      await fillField(options, 'key', 'a key that is not lost');
      await fillField(options, field, typed);
      await options.click(submitButton);
      await options.waitFor(
        'the reason at the field',
        (id: string) => (document.getElementById(`${id}-problem`)?.textContent ?? '') !== '',
        field,
      );
      assert.match(await options.text(`#${field}-problem`), sentence);
      await waitForField(options, field, typed);
      await waitForField(options, 'label', 'Broken');
      await waitForField(options, 'key', 'a key that is not lost');
      assert.deepEqual(await storedEndpoints(options), []);
      assert.equal(server.requests.length, 0);
      await options.close();
    });
  }

  test('key, headers and body fields arrive; the key is shown by its last four characters and is nowhere else', async () => {
    const { browser, server } = session;
    await browser.evaluateInBackground(recordPortMessages);
    const options = await openProviderForm(browser, 'add/openai-compatible');
    await options.evaluate(listenAsPage);
    await fillField(options, 'label', 'Keyed');
    await fillField(options, 'baseUrl', `${server.url}/keyed/v1`);
    await fillField(options, 'key', key);
    await fillField(options, 'headers', 'X-Team: demo\nX-Other: two');
    await fillField(options, 'body', '{"seed": 7, "user": "somebody"}');
    await options.click('[name="unstreamed"]');
    await options.click(submitButton);
    const id = await waitForCard(options, 'Keyed', 'ok');
    assert.equal(
      server.requests.find(({ path }) => path === '/keyed/v1/models')?.headers.authorization,
      `Bearer ${key}`,
    );

    await browser.firstTab.bringToFront();
    const panel = await browser.openPanel();
    await chooseModel(panel, 'demo-fast');
    await ask(panel, 'What is backpressure?');
    assert.match((await waitForState(panel, 'complete')).text, /slow end of a pipe/);
    const [request, ...more] = chatRequests(server);
    assert.deepEqual(more, []);
    assert.equal(request?.headers.authorization, `Bearer ${key}`);
    assert.equal(request.headers['x-team'], 'demo');
    assert.equal(request.headers['x-other'], 'two');
    const { stream = false, ...body } = request.body as Record<string, unknown>;
    assert.equal(stream, false, 'asked for at once, not as a stream');
    assert.deepEqual(body, {
      model: 'demo-fast',
      messages: [{ role: 'user', content: 'What is backpressure?' }],
      seed: 7,
      user: 'somebody',
    });

    const messages = await readMessages(browser, options);
    assert.match(messages, /save-endpoint/, 'messages of pages were seen');
    assert.match(messages, /"settings"/, 'messages of the background were seen');
    const edit = await openProviderForm(browser, `edit/${id}`);
    await edit.waitFor('the key by its end', () => document.body.innerText.includes('Saved, ends in wxyz.'));
    const places = {
      'messages on ports': messages,
      'the page of the providers': await options.evaluate(readPage),
      'the form': await edit.evaluate(readPage),
      'the panel': await panel.evaluate(readPage),
      'storage.local': await edit.evaluate(readStorage, 'local'),
      'storage.session': await edit.evaluate(readStorage, 'session'),
    };
    for (const [place, text] of Object.entries(places)) {
      assert.ok(text.length > 2, `${place} was read`);
      assert.ok(!text.includes('secret'), `the key is in ${place}`);
    }
    await edit.close();
    await panel.close();

    await removeProvider(options, id);
    assert.equal(await options.evaluate(countKeys), 0, 'keys left after the provider is gone');
    await options.close();
  });

  test('a key that the server refuses is told at the provider, without the key', async () => {
    const { browser, server } = session;
    const options = await openProviderForm(browser, 'add/openai-compatible');
    await fillField(options, 'label', 'Refused');
    await fillField(options, 'baseUrl', `${server.url}/keyed/v1`);
    await fillField(options, 'key', 'wrong-secret');
    await options.click(submitButton);
    const id = await waitForCard(options, 'Refused', 'failed');
    const card = await options.text(`[data-endpoint-id="${id}"]`);
    assert.match(card, /127\.0\.0\.1:\d+ refused the key\./);
    assert.doesNotMatch(card, /wrong-secret/);
    await removeProvider(options, id);
    await options.close();
  });
});

interface Recorder {
  messagesOfTest?: unknown[];
}

interface PortOfTest {
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
  postMessage(message: unknown): void;
}

interface RuntimeOfTest {
  readonly runtime: {
    readonly onConnect: { addListener(listener: (port: PortOfTest) => void): void };
    connect(options: { name: string }): PortOfTest;
  };
}

/** Runs in the background: keeps all that pages send from now on, on ports of their own. */
function recordPortMessages(): void {
  const scope = (globalThis.window ?? globalThis) as unknown as Recorder;
  const messages: unknown[] = [];
  scope.messagesOfTest = messages;
  (globalThis as unknown as { chrome: RuntimeOfTest }).chrome.runtime.onConnect.addListener((port) => {
    port.onMessage.addListener((message) => void messages.push(message));
  });
}

/** Runs in a page: a line of its own, on which the background sends what it sends to every page. */
function listenAsPage(): void {
  const scope = window as unknown as Recorder;
  const messages: unknown[] = [];
  scope.messagesOfTest = messages;
  const port = (globalThis as unknown as { chrome: RuntimeOfTest }).chrome.runtime.connect({ name: 'ava/1' });
  port.onMessage.addListener((message) => void messages.push(message));
  port.postMessage({ type: 'hello', surface: 'options', windowId: -1 });
}

async function readMessages(browser: TestBrowser, options: Surface): Promise<string> {
  const read = (): string =>
    JSON.stringify(((globalThis.window ?? globalThis) as unknown as Recorder).messagesOfTest ?? 'no record');
  return (await browser.evaluateInBackground(read)) + (await options.evaluate(read));
}

/** Runs in a page: its markup and what its fields hold. */
function readPage(): string {
  const values = [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(({ value }) => value);
  return `${document.documentElement.outerHTML}${values.join('\n')}`;
}

async function readStorage(area: 'local' | 'session'): Promise<string> {
  const { storage } = (globalThis as unknown as { chrome: { storage: Record<'local' | 'session', StorageOfTest> } })
    .chrome;
  return JSON.stringify(await storage[area].get(await storage[area].getKeys()));
}

/** Runs in a page of the extension: how many keys its database holds. */
function countKeys(): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('secrets', 1);
    opening.addEventListener('error', () => reject(new Error('no database')));
    opening.addEventListener('success', () => {
      const counting = opening.result.transaction('keys').objectStore('keys').count();
      counting.addEventListener('error', () => reject(new Error('no count')));
      counting.addEventListener('success', () => {
        opening.result.close();
        resolve(counting.result);
      });
    });
  });
}
