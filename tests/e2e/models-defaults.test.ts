/** What goes with a question, which models stand first, and who answers when a provider can't. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fillField, waitForField } from '../support/browser/fill-field.ts';
import type { Surface } from '../support/browser/surface.ts';
import { startDemoServer, type DemoServer } from '../support/demo-server/start-demo-server.ts';
import { openProviderForm, submitButton, waitForCard } from './provider-form.ts';
import {
  ask,
  chatRequests,
  chooseModel,
  forEachBrowser,
  messagesOf,
  modelOf,
  newChat,
  startSession,
  waitForState,
  waitForText,
} from './session.ts';

const firstKey = 'demo-key-1-first';
const secondKey = 'demo-key-2-second';

forEachBrowser((name) => {
  const session = startSession(name, { withDemoEndpoint: false });
  let second: DemoServer;
  before(async () => {
    second = await startDemoServer();
    await session.browser.grantOrigins(['http://127.0.0.1/*']);
    for (const [label, url, key] of [
      ['First', session.server.url, firstKey],
      ['Second', second.url, secondKey],
    ] as const) {
      const form = await openProviderForm(session.browser, 'add/openai-compatible');
      await fillField(form, 'label', label);
      await fillField(form, 'baseUrl', `${url}/keyed/v1`);
      await fillField(form, 'key', key);
      await form.click(submitButton);
      await waitForCard(form, label, 'ok');
      await form.close();
    }
  });
  after(() => second.close());

  async function openPanel(): Promise<Surface> {
    await session.browser.firstTab.bringToFront();
    const panel = await session.browser.openPanel();
    await newChat(panel);
    return panel;
  }

  test('a star, set by key, puts a model first in the list; the last used ones come next', async () => {
    const panel = await openPanel();
    await chooseModel(panel, 'demo-echo');
    await ask(panel, 'Hello?');
    await waitForState(panel, 'complete');
    await openPicker(panel);
    await panel.type('demo-length');
    await panel.waitFor(
      'the model of each endpoint',
      () =>
        document.querySelector<HTMLInputElement>('[role="combobox"]')?.value === 'demo-length' &&
        [...document.querySelectorAll('[role="option"] > :first-child')]
          .map(({ textContent }) => textContent)
          .join() === 'demo-length,demo-length' &&
        document.querySelector('[role="option"]')?.getAttribute('data-active') === 'true',
    );
    await panel.press('Tab');
    await panel.waitFor(
      'the star',
      () => document.activeElement?.getAttribute('aria-label') === 'Favourite: demo-length',
    );
    await panel.press('Enter');
    await panel.waitFor('it to be on', () => document.activeElement?.getAttribute('aria-pressed') === 'true');
    await panel.press('Escape');
    await panel.waitFor('the picker to close', () => document.querySelector('.picker') === null);

    await openPicker(panel);
    const groups = await panel.evaluate(() =>
      [...document.querySelectorAll('.picker [role="group"]')]
        .slice(0, 2)
        .map((group) => [
          group.getAttribute('aria-label'),
          ...[...group.querySelectorAll('[role="option"]')].map((line) =>
            [...line.querySelectorAll(':scope > span:not([aria-hidden], .visually-hidden)')].map(
              ({ textContent }) => textContent,
            ),
          ),
        ]),
    );
    assert.deepEqual(groups, [
      ['Favourites', ['demo-length', 'First']],
      ['Last used', ['demo-echo', 'First']],
    ]);
    await panel.press('Escape');
    await panel.close();
  });

  test('the defaults of a model, reached from the list, go with its questions, and what can not be read is kept', async () => {
    const { browser, server } = session;
    const all = await browser.openOptions('#chat');
    await all.waitFor('the defaults', () => document.querySelector('form [name="systemPrompt"]') !== null);
    await fillField(all, 'systemPrompt', 'Be short.');
    await fillField(all, 'temperature', '0.9');
    await all.click(submitButton);
    await all.waitFor('it to be saved', () => document.body.innerText.includes('Saved.'));
    await all.close();

    const own = await browser.openOptions(await placeOfDefaults());
    await own.waitFor('the defaults of the model', () => document.querySelector('form [name="body"]') !== null);
    await fillField(own, 'temperature', '0.3');
    await own.evaluate(() => {
      const select = document.querySelector<HTMLSelectElement>('form [name="effort"]');
      if (select) select.value = 'low';
      select?.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await fillField(own, 'body', '{"seed": 7,}');
    await own.click(submitButton);
    await own.waitFor('the place of the problem', () =>
      document.body.innerText.includes('This is not a JSON object: see line 1, character 12.'),
    );
    await waitForField(own, 'body', '{"seed": 7,}');
    await waitForField(own, 'temperature', '0.3');
    await fillField(own, 'body', '{"seed": 7}');
    await own.click(submitButton);
    await own.waitFor('the list of models with defaults', () =>
      document.querySelector('.card a')?.getAttribute('aria-label')?.includes('demo-echo'),
    );
    await own.close();

    const panel = await openPanel();
    await chooseModel(panel, 'demo-echo');
    await ask(panel, 'Which?');
    await waitForState(panel, 'complete');
    await newChat(panel);
    await chooseModel(panel, 'demo-fast');
    await ask(panel, 'And this?');
    await waitForState(panel, 'complete');
    const [echo, fast] = chatRequests(server);
    const fieldsOf = ({ body }: { body: unknown }): unknown => {
      const { temperature, reasoning_effort: effort, seed } = body as Record<string, unknown>;
      return { temperature, effort, seed };
    };
    assert.ok(echo && fast);
    assert.deepEqual(fieldsOf(echo), { temperature: 0.3, effort: 'low', seed: 7 });
    assert.deepEqual(fieldsOf(fast), { temperature: 0.9, effort: undefined, seed: undefined });
    assert.deepEqual(messagesOf(echo)[0], ['system', 'Be short.']);
    await panel.close();
  });

  test('when a provider fails or is late, the other one answers with its own key, and the reply says so', async () => {
    const { browser, server } = session;
    const options = await browser.openOptions('#chat');
    await options.waitFor('the models of both', () => {
      const places = [...document.querySelectorAll('.fallbacks optgroup')];
      return places.length === 4 && places.every(({ children }) => children.length > 8);
    });
    const [firstList] = await options.evaluate(() =>
      [...document.querySelectorAll<HTMLSelectElement>('.fallbacks select')].map(({ id }) => id),
    );
    await options.evaluate((id: string) => {
      const select = document.getElementById(id) as HTMLSelectElement;
      const [, place] = select.querySelectorAll('optgroup');
      select.value =
        [...(place?.children ?? [])]
          .map((option) => option as HTMLOptionElement)
          .find(({ textContent }) => textContent === 'demo-fast')?.value ?? '';
      select.dispatchEvent(new Event('change', { bubbles: true }));
    }, firstList ?? '');
    await options.waitFor('the seconds', () => document.querySelector('input[name^="fallback-seconds-"]') !== null);
    await options.evaluate(() => {
      const field = document.querySelector<HTMLInputElement>('input[name^="fallback-seconds-"]');
      if (field) field.value = '1';
      field?.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await options.waitFor('it to be stored', async () => {
      const { storage } = (globalThis as unknown as { chrome: ChromeOfTest }).chrome;
      const { settings } = await storage.local.get(['settings']);
      return settings?.fallbacks?.[0]?.afterSeconds === 1;
    });
    await options.close();

    const panel = await openPanel();
    for (const [model, why] of [
      ['demo-fails-503', 'is overloaded.'],
      ['demo-fails-429', 'asks to wait: too many requests.'],
      ['demo-silent-headers-60', 'took too long.'],
      ['demo-silent-60', 'took too long.'],
    ] as const) {
      await newChat(panel);
      server.clearRequests();
      second.clearRequests();
      await chooseModel(panel, model);
      await ask(panel, 'What is backpressure?');
      const shown = await waitForState(panel, 'complete', 20_000);
      assert.match(shown.text, /slow end of a pipe/, model);
      assert.match(shown.everything, /Answered by demo-fast · Second/, model);
      await panel.waitFor(
        'why',
        (wanted: string) => document.body.innerText.includes(wanted),
        `${why} demo-fast was asked instead.`,
      );
      const asked = [...chatRequests(server), ...chatRequests(second)];
      assert.deepEqual(
        asked.map((request) => [modelOf(request), request.headers.authorization]),
        [
          [model, `Bearer ${firstKey}`],
          ['demo-fast', `Bearer ${secondKey}`],
        ],
      );
    }
    await server.waitForRequest(({ closedEarlyAt }) => closedEarlyAt !== undefined);

    for (const [model, state] of [
      ['demo-error-frame-after-5', 'error'],
      ['demo-reset-after-5', 'cut'],
    ] as const) {
      await newChat(panel);
      second.clearRequests();
      await chooseModel(panel, model);
      await ask(panel, 'Once begun?');
      await waitForText(panel, 't4');
      const shown = await waitForState(panel, state);
      assert.doesNotMatch(shown.everything, /Second/, 'nobody else is asked once text has come');
      assert.deepEqual(chatRequests(second), []);
    }
    await panel.close();
  });

  async function placeOfDefaults(): Promise<string> {
    const panel = await openPanel();
    const endpointId = await panel.evaluate(async () => {
      const { storage } = (globalThis as unknown as { chrome: ChromeOfTest }).chrome;
      return (await storage.local.get(['settings'])).settings?.endpoints[0]?.id ?? '';
    });
    await panel.close();
    return `#chat/${endpointId}/demo-echo`;
  }
});

interface ChromeOfTest {
  readonly storage: {
    readonly local: {
      get(keys: readonly string[]): Promise<{
        readonly settings?: {
          readonly endpoints: readonly { readonly id: string }[];
          readonly fallbacks?: readonly { readonly afterSeconds: number }[];
        };
      }>;
    };
  };
}

async function openPicker(panel: Surface): Promise<void> {
  await panel.click('.model-button');
  await panel.waitFor(
    'the list with the focus in its filter',
    () =>
      document.activeElement?.getAttribute('role') === 'combobox' &&
      document.querySelectorAll('[role="option"]').length > 5,
  );
}
