/**
 * The browser's own model. The real one of the browser under test says what it is; where it has none for this machine, one is
 * laid into its pages and its worker, so that the whole way is gone: settings, download, question, Stop, what was sent.
 * With a real one that is there, the contract is played with it (docs/testing.md).
 */
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import type { Surface, TabSurface } from '../support/browser/surface.ts';
import { contractCases, playContractCase } from '../support/built-in-contract.ts';
import { storedEndpoints, waitForCard } from './provider-form.ts';
import { ask, forEachBrowser, startSession, waitForState } from './session.ts';
import { takePictures } from './take-pictures.ts';

const place = '#add/chrome-built-in';
const profile = process.env['AVA_PROFILE'];

forEachBrowser((name) => {
  const session = startSession(name, { withDemoEndpoint: false, ...(profile && { userDataDir: profile }) });

  if (name === 'firefox') {
    test('a browser without one offers nothing of it', async () => {
      const { browser } = session;
      const options = await browser.openOptions(place);
      await options.waitFor('the providers', () => document.querySelector('.choices') !== null);
      assert.equal(await options.evaluate(() => typeof LanguageModel), 'undefined');
      assert.doesNotMatch(await options.text('body'), /built-in/i);
      await options.close();
      await browser.firstTab.bringToFront();
      const panel = await browser.openPanel();
      await panel.waitFor('the first screen', () => document.querySelectorAll('.way').length === 4);
      assert.doesNotMatch(await panel.text('.ways'), /own model|built-in/i);
      await panel.close();
    });
    return;
  }

  let real: string;
  before(async () => {
    real = await session.browser.evaluateInBackground(async () => {
      const { availability = () => 'absent' } =
        (globalThis as unknown as { LanguageModel?: Factory }).LanguageModel ?? {};
      return availability({});
    });
  });

  test('the real one is where the wire and the form look for it, and the form says how it is', async () => {
    const { browser } = session;
    assert.match(real, /^(?:unavailable|downloadable|downloading|available)$/);
    const options = await browser.openOptions(place);
    await waitForBuiltIn(options, real);
    if (real === 'unavailable') {
      assert.match(await options.text('main'), /not available on this device[\s\S]*22 GB/);
      assert.equal(await options.count('[type="submit"]'), 0);
      await takePictures(options, `${name}-built-in-unavailable`, [320, 800]);
    }
    await options.close();
  });

  test('the first screen leads to it only where it can be had', async () => {
    const { browser } = session;
    await browser.firstTab.bringToFront();
    const panel = await browser.openPanel();
    const expected = real === 'unavailable' ? 4 : 5;
    await panel.waitFor(
      `${expected} ways`,
      (count: number) => document.querySelectorAll('.way').length === count,
      expected,
    );
    await panel.close();
  });

  for (const contractCase of contractCases) {
    test(`the real one: ${contractCase.name}`, async (context) => {
      if (real !== 'available') return context.skip(`the model of this browser is ${real}`);
      await session.browser.evaluateInBackground(loadWires);
      const outcomes = await session.browser.evaluateInBackground(playContractCase, contractCase);
      assert.deepEqual(
        outcomes.map(({ became }) => became),
        Array.from({ length: contractCase.times ?? 1 }, () => contractCase.becomes),
      );
    });
  }

  test('one that is to be downloaded is added, downloaded by a click, asked, stopped, and nothing leaves the browser', async () => {
    const { browser, server } = session;
    const options = await browser.openOptions('#providers');
    await options.evaluate(layIn, 'downloadable');
    await browser.evaluateInBackground(layIn, 'available');
    await options.evaluate((hash: string) => void (location.hash = hash), place);
    await waitForBuiltIn(options, 'downloadable');
    await takePictures(options, `${name}-built-in-downloadable`, [320]);
    await options.click('.built-in button');
    await waitForBuiltIn(options, 'downloading');
    await options.evaluate(() => (globalThis as unknown as Laid).laidIn.progress(0.42));
    await options.waitFor(
      'the percent',
      () => document.querySelector('.built-in')?.textContent?.includes('42 %') === true,
    );
    await takePictures(options, `${name}-built-in-downloading`, [320]);
    await options.evaluate(() => (globalThis as unknown as Laid).laidIn.finish());
    await waitForBuiltIn(options, 'available');
    await takePictures(options, `${name}-built-in-form`, [320]);
    await options.click('[type="submit"]');
    await waitForCard(options, 'Chrome built-in', 'ok');
    await waitForBuiltIn(options, 'available');
    await takePictures(options, `${name}-built-in-card`, [320]);
    assert.deepEqual(
      (await storedEndpoints(options)).map(({ baseUrl }) => baseUrl),
      ['about:on-device'],
    );

    await browser.firstTab.bringToFront();
    const panel = await browser.openPanel();
    await ask(panel, 'Hello?');
    assert.match((await waitForState(panel, 'complete')).text, /^Said here: Hello\?$/);
    await openSent(panel);
    assert.match(await panel.text('dialog.sent'), /Nothing was sent\. The browser’s own model/);
    await panel.press('Escape');
    await ask(panel, 'never ends');
    await panel.waitFor('its beginning', () => document.body.innerText.includes('never ends, and'));
    await panel.click('button[aria-label="Stop"]');
    await waitForState(panel, 'stopped');
    assert.equal(await browser.evaluateInBackground(() => (globalThis as unknown as Laid).laidIn.open()), 0);

    await options.evaluate(() => void (location.hash = '#privacy'));
    await options.waitFor('the record', () => document.body.innerText.includes('Nothing has been sent yet.'));
    assert.deepEqual(
      server.requests.filter(({ path }) => path !== '/page'),
      [],
    );
    await panel.close();
    await options.close();
  });
});

interface Factory {
  availability(options: object): Promise<string> | string;
}

/** What `layIn` leaves behind. */
interface Laid {
  readonly laidIn: { progress(loaded: number): void; finish(): void; open(): number };
}

declare const LanguageModel: unknown;

/** Runs in a page or in the worker: takes the place of the browser's own factory, which is looked up at every call. */
function layIn(first: string): void {
  type Listener = (event: { loaded: number; total: number }) => void;
  const listeners: Listener[] = [];
  const done = Promise.withResolvers<void>();
  let state = first;
  let open = 0;
  const factory = {
    availability: async () => state,
    create: async (options: {
      monitor?: (monitor: { addEventListener: (type: string, listener: Listener) => void }) => void;
      signal?: AbortSignal;
    }) => {
      options.monitor?.({ addEventListener: (_type, listener) => void listeners.push(listener) });
      if (state !== 'available') {
        state = 'downloading';
        await done.promise;
      }
      open += 1;
      let isOpen = true;
      return {
        contextWindow: 100,
        destroy: () => {
          open -= isOpen ? 1 : 0;
          isOpen = false;
        },
        promptStreaming: (messages: { content: string }[], { signal }: { signal: AbortSignal }) => {
          const question = messages.at(-1)?.content ?? '';
          const pieces = question === 'never ends' ? ['never ends, and'] : ['Said here: ', question];
          return new ReadableStream({
            pull: async (controller) => {
              const piece = pieces.shift();
              if (piece !== undefined) return controller.enqueue(piece);
              if (question !== 'never ends') return controller.close();
              await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
            },
          });
        },
      };
    },
  };
  const scope = globalThis as unknown as Record<string, unknown>;
  Object.defineProperty(scope, 'LanguageModel', { value: factory, configurable: true, writable: true });
  scope['laidIn'] = {
    progress: (loaded: number) => {
      for (const listener of listeners) listener({ loaded, total: 1 });
    },
    finish: () => {
      state = 'available';
      done.resolve();
    },
    open: () => open,
  };
}

/** Runs in the worker: the wires as it reads them when something is asked. */
function loadWires(): void {
  const scope = globalThis as unknown as { avaAsking?: unknown; importScripts(path: string): void };
  if (!scope.avaAsking) scope.importScripts('/asking.js');
}

function waitForBuiltIn(options: TabSurface, state: string): Promise<boolean> {
  return options.waitFor(
    `the model to be ${state}`,
    (wanted: string) => document.querySelector<HTMLElement>('.built-in')?.dataset['builtIn'] === wanted,
    state,
  );
}

async function openSent(panel: Surface): Promise<void> {
  const button = '.message-actions [aria-label="What was sent"]';
  await panel.waitFor('the button', (selector: string) => document.querySelector(selector) !== null, button);
  await panel.click(button);
  await panel.waitFor('what was sent', () => document.querySelector('dialog.sent p') !== null);
}
