/**
 * Every diagnosis that the doctor can reach, from a real fault, in the options page; and the cures that take one click. One
 * that takes a minute is in slow-no-token.test.ts; a model that is missing and access that is, in doctor-details.test.ts.
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fillField } from '../support/browser/fill-field.ts';
import type { Surface } from '../support/browser/surface.ts';
import type { BrowserName } from '../support/browser/find-browser.ts';
import { type BrokenServers, startBrokenServers } from '../support/local-servers/start-broken-servers.ts';
import { openProviderForm, removeProvider, storedEndpoints, submitButton, waitForCard } from './provider-form.ts';
import { forEachBrowser, modelOf, startSession } from './session.ts';
import { takePictures } from './take-pictures.ts';

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
    what: 'an API that knows none of the usual paths',
    address: (_demo, { pathless }) => `http://127.0.0.1:${pathless}/v1`,
    kind: 'no-api',
    says: /There is no API at this address/,
    cure: /^Change the address$/,
  },
  {
    what: 'a server that has no list of models',
    provider: 'codelink-ava',
    address: (demo) => `${demo}/api/chat`,
    kind: 'unlisted',
    says: /only a question can tell/,
    cure: /^Ask for one token$/,
  },
  {
    what: 'a server that fails at every request',
    address: (_demo, { failing }) => `http://127.0.0.1:${failing}/v1`,
    kind: 'other',
    says: /had an error of its own/,
    cure: /^Check again$/,
  },
  {
    what: 'an https address at which every connection is closed',
    address: (_demo, { closing }) => `https://127.0.0.1:${closing}/v1`,
    kind: 'unreachable',
    says: /No connection to 127\.0\.0\.1:\d+ came about/,
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
  {
    what: 'silence, though the connection is taken',
    address: (_demo, { silent }) => `http://127.0.0.1:${silent}/v1`,
    kind: 'silent',
    says: /takes the connection and says nothing/,
    cure: /^Check again$/,
  },
];

forEachBrowser((name) => {
  const session = startSession(name, { withDemoEndpoint: false });
  let broken: BrokenServers;
  let page: Surface | undefined;
  before(async () => {
    broken = await startBrokenServers();
    await session.browser.grantOrigins(['http://127.0.0.1/*', 'https://127.0.0.1/*', 'https://nowhere.invalid/*']);
  });
  after(() => broken.close());

  for (const fault of cases) {
    test(`${fault.what} is told as what it is, with one cure`, async () => {
      const { server } = session;
      const options = await add(fault.what, fault);
      // What the card says of its list would move its buttons; a silent server is waited for longer than that.
      if (fault.kind !== 'silent') await waitForState(options, fault.what);
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
    });
  }

  test('the right path is found, takes one click, and has the key', async () => {
    const { server } = session;
    const options = await add('path', { address: (demo) => `${demo}/chat/v2`, key: 'demo-key-1' });
    // The card has been told what its list is.
    await waitForCard(options, 'path', 'failed');
    server.clearRequests();
    assert.equal(await examine(options, 'path'), 'wrong-path');
    assert.deepEqual(
      server.requests.map(({ method, path }) => `${method} ${path}`),
      ['GET /chat/v2/models', 'GET /chat/v2/v1/models', 'GET /v1/models'],
    );
    await takePictures(options, `${name}-doctor-path`, [320, 900]);
    const id = await idOf(options, 'path');
    const cure = `[data-endpoint-id="${id}"] .check-up .primary`;
    await options.click(cure);
    await waitForDiagnosis(options, id, 'fine');
    const saved = (await storedEndpoints(options)).find((endpoint) => endpoint.id === id);
    assert.equal(saved?.baseUrl, `${server.url}/v1`);
    const lists = server.requests.filter(({ method }) => method === 'GET');
    assert.equal(lists.at(-1)?.headers.authorization, 'Bearer demo-key-1');
    assert.deepEqual(
      server.requests.filter(({ method }) => method === 'POST'),
      [],
    );

    // One token, when it is asked for.
    await options.click(cure);
    await waitForDiagnosis(options, id, 'answers');
    const asked = server.requests.filter(({ method }) => method === 'POST');
    assert.equal(asked.length, 1);
    assert.deepEqual(asked[0]?.body, {
      model: modelOf(asked[0] ?? assert.fail('nothing was asked')),
      messages: [{ role: 'user', content: 'Hi' }],
      stream: true,
      stream_options: { include_usage: true },
      max_tokens: 1,
    });
  });

  /** Adds a provider in its form, and shows the list of providers: all of them in one page. */
  async function add(label: string, { provider = 'openai-compatible', address, key }: Partial<FaultCase>) {
    const place = `add/${provider}`;
    if (page) await page.click(`[href="#${place}"]`);
    const options = (page ??= await openProviderForm(session.browser, place));
    await options.waitFor('the form', () => document.querySelector('.provider-form') !== null);
    await fillField(options, 'label', label);
    await fillField(options, 'baseUrl', address?.(session.server.url, broken.ports) ?? '');
    if (key !== undefined) await fillField(options, 'key', key);
    await options.click(submitButton);
    await idOf(options, label);
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

/** Waits until the card has been told whether its models can be listed. */
async function waitForState(options: Surface, label: string): Promise<void> {
  await options.waitFor(
    `the state of ${label}`,
    (selector: string) => document.querySelector<HTMLElement>(selector)?.dataset['state'] !== 'checking',
    `[data-endpoint-id="${await idOf(options, label)}"]`,
  );
}

async function waitForDiagnosis(options: Surface, endpointId: string, kind: string): Promise<void> {
  await options.waitFor(
    `the diagnosis "${kind}"`,
    (selector: string) => document.querySelector(selector) !== null,
    `[data-endpoint-id="${endpointId}"] [data-diagnosis="${kind}"]`,
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
