/** Pictures of every page in light and dark, to be looked at; among them the one of the README. */
import assert from 'node:assert/strict';
import { cpSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import type { Surface } from '../support/browser/surface.ts';
import { addDemoEndpoint } from '../support/demo-session/add-demo-endpoint.ts';
import { markdownSample } from '../support/markdown-sample.ts';
import { artifactPath, root } from '../support/paths.ts';
import {
  ask,
  askLong,
  chooseModel,
  forEachBrowser,
  newChat,
  startSession,
  typeMessage,
  waitForState,
  waitForText,
} from './session.ts';
import { takePictures } from './take-pictures.ts';

forEachBrowser((name) => {
  const session = startSession(name, { withDemoEndpoint: false });
  const take = (surface: Surface, what: string, widths: readonly number[] = [320, 400]): Promise<void> =>
    takePictures(surface, `${name}-${what}`, widths);

  it('every state of the panel has its picture', async () => {
    const panel = await session.browser.openPanel();
    await panel.waitFor('the first-open screen', () => document.querySelector('.way') !== null);
    await take(panel, 'panel-first-open');
    await addDemoEndpoint(session.browser, session.server.url);
    await session.browser.firstTab.bringToFront();
    await panel.waitFor('the chosen model', () => document.querySelector('.first-open ul') === null);
    await take(panel, 'panel-new-chat');

    await chooseModel(panel, 'demo-silent-3');
    await ask(panel, 'What is backpressure?');
    await panel.waitFor('the seconds of waiting', () => document.querySelector('.wait')?.textContent.includes('1 s'));
    await take(panel, 'panel-waiting', [400]);
    await newChat(panel);

    await chooseModel(panel, 'demo');
    await ask(panel, 'How do streams tell a fast sender to wait? Explain it as backpressure.');
    await waitForText(panel, 'reads as fast as it can');
    await take(panel, 'panel-streaming');
    await panel.click('button[aria-label="Stop"]');
    await waitForState(panel, 'stopped');

    await newChat(panel);
    await chooseModel(panel, 'demo-thinks-fast');
    await ask(panel, 'What is backpressure?');
    await waitForState(panel, 'complete');
    await take(panel, 'panel-complete');
    await panel.evaluate(() => document.querySelector('main')?.scrollTo({ top: 0, behavior: 'instant' }));
    await panel.waitFor('the button Latest', () => document.querySelector('.to-latest') !== null);
    await take(panel, 'panel-top');

    await newChat(panel);
    await chooseModel(panel, 'demo-repeats');
    await askLong(panel, markdownSample);
    await waitForState(panel, 'complete');
    await panel.waitFor('the formulas', () => document.querySelectorAll('.math math').length > 3);
    await take(panel, 'panel-markdown');

    await panel.focus('.model-button');
    await panel.press('Enter');
    await panel.waitFor('the list of models', () => document.querySelectorAll('[role="option"]').length > 5);
    await take(panel, 'panel-picker');
    await panel.press('Escape');

    for (const model of ['demo-fails-401', 'demo-fails-429-90', 'demo-fails-404-path']) {
      await newChat(panel);
      await chooseModel(panel, model);
      await ask(panel, 'Is this a failure?');
      await waitForState(panel, 'error');
      await take(panel, `panel-${model.replace('demo-', '')}`);
    }
    await newChat(panel);
    await chooseModel(panel, 'demo-cut-after-20');
    await ask(panel, 'Is this cut?');
    await waitForState(panel, 'cut');
    await take(panel, 'panel-cut');

    await panel.click('.bar button[aria-label="History"]');
    await panel.waitFor('the history', () => document.querySelectorAll('.history-open').length > 4);
    await take(panel, 'panel-history');
    await panel.press('Escape');
  });

  it('so have the quick prompt and the options', async () => {
    const quick = await session.browser.openTab(`${session.browser.extensionOrigin}/quick.html`);
    await typeMessage(quick, 'What is backpressure?');
    await take(quick, 'quick-empty', [560]);
    await chooseModel(quick, 'demo-fast');
    await ask(quick, 'What is backpressure?');
    await waitForState(quick, 'complete');
    await take(quick, 'quick-answer', [560]);
    await quick.close();
    const options = await session.browser.openOptions('#providers');
    await options.waitFor('the providers', () => document.querySelector('[data-endpoint-id]') !== null);
    await take(options, 'options-providers', [320, 900]);
    for (const place of ['add/openai-compatible', 'chat', 'keys', 'general', 'shortcuts', 'privacy', 'about']) {
      await options.evaluate((hash: string) => {
        location.hash = hash;
      }, place);
      await options.waitFor(
        `the section ${place}`,
        (isForm: boolean) => (document.querySelector('form input[name="baseUrl"]') !== null) === isForm,
        place.startsWith('add/'),
      );
      await take(options, `options-${place.replace('/', '-')}`, [320, 900]);
    }
    await options.close();
    await session.browser.firstTab.bringToFront();
  });

  it('and so has the panel beside a page, as the README shows it', async (test) => {
    if (name === 'chromium' && !session.browser.display) {
      test.skip('a picture of the whole window needs a virtual display');
      return;
    }
    const panel = (await session.browser.panel()) ?? (await session.browser.openPanel());
    await newChat(panel);
    await chooseModel(panel, 'demo');
    await ask(panel, 'What is backpressure?');
    await waitForText(panel, 'or the process is killed');
    const path = artifactPath(`${name}-window.png`);
    await session.browser.screenshotWindow(path);
    assert.ok(statSync(path).size > 20_000, 'the picture is nearly empty');
    // Only on request: a test run changes no file of the project.
    if (name === 'chromium' && process.env['AVA_UPDATE_PICTURES']) cpSync(path, join(root, 'docs', 'panel.png'));
    await panel.click('button[aria-label="Stop"]');
    await waitForState(panel, 'stopped');
  });
});
