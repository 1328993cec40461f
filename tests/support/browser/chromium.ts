/**
 * Starts Chromium, Chrome or Edge with the unpacked extension and drives it over the DevTools protocol, with real X
 * input where a display is at hand.
 *
 * Real on a virtual display: the side panel; toolbar click, shortcuts, context menu with its submenu and permission
 * prompt by X key presses and clicks; the quick prompt as the action's popup; the death of the worker. Clicks and keys
 * inside a surface are trusted events that the DevTools protocol sends to that surface (it need not have the focus);
 * `typeWhereFocusIs` uses the X server. The right click that opens the context menu comes by the protocol, the menu itself
 * is the browser's own.
 *
 * Simulated without a display (`none`, `desktop`): the action is triggered by the protocol, shortcuts are dispatched to
 * the listener of `commands.onCommand` (no user gesture: `sidePanel.open` refuses). Not to be had there: context menu,
 * permission prompt, picture of the window.
 *
 * `developerPrivate`, `dispatch` and the places of toolbar buttons are the browser's internals: they may change with a
 * version. Tried with Debian's Chromium 156.
 */
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import puppeteer, { TargetType, type Browser, type Page, type Target, type WebWorker } from 'puppeteer-core';
import { answerChromiumPrompt, chooseFromChromiumMenu, clickToolbarButton } from './chromium-window.ts';
import { makeChromiumSurface, makeChromiumTab, toCall } from './chromium-surface.ts';
import { canStartDisplay, displaySize, startDisplay, toDisplayKeys, type Display } from './display.ts';
import { findBrowser, makeProfileFolder } from './find-browser.ts';
import { suggestedKey } from './read-manifest.ts';
import type { Surface, TabSurface } from './surface.ts';
import type { LaunchOptions, TestBrowser } from './test-browser.ts';
import { waitUntil } from './wait-until.ts';

/** The extension's API as this file uses it. Functions that name it run in pages of the extension. */
declare const chrome: {
  developerPrivate: {
    addHostPermission(extensionId: string, origin: string): Promise<void>;
    updateExtensionConfiguration(change: { extensionId: string; pinnedToToolbar: boolean }): Promise<void>;
  };
  permissions: { request(permissions: { origins: readonly string[] }): Promise<boolean> };
  runtime: { sendMessage(message: unknown): Promise<unknown> };
  commands: {
    getAll(): Promise<{ name: string; shortcut: string }[]>;
    onCommand: { dispatch(name: string, tab: unknown): void };
  };
  tabs: { query(query: object): Promise<unknown[]> };
};

export async function launchChromium(options: LaunchOptions): Promise<TestBrowser> {
  return (await launchOpenChromium(options)).browser;
}

/** A browser and what it is driven by: measurements go where a test does not. */
export interface OpenChromium {
  readonly browser: TestBrowser;
  readonly puppeteer: Browser;
}

export async function launchOpenChromium(options: LaunchOptions): Promise<OpenChromium> {
  const program = findBrowser('chromium');
  if (!program)
    throw new Error('No Chromium, Chrome or Edge found: install one (Debian: chromium), or set CHROMIUM_PATH.');
  const screen = options.screen ?? (canStartDisplay() ? 'virtual' : 'none');
  const display = screen === 'virtual' ? await startDisplay() : undefined;
  const userDataDir = options.userDataDir ?? makeProfileFolder(program);
  const browser = await startProgram(program, userDataDir, screen, display, options);
  const closed = new Promise<void>((settle) => browser.once('disconnected', () => settle()));
  // Over the protocol, because branded Chrome has dropped --load-extension. (A list of paths given to puppeteer's
  // enableExtensions is installed without being awaited.)
  const extensionId = await browser.installExtension(resolve(options.extension));
  const extensionOrigin = `chrome-extension://${extensionId}`;
  const protocol = await browser.target().createCDPSession();
  const violations: string[] = [];

  const isWorker = (target: { readonly type: string; readonly url: string }): boolean =>
    target.type === 'service_worker' && target.url.startsWith(`${extensionOrigin}/`);
  const workerTarget = (): Target | undefined =>
    browser.targets().find((target) => isWorker({ type: target.type(), url: target.url() }));

  const showing = (page: string): Target[] =>
    browser.targets().filter((target) => target.url().startsWith(`${extensionOrigin}/${page}`));

  const attachToPanel = async (target: Target): Promise<Surface> => {
    const page = await target.asPage();
    watchPage(page, violations);
    return makeChromiumSurface(page);
  };

  const waitForPanel = async (known: readonly Target[] = []): Promise<Surface> =>
    attachToPanel(
      await waitUntil('the side panel', async () =>
        showing('sidepanel.html').find((target) => !known.includes(target)),
      ),
    );

  const waitForQuickPrompt = async (): Promise<Surface> => {
    const target = await waitUntil('the quick prompt', async () => showing('quick.html')[0]);
    const page = await target.asPage();
    watchPage(page, violations);
    return makeChromiumSurface(page, display);
  };

  /** A tab that nobody sees, at a page with privileges; gone after the act. */
  const behindTheScene = async <Result>(url: string, act: (page: Page) => Promise<Result>): Promise<Result> => {
    const page = await browser.newPage({ type: 'tab', background: true });
    try {
      await page.goto(url);
      return await act(page);
    } finally {
      await page.close();
    }
  };

  const allowOrigins = (origins: readonly string[]): Promise<void> =>
    behindTheScene('chrome://extensions', (page) =>
      page.evaluate(
        async (id, patterns) => {
          for (const pattern of patterns) await chrome.developerPrivate.addHostPermission(id, pattern);
        },
        extensionId,
        origins,
      ),
    );

  const worker = async (): Promise<WebWorker> => {
    if (options.letWorkerSleep)
      throw new Error('the worker cannot be reached in a browser launched with letWorkerSleep');
    if (!workerTarget()) {
      // Any message from a page of the extension starts it again.
      await behindTheScene(`${extensionOrigin}/manifest.json`, async (page) => {
        await page.evaluate(() => void chrome.runtime.sendMessage({ type: 'wake' }).catch(() => undefined));
        await waitUntil('the worker to start', async () => workerTarget());
      });
    }
    const found = await (await waitUntil('the worker', async () => workerTarget())).worker();
    if (!found) throw new Error('the worker has no debugger');
    return found;
  };

  const workerAlive = async (): Promise<boolean> => {
    // Every target in the filter, else workers are left out; nothing is attached by asking.
    const { targetInfos } = await protocol.send('Target.getTargets', { filter: [{}] });
    return targetInfos.some((target) => isWorker(target));
  };

  /** No debugger is attached before, while or after: the browser itself is asked to end the target. */
  const killUnattachedWorker = async (): Promise<void> => {
    const { targetInfos } = await protocol.send('Target.getTargets', { filter: [{}] });
    const target = targetInfos.find((info) => isWorker(info));
    if (!target) return;
    await protocol.send('Target.closeTarget', { targetId: target.targetId });
    await waitUntil('the worker to end', async () => {
      const now = await protocol.send('Target.getTargets', { filter: [{}] });
      return !now.targetInfos.some(({ targetId }) => targetId === target.targetId);
    });
  };

  const [firstPage] = await browser.pages();
  if (!firstPage) throw new Error('the browser has no tab');
  let frontPage = firstPage;
  const pages = new Map<TabSurface, Page>();
  const makeTab = async (page: Page): Promise<TabSurface> => {
    watchPage(page, violations, extensionOrigin);
    const surface = await makeChromiumTab(page, async () => {
      frontPage = page;
      await page.bringToFront();
    });
    pages.set(surface, page);
    return surface;
  };
  const openTab = async (url: string): Promise<TabSurface> => {
    const page = await browser.newPage();
    frontPage = page;
    await page.goto(url);
    return makeTab(page);
  };

  const triggerAction = async (): Promise<void> => {
    const extension = (await browser.extensions()).get(extensionId);
    if (!extension) throw new Error('the extension is not installed');
    await frontPage.triggerExtensionAction(extension);
  };

  const pinToToolbar = (): Promise<void> =>
    behindTheScene('chrome://extensions', (page) =>
      page.evaluate(
        (id) => chrome.developerPrivate.updateExtensionConfiguration({ extensionId: id, pinnedToToolbar: true }),
        extensionId,
      ),
    );

  const shortcut = async (keys: string): Promise<void> => {
    if (display) {
      if (frontPage.isClosed()) frontPage = (await browser.pages()).at(-1) ?? firstPage;
      await frontPage.bringToFront();
      await display.pressKeys(toDisplayKeys(keys));
      return;
    }
    await (
      await worker()
    ).evaluate(async (wanted) => {
      const command = (await chrome.commands.getAll()).find((candidate) => candidate.shortcut === wanted);
      if (!command) throw new Error(`no command has the shortcut ${wanted}`);
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
      chrome.commands.onCommand.dispatch(command.name, tab);
    }, keys);
  };

  if (!options.promptForPermissions) await allowOrigins(['http://*/*', 'https://*/*']);
  if (!options.letWorkerSleep)
    (await worker()).client.on(
      'Runtime.exceptionThrown',
      ({ exceptionDetails }) =>
        void violations.push(`worker: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`),
    );
  if (options.url) await firstPage.goto(options.url);
  await firstPage.bringToFront();
  const firstTab = await makeTab(firstPage);

  const testBrowser: TestBrowser = {
    name: 'chromium',
    extensionOrigin,
    extensionId,
    display,
    firstTab,
    closed,
    async openPanel(entry = 'action') {
      const known = showing('sidepanel.html');
      switch (entry) {
        case 'action':
          await triggerAction();
          break;
        case 'toolbar-click':
          if (!display) throw new Error('a toolbar click needs a virtual display');
          await frontPage.bringToFront();
          await clickToolbarButton(display, { pinToToolbar, panelIsOpen: known.length > 0 });
          break;
        case 'shortcut':
          await shortcut(suggestedKey(options.extension, 'open-panel'));
          break;
      }
      return waitForPanel(known);
    },
    async panel() {
      const [target] = showing('sidepanel.html');
      return target && attachToPanel(target);
    },
    waitForPanel: () => waitForPanel(),
    async openSecondWindowPanel(url = 'about:blank') {
      const known = showing('sidepanel.html');
      frontPage = await browser.newPage({ type: 'window' });
      await frontPage.goto(url);
      await triggerAction();
      return waitForPanel(known);
    },
    async openQuickPrompt() {
      await shortcut(suggestedKey(options.extension, 'quick-prompt'));
      return waitForQuickPrompt();
    },
    waitForQuickPrompt,
    openOptions: (hash = '') => openTab(`${extensionOrigin}/options.html${hash}`),
    openTab,
    shortcut,
    async typeWhereFocusIs(text) {
      if (!display) throw new Error('typing where the focus is needs a virtual display');
      await display.typeText(text);
    },
    async chooseFromContextMenu(tab, selector, choice) {
      const page = pages.get(tab);
      if (!display || !page) throw new Error('the context menu needs a tab on a virtual display');
      await tab.bringToFront();
      await chooseFromChromiumMenu(page, display, selector, choice);
    },
    async grantOrigins(origins) {
      if (options.promptForPermissions) await allowOrigins(origins);
      const granted = await behindTheScene(`${extensionOrigin}/manifest.json`, (page) =>
        // By puppeteer's evaluate, which counts as a user gesture.
        page.evaluate((patterns) => chrome.permissions.request({ origins: patterns }), origins),
      );
      if (!granted) throw new Error(`not granted: ${origins.join(' ')}`);
    },
    async answerPermissionPrompt(ask, allow) {
      if (!display) throw new Error('the permission prompt needs a virtual display');
      await answerChromiumPrompt(display, ask, allow);
    },
    async killWorker() {
      if (options.letWorkerSleep) return killUnattachedWorker();
      const target = workerTarget();
      if (!target) return;
      // Not Target.closeTarget: after that the next worker waits for a debugger that never comes back.
      await (await worker()).close();
      await waitUntil('the worker to end', async () => !browser.targets().includes(target));
    },
    workerAlive,
    async evaluateInBackground<Result>(
      pageFunction: string | ((...parameters: never[]) => unknown),
      ...parameters: unknown[]
    ) {
      return (await (await worker()).evaluate(toCall(pageFunction, parameters))) as Result;
    },
    async installAnother(extension) {
      return `chrome-extension://${await browser.installExtension(resolve(extension))}`;
    },
    async readHeap(page) {
      const [target] = showing(page);
      if (!target) throw new Error(`there is no ${page}`);
      const session = await target.createCDPSession();
      const chunks: string[] = [];
      session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => void chunks.push(chunk));
      await session.send('HeapProfiler.takeHeapSnapshot', {});
      await session.detach();
      return chunks.join('');
    },
    async violations() {
      return violations;
    },
    async screenshotWindow(path) {
      if (!display) throw new Error('a picture of the window needs a virtual display');
      await display.screenshot(path);
    },
    async crash() {
      // The first process takes all others with it.
      browser.process()?.kill('SIGKILL');
      await closed;
      await display?.close();
    },
    async close() {
      await browser.close();
      await display?.close();
      if (!options.userDataDir) rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return { browser: testBrowser, puppeteer: browser };
}

function startProgram(
  program: string,
  userDataDir: string,
  screen: 'virtual' | 'desktop' | 'none',
  display: Display | undefined,
  { language = 'en', letWorkerSleep = false, proxy }: LaunchOptions,
): Promise<Browser> {
  return puppeteer.launch({
    executablePath: program,
    userDataDir,
    // Chrome installs unpacked extensions for a debugger only over a pipe.
    pipe: true,
    headless: screen === 'none',
    // That flag draws the bar "controlled by automated test software".
    ignoreDefaultArgs: ['--enable-automation'],
    // Only drops the flag --disable-extensions.
    enableExtensions: true,
    ...(letWorkerSleep ? { targetFilter: (target: Target) => target.type() !== TargetType.SERVICE_WORKER } : {}),
    // null: a page is as large as its window.
    defaultViewport: screen === 'none' ? displaySize : null,
    // On Linux the language comes from the environment, elsewhere from the flag.
    env: { ...process.env, LANGUAGE: language, ...(display ? { DISPLAY: display.name } : {}) },
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      // Without it --no-sandbox draws a bar that moves the page down.
      '--test-type',
      `--lang=${language === 'en' ? 'en-US' : language}`,
      // Without the exception a proxy is passed by for this machine.
      ...(proxy === undefined ? [] : [`--proxy-server=${proxy}`, '--proxy-bypass-list=<-loopback>']),
      '--no-first-run',
      '--no-default-browser-check',
      ...(screen === 'desktop'
        ? []
        : [
            '--disable-gpu',
            '--disable-component-update',
            '--window-position=0,0',
            `--window-size=${displaySize.width},${displaySize.height}`,
          ]),
      // The panel closes in 0.03 s instead of 0.37 s.
      ...(screen === 'desktop' ? [] : ['--animation-duration-scale=0']),
    ],
  });
}

const watched = new WeakSet<Page>();

/** Puts what goes wrong in the page on the list; of a tab only while it is at the extension. */
function watchPage(page: Page, violations: string[], origin = ''): void {
  if (watched.has(page)) return;
  watched.add(page);
  page.on('pageerror', (error) => {
    if (page.url().startsWith(origin)) violations.push(`${page.url()}: ${String(error)}`);
  });
  page.on('console', (message) => {
    if (message.type() === 'error' && page.url().startsWith(origin))
      violations.push(`${page.url()}: ${message.text()}`);
  });
}
