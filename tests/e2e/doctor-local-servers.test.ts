/**
 * Servers of this computer, from the first screen on: found in one click, added in another; Ollama's refusal of extensions
 * cured both ways, with the `Origin` of everybody else's requests as it was; rule and access gone with the provider.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Surface } from '../support/browser/surface.ts';
import type { TestBrowser } from '../support/browser/test-browser.ts';
import { waitUntil } from '../support/browser/wait-until.ts';
import { imitations } from '../support/local-servers/imitations.ts';
import {
  type LocalRequest,
  type LocalServers,
  startLocalServers,
} from '../support/local-servers/start-local-servers.ts';
import { hasDemoAccess, removeProvider, waitForCard } from './provider-form.ts';
import { takePictures } from './take-pictures.ts';
import { ask, forEachBrowser, newChat, replyIds, startSession, waitForNewReply, waitForState } from './session.ts';

const ollamaPort = 11434;
const findButton = '.ways .way';

forEachBrowser((name) => {
  const session = startSession(name, { withDemoEndpoint: false, promptForPermissions: true });
  let servers: LocalServers;
  /** Open from the first test on. */
  let panel: Surface;
  before(async () => {
    servers = await startLocalServers();
  });
  after(() => servers?.close());

  const chats = (): readonly LocalRequest[] =>
    servers.requests.filter(({ path, method }) => path === '/api/chat' && method === 'POST');

  test('nothing is looked for by itself, and nothing without access', async () => {
    const { browser } = session;
    panel = await browser.openPanel();
    await panel.waitFor('the first screen', () => document.querySelector('.way') !== null);
    await browser.answerPermissionPrompt(() => panel.click(findButton), false);
    await waitForSearch(panel, 'refused');
    assert.match(await panel.text('.found-servers'), /nothing was looked at/);
    assert.equal(servers.requests.length, 0);
  });

  test('one click asks for access and finds a server of each kind, with one request each', async () => {
    const { browser } = session;
    await browser.answerPermissionPrompt(() => panel.click('.found-servers .primary'), true);
    await waitForSearch(panel, 'found');
    const rows = await panel.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('[data-server]')].map((row) => [
        row.dataset['server'] ?? '',
        row.querySelector('small')?.textContent ?? '',
      ]),
    );
    assert.deepEqual(
      rows.map(([kind]) => kind),
      imitations.map(({ kind }) => kind),
    );
    await takePictures(panel, `${name}-doctor-found`, [320, 400]);
    for (const [index, { port, models, runsHere }] of imitations.entries()) {
      const expected =
        models === undefined
          ? `Port ${port} · wants a key`
          : `Port ${port} · ${models} model${models === 1 ? '' : 's'}${runsHere ? ' · nothing leaves this machine' : ''}`;
      assert.equal(rows[index]?.[1], expected);
    }
    assert.deepEqual(
      servers.requests.map(({ port, method, path }) => `${method} ${port}${path}`).toSorted(),
      imitations.map(({ port }) => `GET ${port}/v1/models`).toSorted(),
    );
    assert.deepEqual(
      servers.requests.filter(({ authorization }) => authorization !== undefined),
      [],
    );
  });

  test('one click more adds Ollama, whose refusal of extensions is told with the line that allows this one', async () => {
    const { browser } = session;
    await panel.click('[data-server="ollama"] button');
    await panel.waitFor('the model of Ollama', () =>
      document.querySelector('.model-button')?.textContent.includes('qwen3:8b'),
    );
    assert.equal(await panel.evaluate(() => document.activeElement?.localName), 'textarea');
    await ask(panel, 'Who is there?');
    assert.equal((await waitForState(panel, 'error')).failure, 'origin-blocked');
    servers.clearRequests();
    await openDetails(panel);
    assert.equal(await diagnosisOf(panel), 'origin-refused');
    // The refusal had said it all.
    assert.equal(servers.requests.length, 0);

    await takePictures(panel, `${name}-doctor-origin`, [320, 400]);
    const line = await panel.text('.check-up code');
    assert.equal(line, `OLLAMA_ORIGINS=${browser.extensionOrigin}`);
    servers.restartOllama(line);
    await retry(panel);
    assert.match((await waitForState(panel, 'complete')).text, /Hello from the desk/);
    assert.equal(chats().at(-1)?.origin, browser.extensionOrigin);
  });

  test('the same refusal is cured by one click, for our own requests alone', async () => {
    const { browser, server } = session;
    servers.restartOllama('');
    await newChat(panel);
    await ask(panel, 'And now?');
    assert.equal((await waitForState(panel, 'error')).failure, 'origin-blocked');
    await openDetails(panel);
    await panel.click('.check-up .primary');
    await panel.waitFor('Ollama to be fine', () => document.querySelector('[data-diagnosis="fine"]') !== null);
    await retry(panel);
    assert.match((await waitForState(panel, 'complete')).text, /Hello from the desk/);
    assert.equal(chats().at(-1)?.origin, undefined);
    assert.deepEqual(await lastingRules(browser), [`|http://127.0.0.1:${ollamaPort}/`]);

    // A page of another server asks the same host: its origin is what it was.
    servers.clearRequests();
    await browser.firstTab.evaluate(async (address: string) => {
      await fetch(address, { method: 'POST', mode: 'no-cors', body: 'a page' });
    }, `http://127.0.0.1:${ollamaPort}/api/chat`);
    assert.deepEqual(
      servers.requests.map(({ method, origin }) => `${method} ${origin}`),
      [`POST ${server.url}`],
    );
  });

  test('a background that starts anew, and a browser without the rule, hide the origin again', async () => {
    const { browser } = session;
    await browser.killWorker();
    await newChat(panel);
    await ask(panel, 'Still there?');
    await waitForState(panel, 'complete');
    assert.equal(chats().at(-1)?.origin, undefined);

    // As after a restart of the browser, which session rules do not outlive.
    await browser.evaluateInBackground(async () => {
      const { declarativeNetRequest: rules } = (globalThis as unknown as { chrome: { declarativeNetRequest: Rules } })
        .chrome;
      await rules.updateSessionRules({ removeRuleIds: (await rules.getSessionRules()).map(({ id }) => id) });
    });
    await browser.killWorker();
    await newChat(panel);
    await ask(panel, 'And after a restart?');
    await waitForState(panel, 'complete');
    assert.equal(chats().at(-1)?.origin, undefined);
    assert.equal((await lastingRules(browser)).length, 1);
    await panel.close();
  });

  test('the origin is sent again in one click, and hidden again', async () => {
    const { browser } = session;
    const options = await browser.openOptions('#providers');
    await waitForCard(options, 'Ollama', 'ok');
    await options.click('.card button[aria-label^="Send with origin"]');
    await options.waitFor(
      'the refusal to be told of',
      () => document.querySelector('[data-diagnosis="origin-refused"]') !== null,
    );
    const looks = servers.requests.filter(({ method }) => method === 'OPTIONS');
    assert.equal(looks.at(-1)?.origin, browser.extensionOrigin);
    assert.deepEqual(await lastingRules(browser), []);
    await options.click('.check-up .primary');
    await options.waitFor('Ollama to be fine', () => document.querySelector('[data-diagnosis="fine"]') !== null);
    assert.equal((await lastingRules(browser)).length, 1);
    await options.close();
  });

  test('with the provider go its rule and its access', async () => {
    const { browser } = session;
    const options = await browser.openOptions('#providers');
    await removeProvider(options, await waitForCard(options, 'Ollama', 'ok'));
    await waitUntil('the rule to go', async () => (await lastingRules(browser)).length === 0);
    await waitUntil('the access to go', async () => !(await hasDemoAccess(options)));
    await options.close();
  });

  test('where nothing listens it says what was looked for, and gives the access back', async () => {
    const { browser } = session;
    await servers.close();
    const options = await browser.openOptions('#providers');
    const find = '.find-servers';
    // Chromium remembers what was once allowed, and asks no more.
    if (name === 'chromium') await options.click(find);
    else await browser.answerPermissionPrompt(() => options.click(find), true);
    await waitForSearch(options, 'found');
    assert.match(await options.text('.found-servers'), /Ollama.* at the ports 11434, 1234, 8080.*ollama serve/s);
    await waitUntil('the access to go', async () => !(await hasDemoAccess(options)));
    await takePictures(options, `${name}-doctor-none`, [320, 900]);
    await options.close();
  });
});

interface Rules {
  getSessionRules(): Promise<{ id: number; condition: { urlFilter: string } }[]>;
  updateSessionRules(change: { removeRuleIds: readonly number[] }): Promise<void>;
}

function lastingRules(browser: TestBrowser): Promise<readonly string[]> {
  return browser.evaluateInBackground(async () => {
    const { declarativeNetRequest } = (globalThis as unknown as { chrome: { declarativeNetRequest: Rules } }).chrome;
    return (await declarativeNetRequest.getSessionRules()).map(({ condition }) => condition.urlFilter);
  });
}

async function waitForSearch(surface: Surface, state: 'refused' | 'found'): Promise<void> {
  await surface.waitFor(
    `the search to be "${state}"`,
    (wanted: string) => document.querySelector<HTMLElement>('.found-servers')?.dataset['state'] === wanted,
    state,
  );
}

async function openDetails(panel: Surface): Promise<void> {
  await panel.click('article[data-state="error"] button[aria-expanded="false"]');
  await panel.waitFor('what was found', () => document.querySelector('.check-up[data-diagnosis]') !== null);
}

function diagnosisOf(panel: Surface): Promise<string> {
  return panel.evaluate(() => document.querySelector<HTMLElement>('.check-up')?.dataset['diagnosis'] ?? '');
}

/** Asks the failed question again. */
async function retry(panel: Surface): Promise<void> {
  const known = await replyIds(panel);
  await panel.click('article[data-state="error"] .buttons .primary');
  await waitForNewReply(panel, known);
}
