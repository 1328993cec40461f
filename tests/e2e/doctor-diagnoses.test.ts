/** Every diagnosis that the doctor can reach, from a real fault, in the options page; and the cures that take one click. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fillField } from '../support/browser/fill-field.ts';
import type { Surface } from '../support/browser/surface.ts';
import type { BrowserName } from '../support/browser/find-browser.ts';
import { type BrokenServers, startBrokenServers } from '../support/local-servers/start-broken-servers.ts';
import { openProviderForm, removeProvider, storedEndpoints, submitButton } from './provider-form.ts';
import { forEachBrowser, startSession } from './session.ts';

interface FaultCase {
  readonly what: string;
  readonly provider?: string;
  readonly address: (demo: string, ports: BrokenServers['ports']) => string;
  readonly key?: string;
  /** The diagnosis, where browsers tell different things one each. */
  readonly kind: string | Readonly<Record<BrowserName, string>>;
  readonly says: RegExp;
  /** What stands on the one button that helps. */
  readonly cure: RegExp;
}

const cases: readonly FaultCase[] = [
  {
    what: 'a port at which nobody listens',
    address: (_demo, { closed }) => `http://127.0.0.1:${closed}/v1`,
    kind: 'nothing-listening',
    says: /Nothing listens at 127\.0\.0\.1:\d+/,
    cure: /^Check again$/,
  },
  {
    what: 'a name that no computer has',
    address: () => 'https://nowhere.invalid/v1',
    kind: 'unknown-host',
    says: /no computer with the name nowhere\.invalid/,
    cure: /^Change the address$/,
  },
  {
    what: 'a certificate that nobody has signed',
    address: (_demo, ports) => `https://127.0.0.1:${ports['self-signed']}/v1`,
    kind: { chromium: 'certificate', firefox: 'insecure' },
    says: /certificate/,
    cure: /^Open https:\/\/127\.0\.0\.1:\d+$/,
  },
  {
    what: 'https to a server that speaks plain http',
    address: (_demo, { plain }) => `https://127.0.0.1:${plain}/v1`,
    kind: { chromium: 'no-tls', firefox: 'insecure' },
    says: /does not speak https/,
    cure: /^(?:Use http|Open https):\/\/127\.0\.0\.1:\d+/,
  },
  {
    what: 'plain http to a server that speaks https',
    address: (_demo, ports) => `http://127.0.0.1:${ports['self-signed']}/v1`,
    kind: 'needs-tls',
    says: /It may want https/,
    cure: /^Use https:\/\/127\.0\.0\.1:\d+\/v1$/,
  },
  {
    what: 'web pages, whatever is asked for',
    address: (_demo, { pages }) => `http://127.0.0.1:${pages}`,
    kind: 'web-page',
    says: /is a web page/,
    cure: /^Change the address$/,
  },
  {
    what: 'an API without a model',
    address: (_demo, { empty }) => `http://127.0.0.1:${empty}/v1`,
    kind: 'no-models',
    says: /has no model yet/,
    cure: /^Check again$/,
  },
  {
    what: 'an empty account',
    address: (_demo, { broke }) => `http://127.0.0.1:${broke}/v1`,
    kind: 'no-credit',
    says: /no credit left/,
    cure: /^Open http:\/\/127\.0\.0\.1:\d+$/,
  },
  {
    what: 'a key that is refused',
    address: (demo) => `${demo}/keyed/v1`,
    key: 'sk-wrong-key-0000',
    kind: 'bad-key',
    says: /refused the key/,
    cure: /^Enter the key$/,
  },
  {
    what: 'a key that is missing',
    address: (demo) => `${demo}/keyed/v1`,
    kind: 'no-key',
    says: /wants a key, and none is saved/,
    cure: /^Enter the key$/,
  },
  {
    what: 'a redirect',
    address: (demo) => `${demo}/redirect/v1`,
    kind: 'redirect',
    says: /redirects to login\.example/,
    cure: /^Change the address$/,
  },
  {
    what: 'an origin that is refused, behind a list of models',
    provider: 'ollama',
    address: (demo) => `${demo}/ollama`,
    kind: 'origin-refused',
    says: /OLLAMA_ORIGINS=(?:chrome|moz)-extension:\/\/[\w-]+/,
    cure: /^Send without origin$/,
  },
];

forEachBrowser((name) => {
  const session = startSession(name, { withDemoEndpoint: false });
  let broken: BrokenServers;
  before(async () => {
    broken = await startBrokenServers();
    await session.browser.grantOrigins(['http://127.0.0.1/*', 'https://127.0.0.1/*', 'https://nowhere.invalid/*']);
  });
  after(() => broken.close());

  for (const fault of cases) {
    test(`${fault.what} is told as what it is, with one cure`, async () => {
      const { browser, server } = session;
      const options = await add(fault.what, fault);
      server.clearRequests();
      const kind = await examine(options, fault.what);
      assert.equal(kind, typeof fault.kind === 'string' ? fault.kind : fault.kind[name]);
      const card = `[data-endpoint-id="${await idOf(options, fault.what)}"]`;
      assert.match(await options.text(`${card} .check-up`), fault.says);
      assert.match(await options.text(`${card} .check-up .primary`), fault.cure);
      assert.equal(await options.count(`${card} .check-up .primary`), 1);
      // A look asks no model anything.
      assert.deepEqual(
        server.requests.filter(({ method }) => method === 'POST'),
        [],
      );
      await removeProvider(options, await idOf(options, fault.what));
      await options.close();
      await browser.firstTab.bringToFront();
    });
  }

  test('a server that says nothing is told of while the list of models is still waited for', async () => {
    const options = await add('silent', { address: (_demo, { silent }) => `http://127.0.0.1:${silent}/v1` });
    assert.equal(await examine(options, 'silent'), 'silent');
    await removeProvider(options, await idOf(options, 'silent'));
    await options.close();
  });

  test('the right path is found, takes one click, and is saved with its key', async () => {
    const { server } = session;
    const options = await add('path', { address: (demo) => `${demo}/chat/completions/v2`, key: 'demo-key-1' });
    server.clearRequests();
    assert.equal(await examine(options, 'path'), 'wrong-path');
    assert.deepEqual(
      server.requests.map(({ method, path }) => `${method} ${path}`),
      ['GET /chat/completions/v2/models', 'GET /chat/completions/v2/v1/models', 'GET /v1/models'],
    );
    await options.click('.check-up .primary');
    await options.waitFor('the endpoint to be fine', () => document.querySelector('[data-diagnosis="fine"]') !== null);
    assert.deepEqual(
      (await storedEndpoints(options)).map(({ baseUrl }) => baseUrl),
      [`${server.url}/v1`],
    );
    assert.equal(server.requests.at(-2)?.headers.authorization, 'Bearer demo-key-1');

    // One token, when it is asked for.
    assert.equal(server.requests.filter(({ method }) => method === 'POST').length, 0);
    await options.click('.check-up .primary');
    await options.waitFor('an answer', () => document.querySelector('[data-diagnosis="answers"]') !== null);
    const asked = server.requests.filter(({ method }) => method === 'POST');
    assert.equal(asked.length, 1);
    assert.deepEqual(asked[0]?.body, {
      model: (asked[0]?.body as { model: string }).model,
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 1,
    });
    await removeProvider(options, await idOf(options, 'path'));
    await options.close();
  });

  /** Adds a provider in its form, and shows the list of providers. */
  async function add(label: string, { provider = 'openai-compatible', address, key }: Partial<FaultCase>) {
    const options = await openProviderForm(session.browser, `add/${provider}`);
    await fillField(options, 'label', label);
    await fillField(options, 'baseUrl', address?.(session.server.url, broken.ports) ?? '');
    if (key !== undefined) await fillField(options, 'key', key);
    await options.click(submitButton);
    await options.waitFor('the list of providers', () => document.querySelector('[data-endpoint-id]') !== null);
    return options;
  }
});

/** Presses Test on the card of that name; gives the kind of what was found. */
async function examine(options: Surface, label: string): Promise<string> {
  const card = `[data-endpoint-id="${await idOf(options, label)}"]`;
  await options.click(`${card} button[aria-label^="Test: "]`);
  return options.waitFor(
    'a diagnosis',
    (selector: string) => document.querySelector<HTMLElement>(`${selector} .check-up`)?.dataset['diagnosis'],
    card,
  );
}

function idOf(options: Surface, label: string): Promise<string> {
  return options.waitFor(
    `the card of ${label}`,
    (wanted: string) =>
      [...document.querySelectorAll<HTMLElement>('[data-endpoint-id]')].find(
        (card) => card.querySelector('b')?.textContent === wanted,
      )?.dataset['endpointId'],
    label,
  );
}
