/** Ollama downloads a model that is not there, and is told how to load those that are. */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { RecordedRequest } from '../support/demo-server/recorded-request.ts';
import { fillField, waitForField } from '../support/browser/fill-field.ts';
import type { Surface } from '../support/browser/surface.ts';
import { openProviderForm, submitButton, waitForCard } from './provider-form.ts';
import { ask, chooseModel, forEachBrowser, newChat, startSession, waitForState, waitForText } from './session.ts';
import { takePictures } from './take-pictures.ts';

forEachBrowser((name) => {
  const session = startSession(name, { withDemoEndpoint: false });
  let endpointId = '';
  let panel: Surface;
  before(async () => {
    const { browser, server } = session;
    await browser.grantOrigins(['http://127.0.0.1/*']);
    const form = await openProviderForm(browser, 'add/ollama');
    await fillField(form, 'label', 'Own');
    await fillField(form, 'baseUrl', `${server.url}/ollama-open`);
    await form.click(submitButton);
    endpointId = await waitForCard(form, 'Own', 'ok');
    await form.close();
    await browser.firstTab.bringToFront();
    panel = await browser.openPanel();
  });

  test('a model that is not there is downloaded from the failed reply, and then answers', async () => {
    const { server } = session;
    await failWith('demo-pull-60-20');
    await panel.waitFor('the offer', () => document.querySelector('.pull:not([data-pull]) button') !== null);
    assert.equal(await panel.text('.pull button'), 'Download demo-pull-60-20');
    server.clearRequests();
    await panel.focus('.pull button');
    await panel.press('Enter');
    const percent = await waitForPercent(panel, 10);
    // Who pressed the button is still where it was, and finds Cancel next.
    assert.equal(await focusedPull(panel), 'running');
    await panel.press('Tab');
    assert.equal(await nameOfFocus(panel), 'Cancel the download of demo-pull-60-20');
    await takePictures(panel, `${name}-download-panel`, [320, 400]);
    assert.match(await panel.text('.pull'), /Downloading · \d+\s?% · [\d.]+ [GM]B of 2\.5 GB/);
    await waitForPull(panel, 'done');
    assert.ok(percent < 100, 'it was seen under way');
    assert.deepEqual(pathsOf(server.requests), ['POST /ollama-open/api/pull', 'GET /ollama-open/api/tags']);
    assert.deepEqual(server.requests[0]?.body, { model: 'demo-pull-60-20', stream: true });
    // It is listed under a longer name: that one is chosen, and then asked.
    await panel.click('.pull[data-pull="done"] button');
    await panel.waitFor('the button that asks again', () =>
      [...document.querySelectorAll('.pull button')].some(({ textContent }) => textContent === 'Retry'),
    );
    await panel.click('.pull[data-pull="done"] button');
    await waitForText(panel, 'You sent 1 message');
    await waitForState(panel, 'complete');
    assert.equal(bodyOf(server.requests.at(-1))['model'], 'demo-pull-60-20:latest');
  });

  test('Cancel ends the request, and the panel says what is kept', async () => {
    const { server } = session;
    await failWith('demo-pull-stalls-after-30');
    await panel.click('.pull button');
    await waitForPercent(panel, 20);
    await panel.click('.pull[data-pull="running"] button');
    await waitForPull(panel, 'cancelled');
    assert.match(await panel.text('.pull'), /is cancelled\. What has come is kept\./);
    assert.equal(await focusedPull(panel), 'cancelled');
    await server.waitForRequest(({ path, closedEarlyAt }) => path.endsWith('/api/pull') && closedEarlyAt !== undefined);
  });

  test('one that was cut off goes on from there', async () => {
    await failWith('demo-pull-cut-after-40');
    await panel.click('.pull button');
    await waitForPull(panel, 'failed');
    assert.match(await panel.text('.pull'), /ended before all of demo-pull-cut-after-40 was there/);
    assert.equal(await panel.text('.pull .primary'), 'Go on');
    await panel.click('.pull .primary');
    await waitForPull(panel, 'done');
  });

  for (const [why, says, remedy] of [
    ['unknown', /no model “demo-pull-fails-unknown”/, 'Look up its name'],
    ['space', /no room left for demo-pull-fails-space/, 'Go on'],
    ['offline', /Check its connection to the internet/, 'Go on'],
    ['old', /too old for demo-pull-fails-old/, 'Update Ollama'],
  ] as const) {
    test(`a download that fails (${why}) says why, and what helps`, async () => {
      await failWith(`demo-pull-fails-${why}`);
      await panel.click('.pull button');
      await waitForPull(panel, 'failed');
      assert.match(await panel.text('.pull'), says);
      assert.equal(await panel.text('.pull .primary'), remedy);
      if (why === 'space') await takePictures(panel, `${name}-download-failed`, [320]);
    });
  }

  test('from the settings it goes on without its page, and is chosen in one click', async () => {
    const { browser, server } = session;
    const form = await openProviderForm(browser, `edit/${endpointId}`);
    await fillField(form, 'pullModel', 'ollama pull demo-pull-90-15');
    await form.press('Enter');
    await waitForPercent(form, 5, 'demo-pull-90-15');
    await takePictures(form, `${name}-download-options`, [320, 900]);
    await form.close();
    const again = await openProviderForm(browser, `edit/${endpointId}`);
    const percent = await waitForPercent(again, 1, 'demo-pull-90-15');
    assert.ok(percent < 100, 'it is still under way');
    const asked = server.requests.filter(({ path }) => path.endsWith('/api/pull'));
    assert.equal(asked.length, 1, 'it was asked for once');
    await again.waitFor('its end', () =>
      [...document.querySelectorAll('.pull[data-pull="done"] button')].some(
        ({ textContent }) => textContent === 'Use demo-pull-90-15:latest',
      ),
    );
    assert.equal(asked[0]?.sentTokens, 95, 'every line was sent to the one that asked');
    // Those of the panel are here, too: this one is the last.
    await again.focus('.pull-form > .pull:last-child button');
    await again.press('Enter');
    await again.waitFor('the choice', () =>
      document.querySelector('.pull-form')?.textContent.includes('The next question goes to demo-pull-90-15:latest.'),
    );
    await again.close();
    const privacy = await browser.openOptions('#privacy');
    await privacy.waitFor('the ledger', () => document.querySelector('.ledger-origin') !== null);
    await privacy.click('.ledger-origin summary');
    await privacy.waitFor('the download in it', () =>
      document.querySelector('.ledger-entries')?.textContent.includes('Download of a model'),
    );
    await privacy.close();
  });

  test('how models are loaded goes out with each question, the model’s own before the endpoint’s', async () => {
    const { browser, server } = session;
    const form = await openProviderForm(browser, `edit/${endpointId}`);
    await fillField(form, 'contextSize', '16k');
    await form.click(submitButton);
    await form.waitFor('what is wrong', () => document.querySelector('#contextSize-problem') !== null);
    await fillField(form, 'contextSize', '16384');
    await fillField(form, 'keepAlive', '-1');
    await takePictures(form, `${name}-load-options`, [320, 900]);
    await form.click(submitButton);
    await waitForCard(form, 'Own', 'ok');
    await form.close();

    await browser.firstTab.bringToFront();
    await newChat(panel);
    await chooseModel(panel, 'demo-echo');
    server.clearRequests();
    await ask(panel, 'How are you loaded?');
    await waitForState(panel, 'complete');
    const sent = bodyOf(server.requests.find(({ path }) => path.endsWith('/api/chat')));
    assert.deepEqual([sent['options'], sent['keep_alive']], [{ num_ctx: 16_384 }, -1]);
    await panel.click('.message-actions button[aria-label="What was sent"]');
    await panel.waitFor('what was sent', () => document.body.innerText.includes('"num_ctx": 16384'));
    await panel.press('Escape');

    const own = await browser.openOptions(`#chat/${endpointId}/demo-echo`);
    await own.waitFor('the defaults of the model', () => document.querySelector('form [name="contextSize"]') !== null);
    assert.match(await own.text('#contextSize-hint'), /For all models of Own: 16384$/);
    await fillField(own, 'contextSize', '4096');
    await own.click(submitButton);
    await own.waitFor('the list', () => document.querySelector('form [name="contextSize"]') === null);
    await own.close();
    await browser.firstTab.bringToFront();
    await newChat(panel);
    server.clearRequests();
    await ask(panel, 'And now?');
    await waitForState(panel, 'complete');
    const now = bodyOf(server.requests.find(({ path }) => path.endsWith('/api/chat')));
    assert.deepEqual([now['options'], now['keep_alive']], [{ num_ctx: 4096 }, -1]);
    const saved = await openProviderForm(browser, `edit/${endpointId}`);
    await waitForField(saved, 'contextSize', '16384');
    await saved.close();
  });

  /** A question to a model that is not there, in a new chat. */
  async function failWith(model: string): Promise<void> {
    await session.browser.firstTab.bringToFront();
    await newChat(panel);
    await chooseModel(panel, model);
    await ask(panel, 'Are you there?');
    assert.equal((await waitForState(panel, 'error')).failure, 'model-not-found');
  }
});

function bodyOf(request: RecordedRequest | undefined): Readonly<Record<string, unknown>> {
  assert.ok(typeof request?.body === 'object' && request.body !== null, 'nothing was asked');
  return request.body as Readonly<Record<string, unknown>>;
}

const pathsOf = (requests: readonly RecordedRequest[]): readonly string[] =>
  requests.map(({ method, path }) => `${method} ${path}`);

/** Waits until the bar that is under way has come so far; gives how far. */
function waitForPercent(page: Surface, least: number, model = ''): Promise<number> {
  return page.waitFor(
    `a download that is at ${least} % or more`,
    (wanted: number, label: string) => {
      const bars = [...document.querySelectorAll('progress')];
      const bar = bars.find((one) => one.hasAttribute('value') && one.getAttribute('aria-label')?.includes(label));
      return bar !== undefined && bar.value >= wanted ? bar.value : undefined;
    },
    least,
    model,
  );
}

function waitForPull(page: Surface, state: string): Promise<unknown> {
  return page.waitFor(
    `a download that is ${state}`,
    (wanted: string) => document.querySelector(`.pull[data-pull="${wanted}"]`) !== null,
    state,
  );
}

/** The state of the download that has the focus, or has what has it. */
function focusedPull(page: Surface): Promise<string | undefined> {
  return page.evaluate(() => document.activeElement?.closest<HTMLElement>('.pull')?.dataset['pull']);
}

function nameOfFocus(page: Surface): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
}
