/** What left this browser: in the ledger, and on each reply. No key is in either. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, it } from 'node:test';
import type { Surface } from '../support/browser/surface.ts';
import { artifactPath, root } from '../support/paths.ts';
import { addKeyedDemo } from './provider-form.ts';
import {
  ask,
  chatRequests,
  chooseModel,
  forEachBrowser,
  newChat,
  reply,
  startSession,
  typeMessage,
  waitForState,
} from './session.ts';

const axeSource = readFileSync(join(root, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');
const plantedKey = 'sk-planted-5b1f9c3e7a2d4fQ2';
const button = 'article[data-role="assistant"] button[aria-label="What was sent"]';

forEachBrowser((name) => {
  const session = startSession(name, { withDemoEndpoint: false });
  let panel: Surface;

  before(async () => {
    await addKeyedDemo(session.browser, session.server.url, plantedKey);
    panel = await session.browser.openPanel();
    await chooseModel(panel, 'demo-numbered-40-100');
    await ask(panel, 'How many are there?');
    await waitForState(panel, 'complete');
  });

  it('a reply shows its exact request without the key, when what came, and the bytes that came', async () => {
    const [request] = chatRequests(session.server);
    assert.equal(request?.headers.authorization, `Bearer ${plantedKey}`);
    await panel.click(button);
    await panel.waitFor('the request', () => document.querySelector('.sent-part pre') !== null);
    const shown = await panel.text('.sent');
    assert.match(shown, /POST 127\.0\.0\.1:\d+\/v1\/chat\/completions/);
    assert.match(shown, /200 · first token [\d.,]+ (?:ms|sec) · \d+ tokens\/s/);
    assert.match(shown, /authorization: Bearer •••4fQ2/);
    const body = await panel.evaluate(
      () => document.querySelector('.sent-part[aria-label="Body"] pre')?.textContent ?? '',
    );
    assert.deepEqual(JSON.parse(body), request.body);
    await panel.click('.sent-frames summary');
    await panel.waitFor('what came', () =>
      document.querySelector('.sent-frames pre')?.textContent.includes('data: [DONE]'),
    );
    await assertAccessible(panel);
    await takePictures(panel, `${name}-sent`);
  });

  it('is left by Escape, and the focus is back on its button', async () => {
    await panel.press('Escape');
    await panel.waitFor(
      'the thread with the focus on the button',
      () =>
        document.querySelector('dialog') === null &&
        document.activeElement?.getAttribute('aria-label') === 'What was sent',
    );
  });

  it('is there after the worker has died, and for a request that nobody answered to its end', async () => {
    await session.browser.killWorker();
    await panel.click(button);
    await panel.waitFor('the request', () => document.querySelector('.sent-part pre') !== null);
    await panel.press('Escape');
    await panel.waitFor('the thread', () => document.querySelector('dialog') === null);

    await newChat(panel);
    await chooseModel(panel, 'demo-stalls-after-3');
    await ask(panel, 'Will it end?');
    await panel.waitFor('some text', () => document.querySelector('[data-part="text"]') !== null);
    // What is sent is written a second after it went out.
    await waitForStored(panel, 'sent/', 2);
    await session.browser.killWorker();
    await waitForState(panel, 'interrupted');
    await panel.click(button);
    await panel.waitFor('the request', () => document.querySelector('.sent-part pre') !== null);
    assert.match(await panel.text('.sent'), /Will it end\?/);
    await panel.press('Escape');
  });

  it('the options show every request by day and origin, and the one without an end', async () => {
    const options = await session.browser.openOptions('#privacy');
    await options.waitFor('the ledger', () => document.querySelector('.ledger-origin') !== null);
    const origin = new URL(session.server.url).origin;
    assert.match(await options.text('.ledger-origin summary'), new RegExp(`^${origin} \\d+ requests · `));
    await options.click('.ledger-origin summary');
    await options.waitFor('the requests', () => document.querySelectorAll('.ledger-entries li').length > 2);
    const words = await options.text('.ledger-entries');
    assert.match(
      words,
      /Status 200\s+Answer · question · [\d.]+ bytes out|Status 200\s+Answer · question · [\d.]+ kB out/,
    );
    assert.match(words, /Status 200\s+List of models/);
    assert.match(words, /No end was noted/);
    assert.match(await options.text('[data-origin="http://127.0.0.1/*"]'), /Used by Demo/);
    await assertAccessible(options);
    await takePictures(options, `${name}-privacy`, [320, 400, 900]);
    await options.close();
    await session.browser.firstTab.bringToFront();
  });

  it('nothing that is stored holds the key, nor does the page', async () => {
    const page = await session.browser.openOptions('#privacy');
    await page.waitFor('the page', () => document.querySelector('.ledger-origin') !== null);
    const stored = await page.evaluate(async () => {
      const { storage } = (globalThis as unknown as { chrome: { storage: { local: StorageOfTest } } }).chrome;
      return JSON.stringify(await storage.local.get(await storage.local.getKeys()));
    });
    assert.match(stored, /ledger\//);
    assert.match(stored, /sent\//);
    assert.ok(
      !stored.includes(plantedKey) && !stored.includes(plantedKey.slice(0, 12)),
      'the key is stored in the open',
    );
    const records = Object.entries(JSON.parse(stored) as Readonly<Record<string, unknown>>);
    const ledger = JSON.stringify(records.filter(([key]) => key.startsWith('ledger/')));
    assert.match(ledger, /"purpose":"chat"/);
    assert.doesNotMatch(ledger, /How many|t1 t2|chat\/completions|\/v1/);
    await page.close();
    await session.browser.firstTab.bringToFront();
  });

  it('access that is revoked is gone, and the next question says so', async () => {
    const options = await session.browser.openOptions('#privacy');
    await options.waitFor(
      'the access',
      () => document.querySelector('[data-origin="http://127.0.0.1/*"] button') !== null,
    );
    await options.click('[data-origin="http://127.0.0.1/*"] button');
    await options.waitFor(
      'the list without it',
      () => document.querySelector('[data-origin="http://127.0.0.1/*"]') === null,
    );
    await options.close();
    await session.browser.firstTab.bringToFront();
    session.server.clearRequests();
    await newChat(panel);
    await typeMessage(panel, 'May I?');
    await panel.press('Enter');
    await waitForState(panel, 'error');
    assert.equal((await reply(panel)).failure, 'permission');
    assert.equal(session.server.requests.length, 0);
  });
});

interface StorageOfTest {
  getKeys(): Promise<string[]>;
  get(keys: readonly string[]): Promise<Record<string, unknown>>;
}

function waitForStored(panel: Surface, prefix: string, count: number): Promise<unknown> {
  return panel.waitFor(
    `${count} records under ${prefix}`,
    async (wanted: string, least: number) => {
      const { storage } = (
        globalThis as unknown as { chrome: { storage: { local: { getKeys(): Promise<string[]> } } } }
      ).chrome;
      return (await storage.local.getKeys()).filter((key) => key.startsWith(wanted)).length >= least;
    },
    prefix,
    count,
  );
}

async function assertAccessible(surface: Surface): Promise<void> {
  await surface.evaluate(`() => { if (!window.axe) { ${axeSource}\n } }`);
  for (const scheme of ['light', 'dark']) {
    const violations = await surface.evaluate(async (wanted: string) => {
      document.documentElement.style.colorScheme = wanted;
      const { axe } = window as unknown as {
        axe: { run(): Promise<{ violations: readonly { id: string; nodes: readonly { html: string }[] }[] }> };
      };
      const found = (await axe.run()).violations;
      document.documentElement.style.colorScheme = '';
      return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' ')}`);
    }, scheme);
    assert.deepEqual(violations, [], `axe-core finds faults in ${scheme}`);
  }
}

async function takePictures(surface: Surface, what: string, widths: readonly number[] = [320, 400]): Promise<void> {
  for (const width of widths) {
    for (const scheme of ['light', 'dark'] as const) {
      await surface.screenshot(artifactPath(`${what}-${width}-${scheme}.png`), { width, height: 720, scheme });
    }
  }
}
