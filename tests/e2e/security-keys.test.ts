/**
 * Five keys are planted and used in every wire that takes one, kept in each of the three ways. Then they are looked for
 * everywhere they must not be. (The heap of a page is to be had in Chromium only. The wires of Ollama and CodeLink Ava have
 * no key. The extension has no leave to show notifications.)
 */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fillField } from '../support/browser/fill-field.ts';
import type { Surface } from '../support/browser/surface.ts';
import { allStreams } from '../cases/provider-streams.ts';
import type { CaseWire } from '../cases/stream-case.ts';
import { type FaultServer, startFaultServer } from '../support/fault-server/start-fault-server.ts';
import { type EchoingServer, startEchoingServer } from '../support/start-echoing-server.ts';
import { askAnew, seeEnd } from '../faults/browser-acts.ts';
import { chooseByLine, say } from './own-line.ts';
import { openProviderForm, submitButton, waitForCard } from './provider-form.ts';
import { forEachBrowser, startSession } from './session.ts';

interface Planted {
  readonly label: string;
  readonly providerId: string;
  readonly path: string;
  readonly wire: CaseWire;
  readonly key: string;
  readonly kept: 'browser' | 'session';
  /** Its server refuses the key, and says it. */
  readonly isEchoed?: boolean;
}

const chatProvider = { providerId: 'openai-compatible', path: '/v1', wire: 'openai-chat' } as const;
const planted: readonly Planted[] = [
  { ...chatProvider, label: 'Chat', key: 'planted-chat-8JxQ2vLm', kept: 'browser' },
  {
    label: 'Responses',
    providerId: 'openai-responses',
    path: '/v1',
    wire: 'openai-responses',
    key: 'planted-resp-Zt5WnB3k',
    kept: 'session',
  },
  {
    label: 'Anthropic',
    providerId: 'anthropic',
    path: '/anthropic/v1',
    wire: 'anthropic-messages',
    key: 'planted-anth-Hy7RcD9p',
    kept: 'browser',
  },
  {
    label: 'Gemini',
    providerId: 'google',
    path: '/gemini/v1beta',
    wire: 'gemini',
    key: 'planted-gemi-Ue4MfS6g',
    kept: 'session',
  },
  { ...chatProvider, label: 'Echoed', key: 'planted-echo-Ka1VbN0x', kept: 'browser', isEchoed: true },
];

const passphrase = 'a passphrase that is planted';
/** A whole answer of a wire, and the question that has it played. */
function playOf(wire: CaseWire): { readonly question: string } {
  const found = allStreams.find(
    (one) => one.wire === wire && one.end === 'close' && one.expect.ending === 'complete' && one.expect.text !== '',
  );
  if (!found) throw new Error(`no case of ${wire} ends`);
  return { question: `case ${found.id} whole` };
}

const chatPlay = playOf('openai-chat');

const secrets = [...planted.map(({ key }) => key), passphrase];

/** What of the planted there is in a text. Parts are as bad: all but the last four characters, which are shown on purpose. */
function findPlanted(text: string): readonly string[] {
  return secrets.filter((secret) => text.includes(secret.slice(0, -4)) || text.includes(secret));
}

forEachBrowser((name) => {
  const session = startSession(name, {
    withDemoEndpoint: false,
    // What is heard in the background lives there: it is not to sleep meanwhile.
    prefs: { 'extensions.background.idle.timeout': 600_000 },
  });
  let server: FaultServer;
  let echo: EchoingServer;
  let panel: Surface;
  const endpoints = new Map<string, string>();

  before(async () => {
    [server, echo] = await Promise.all([startFaultServer(), startEchoingServer()]);
    await session.browser.grantOrigins(['http://127.0.0.1/*']);
    await session.browser.evaluateInBackground(listenToConsole);
    await session.browser.evaluateInBackground(listenToLines);
    for (const { label, providerId, path, key, kept, isEchoed = false } of planted) {
      const options = await openProviderForm(session.browser, `add/${providerId}`);
      await fillField(options, 'label', label);
      await fillField(options, 'baseUrl', `${isEchoed ? echo.url : server.url}${path}`);
      await fillField(options, 'key', key);
      if (kept === 'session') await options.click('input[name="kept"][value="session"]');
      await options.click(submitButton);
      endpoints.set(label, await waitForCard(options, label, isEchoed ? 'failed' : 'ok'));
      await options.close();
    }
    await setLock(await session.browser.openOptions('#keys'));
    await session.browser.firstTab.bringToFront();
    panel = await session.browser.openPanel();
    await panel.evaluate(listenToConsole);
    for (const { label, wire, isEchoed = false } of planted) {
      await chooseByLine(panel, endpoints.get(label) ?? '', 'm');
      const reply = await seeEnd(panel, await askAnew(panel, playOf(wire).question));
      assert.equal(isEchoed ? reply.failure : reply.state, isEchoed ? 'auth' : 'complete', label);
    }
  });
  after(async () => {
    await Promise.all([server.close(), echo.close()]);
  });

  test('every key was used', () => {
    for (const { key, wire, isEchoed = false } of planted) {
      const headers = server.requestsFor(playOf(wire).question).map((request) => Object.values(request.headers).flat());
      const isSent = headers.flat().some((value) => value?.endsWith(key));
      assert.ok(isEchoed ? echo.keys.includes(key) : isSent, key);
    }
  });

  test('no key is in the memory of the panel', { skip: name === 'firefox' }, async () => {
    const heap = await session.browser.readHeap('sidepanel.html');
    assert.ok(heap.includes(chatPlay.question), 'what is in the memory is found');
    assert.deepEqual(findPlanted(heap), []);
  });

  test('no key is in the document of any page, or in a field of it', async () => {
    const pages = [panel, await session.browser.openTab(`${session.browser.extensionOrigin}/quick.html`)];
    for (const place of ['#providers', '#keys', ...planted.map(({ label }) => `#edit/${endpoints.get(label)}`)]) {
      const options = await session.browser.openOptions(place);
      await options.waitFor('the page', () => document.querySelector('main h2') !== null);
      pages.push(options);
    }
    for (const page of pages) {
      const shown = await page.evaluate(() =>
        [
          document.documentElement.outerHTML,
          ...[...document.querySelectorAll('input, textarea')].map((field) => (field as HTMLInputElement).value),
        ].join('\n'),
      );
      assert.deepEqual(findPlanted(shown), [], await page.url());
      if (page !== panel) await page.close();
    }
    await session.browser.firstTab.bringToFront();
  });

  test('no key is in a message of any line, in either direction', async () => {
    const { lines } = await session.browser.evaluateInBackground(heard);
    const text = lines.join('\n');
    for (const [what, known] of [
      ['questions', chatPlay.question],
      ['answers', '"type":"text"'],
      ['saved endpoints', '"save-endpoint"'],
      ['settings', '"settings"'],
    ] as const) {
      assert.ok(text.includes(known), `${what} were heard`);
    }
    assert.deepEqual(findPlanted(text), []);
  });

  test('no key is in a console', async () => {
    const consoles = [
      ...(await session.browser.evaluateInBackground(heard)).consoles,
      ...(await panel.evaluate(heard)).consoles,
      ...(await session.browser.violations()),
    ];
    assert.ok(consoles.includes('listening'), 'what is logged is heard');
    assert.deepEqual(findPlanted(consoles.join('\n')), []);
  });

  test('no key is in any storage but the memory of the session, under its own name', async () => {
    const stored = await panel.evaluate(readStorage);
    assert.ok(stored['local']?.includes(chatPlay.question), 'what is stored is found');
    for (const place of ['local', 'sync', 'localStorage', 'sessionStorage', 'databases', 'caches']) {
      assert.deepEqual(findPlanted(stored[place] ?? ''), [], place);
    }
    const held = JSON.parse(stored['session'] ?? '{}') as Record<string, unknown>;
    const where = Object.keys(held).filter((key) => findPlanted(JSON.stringify(held[key])).length > 0);
    assert.deepEqual(where.toSorted(), [...endpoints.values()].map((id) => `secret/${id}`).toSorted());
    assert.ok(!JSON.stringify(held).includes(passphrase), 'the passphrase itself is nowhere');
  });

  test('no key is in a conversation, of which exports are made, or shown by a notification', async () => {
    const { summaries } = await say(panel, [{ type: 'watch-history', count: 10 }], 'history');
    assert.equal(summaries.length, planted.length);
    for (const { id } of summaries) {
      const { conversation } = await say(panel, [{ type: 'watch', conversationId: id }], 'snapshot');
      assert.deepEqual(findPlanted(JSON.stringify(conversation)), []);
    }
    const canNotify = await session.browser.evaluateInBackground(
      () => (globalThis as unknown as { chrome: { notifications?: object } }).chrome.notifications !== undefined,
    );
    assert.equal(canNotify, false);
  });

  test('a key that is locked is a failure with one remedy, which leads to where it is unlocked', async () => {
    const options = await session.browser.openOptions('#keys');
    await options.waitFor('the open lock', () => document.querySelector('details form') !== null);
    await options.click('main button.primary');
    await options.waitFor(
      'the lock to be shut',
      () => document.querySelector('form [name="unlock-passphrase"]') !== null,
    );
    await options.close();
    await session.browser.firstTab.bringToFront();
    const soFar = server.requests.length;
    await chooseByLine(panel, endpoints.get('Chat') ?? '', 'm');
    const reply = await seeEnd(panel, await askAnew(panel, chatPlay.question));
    assert.equal(reply.failure, 'key-locked');
    assert.equal(server.requests.length, soFar);
    // Beside it stands only what looks into a failure.
    const buttons = '[data-failure="key-locked"] .notice .buttons > button:not([aria-expanded])';
    assert.equal(await panel.count(buttons), 1);
    assert.equal(await panel.text(buttons), 'Unlock');
    // Keys of this session only are not behind the lock.
    await chooseByLine(panel, endpoints.get('Gemini') ?? '', 'm');
    assert.equal((await seeEnd(panel, await askAnew(panel, playOf('gemini').question))).state, 'complete');

    const unlocking = await session.browser.openOptions('#keys');
    await fillField(unlocking, 'unlock-passphrase', 'not the passphrase');
    await unlocking.click('form button[type="submit"]');
    await unlocking.waitFor('the sentence about the wrong passphrase', () =>
      document.body.innerText.includes('This is not the passphrase.'),
    );
    await fillField(unlocking, 'unlock-passphrase', passphrase);
    await unlocking.click('form button[type="submit"]');
    await unlocking.waitFor('the keys to be unlocked', () =>
      document.body.innerText.includes('The keys are unlocked.'),
    );
    await unlocking.close();
    await session.browser.firstTab.bringToFront();
    await chooseByLine(panel, endpoints.get('Chat') ?? '', 'm');
    assert.equal((await seeEnd(panel, await askAnew(panel, chatPlay.question))).state, 'complete');
  });

  test('a key is not offered to another origin, and is asked for again', async () => {
    const anthropic = await openProviderForm(session.browser, `edit/${endpoints.get('Anthropic')}`);
    await fillField(anthropic, 'baseUrl', `${echo.url}/anthropic/v1`);
    await anthropic.waitFor('the form to say where the key belongs', () =>
      document.querySelector('#key-hint')?.textContent.includes('is not sent to this address'),
    );
    await anthropic.click(submitButton);
    await anthropic.waitFor('the key to be asked for', () => document.querySelector('#key-problem') !== null);
    await anthropic.close();

    // Where a key may be left out, the other origin is asked without one.
    const edited = await openProviderForm(session.browser, `edit/${endpoints.get('Chat')}`);
    await fillField(edited, 'baseUrl', `${echo.url}/v1`);
    await edited.click(submitButton);
    await waitForCard(edited, 'Chat', 'failed');
    await edited.close();
    assert.deepEqual([...new Set(echo.keys)], [planted.find(({ isEchoed }) => isEchoed)?.key], 'its own, and no other');
  });
});

async function setLock(options: Surface): Promise<void> {
  await options.waitFor('the form of the lock', () => document.querySelector('[name="set-next"]') !== null);
  await fillField(options, 'set-next', passphrase);
  await fillField(options, 'set-repeated', passphrase);
  await options.click('form button[type="submit"]');
  await options.waitFor('the keys to be encrypted', () =>
    document.body.innerText.includes('The keys are encrypted now.'),
  );
  await options.close();
}

interface Heard {
  readonly lines: string[];
  readonly consoles: string[];
}

interface ListeningWindow {
  avaHeard?: Heard;
}

interface ExtensionScope {
  readonly chrome: {
    readonly runtime: {
      readonly onConnect: { addListener(listener: (port: Port) => void): void };
    };
    readonly storage: Readonly<
      Partial<Record<string, { getKeys(): Promise<string[]>; get(keys: readonly string[]): Promise<object> }>>
    >;
  };
}

interface Port {
  postMessage: (message: unknown) => void;
  readonly onMessage: { addListener(listener: (message: unknown) => void): void };
}

/** Runs in a page or in the background: what is logged there is written down from now on. */
function listenToConsole(): void {
  const place: ListeningWindow & { console: Console } = typeof window === 'undefined' ? globalThis : window;
  const everything: Heard = { lines: [], consoles: [] };
  place.avaHeard = everything;
  for (const level of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const) {
    place.console[level] = (...words: unknown[]) => {
      everything.consoles.push(...words.map((word) => (word instanceof Error ? String(word.stack) : String(word))));
    };
  }
  place.console.log('listening');
}

/** Runs in the background, after `listenToConsole`: what is said on every line, in both directions, is written down. */
function listenToLines(): void {
  const place = (typeof window === 'undefined' ? globalThis : window) as ListeningWindow;
  const { chrome } = globalThis as unknown as ExtensionScope;
  chrome.runtime.onConnect.addListener((port) => {
    port.onMessage.addListener((message) => void place.avaHeard?.lines.push(JSON.stringify(message)));
    const post = port.postMessage.bind(port);
    port.postMessage = (message) => {
      place.avaHeard?.lines.push(JSON.stringify(message));
      post(message);
    };
  });
}

/** Runs where `listenToConsole` did. */
function heard(): Heard {
  const place = (typeof window === 'undefined' ? globalThis : window) as ListeningWindow;
  return place.avaHeard ?? { lines: [], consoles: [] };
}

/** Runs in a page of the extension. Every place that it could have put something. */
async function readStorage(): Promise<Record<string, string>> {
  const { chrome } = globalThis as unknown as ExtensionScope;
  const stored: Record<string, string> = {
    localStorage: JSON.stringify(Object.entries(localStorage)),
    sessionStorage: JSON.stringify(Object.entries(sessionStorage)),
  };
  for (const area of ['local', 'session', 'sync']) {
    const keys = await chrome.storage[area]?.getKeys().catch(() => []);
    stored[area] = JSON.stringify((await chrome.storage[area]?.get(keys ?? [])) ?? {});
  }
  const answered = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(new Error('the database refused')));
    });
  const records: unknown[] = [];
  for (const { name } of await indexedDB.databases()) {
    if (name === undefined) continue;
    const database = await answered(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      records.push(await answered(database.transaction(store).objectStore(store).getAll()));
    }
    database.close();
  }
  stored['databases'] = JSON.stringify(records, (_name, value: unknown) =>
    value instanceof Uint8Array ? String.fromCharCode(...value) : value,
  );
  const bodies: string[] = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys())
      bodies.push(request.url, (await (await cache.match(request))?.text()) ?? '');
  }
  stored['caches'] = bodies.join('\n');
  return stored;
}
