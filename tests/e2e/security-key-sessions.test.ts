/** What a restart of the browser leaves of a key for one session, and of keys behind a lock. */
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fillField } from '../support/browser/fill-field.ts';
import type { Surface } from '../support/browser/surface.ts';
import { type FaultServer, startFaultServer } from '../support/fault-server/start-fault-server.ts';
import { askAnew, seeEnd } from '../faults/browser-acts.ts';
import { keptProfile, makeKeptProfile } from '../faults/browser-crashes.ts';
import { openStage, type Stage } from '../faults/browser-stage.ts';
import { chooseByLine } from './own-line.ts';
import { openProviderForm, submitButton, waitForCard } from './provider-form.ts';
import { forEachBrowser } from './session.ts';

const passphrase = 'correct horse battery staple';

forEachBrowser((name) => {
  const userDataDir = makeKeptProfile(name);
  let server: FaultServer;
  let stage: Stage;
  const endpoints = new Map<string, string>();
  before(async () => {
    server = await startFaultServer();
    stage = await openStage(name, { ...keptProfile(userDataDir), server, withEndpoint: false });
  });
  after(async () => {
    await stage.close();
    await server.close();
    rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  });

  /** Adds a provider with its label as its key. */
  async function addProvider(label: string, isForSession: boolean): Promise<void> {
    const options = await openProviderForm(stage.browser, 'add/openai-compatible');
    await fillField(options, 'label', label);
    await fillField(options, 'baseUrl', `${server.url}/v1`);
    await fillField(options, 'key', `${label}-key`);
    if (isForSession) await options.click('input[name="kept"][value="session"]');
    await options.click(submitButton);
    endpoints.set(label, await waitForCard(options, label, 'ok'));
    await options.close();
  }

  /** Asks with the key of that provider. */
  async function askWith(panel: Surface, label: string): Promise<{ readonly failure: string; readonly sent: string }> {
    server.clearRequests();
    await chooseByLine(panel, endpoints.get(label) ?? '', 'm');
    const { failure } = await seeEnd(panel, await askAnew(panel, 'numbered k 3 0'));
    return { failure, sent: server.requests[0]?.authorization ?? '' };
  }

  test('after a browser was killed while the lock was set, a key for one session is gone and no other is lost', async () => {
    await addProvider('session', true);
    await addProvider('kept', false);
    await stage.browser.firstTab.bringToFront();
    const panel = await stage.browser.openPanel();
    assert.deepEqual(await askWith(panel, 'session'), { failure: '', sent: 'Bearer session-key' });

    const options = await stage.browser.openOptions('#keys');
    await options.waitFor('the lock', () => document.querySelector('form [name="set-next"]') !== null);
    await fillField(options, 'set-next', passphrase);
    await fillField(options, 'set-repeated', passphrase);
    await options.click('form button[type="submit"]');
    // While keys are being derived, as a rule. At each write it is tried in lib/store/key-lock.test.ts.
    await stage.browser.crash();
    stage = await openStage(name, { ...keptProfile(userDataDir), server, withEndpoint: false });

    const later = await stage.browser.openPanel();
    assert.deepEqual(await askWith(later, 'session'), { failure: 'key-gone', sent: '' });
    // Beside it stands only what looks into a failure.
    const buttons = '[data-failure="key-gone"] .notice .buttons > button:not([aria-expanded])';
    assert.equal(await later.count(buttons), 1);
    assert.equal(await later.text(buttons), 'Open settings');
    assert.match(await later.text('[data-failure="key-gone"]'), /ended with its session\. Enter it again\./);

    const { failure } = await askWith(later, 'kept');
    if (failure === 'key-locked') await unlock();
    assert.deepEqual(await askWith(later, 'kept'), { failure: '', sent: 'Bearer kept-key' });
  });

  async function unlock(): Promise<void> {
    const options = await stage.browser.openOptions('#keys');
    await options.waitFor('the lock', () => document.querySelector('[name="unlock-passphrase"]') !== null);
    await fillField(options, 'unlock-passphrase', passphrase);
    await options.click('form button[type="submit"]');
    await options.waitFor('the keys to be unlocked', () => document.body.innerText.includes('The keys are unlocked.'));
    await options.close();
    await stage.browser.firstTab.bringToFront();
  }
});
