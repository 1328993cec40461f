/**
 * Starts Firefox with the unpacked extension and drives it over WebDriver BiDi, whose `moz:scope` opens the browser's own
 * window: functions with all privileges do there what WebDriver has no command for (firefox-privileged.js).
 *
 * Real, headless or not: the sidebar; its background and the end of it; the action's popup; trusted clicks and keys,
 * which enter at the browser's window and find their way as the operating system's would (to shortcuts, to the sidebar, to the
 * page); the toolbar button; the context menu and its submenu; the permission prompt.
 *
 * Simulated: keys and clicks start inside the browser, not at the window system, and say nothing about the window
 * manager. The entry in the context menu, and the button of the prompt, are activated by the browser's own functions and
 * not by a mouse. `action` triggers the action as its shortcut would. `grantOrigins` writes the permission. The picture of
 * a headless window lacks popups, menus and prompts. The address bar shows that the browser is under remote control.
 *
 * Keys reach the page's process later than `type` and `press` return: wait for their effect.
 */
import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { displaySize, startDisplay } from './display.ts';
import { findBrowser, makeProfileFolder } from './find-browser.ts';
import { connectToFirefox } from './firefox-connection.ts';
import { makePrivileged } from './firefox-privileged.js';
import { makeFirefoxDocument, makeFirefoxSurface, makeFirefoxTab, type Remote } from './firefox-surface.ts';
import { readManifest, suggestedKey } from './read-manifest.ts';
import { parseKeys, type Surface, type TabSurface } from './surface.ts';
import type { LaunchOptions, TestBrowser } from './test-browser.ts';
import { waitUntil } from './wait-until.ts';

/** Fixed by a setting, so that the extension's origin is known beforehand. */
const extensionUuid = '11111111-2222-4333-8444-555555555555';

export async function launchFirefox(options: LaunchOptions): Promise<TestBrowser> {
  const program = findBrowser('firefox');
  if (!program) throw new Error('No Firefox found: install one (Debian: firefox-esr), or set FIREFOX_PATH.');
  const addonId = readAddonId(options.extension);
  const screen = options.screen ?? 'none';
  const display = screen === 'virtual' ? await startDisplay() : undefined;
  const profile = options.userDataDir ?? makeProfileFolder(program);
  writeSettings(profile, addonId, options);
  const child = spawn(
    program,
    [
      ...(screen === 'none' ? ['--headless'] : []),
      ...(screen === 'desktop' ? [] : ['--width', String(displaySize.width), '--height', String(displaySize.height)]),
      '--no-remote',
      '--profile',
      profile,
      '--remote-debugging-port=0',
      '--remote-allow-system-access',
      'about:blank',
    ],
    {
      env: { ...process.env, MOZ_CRASHREPORTER_DISABLE: '1', ...(display ? { DISPLAY: display.name } : {}) },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  const kill = (): void => void child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = new Promise<void>((settle) => child.once('exit', () => settle()));
  const address = await new Promise<string>((found, fail) => {
    let text = '';
    child.stderr.on('data', (part: Buffer) => {
      text += part.toString();
      const match = /WebDriver BiDi listening on (ws:\S+)/.exec(text)?.[1];
      if (match) found(match);
    });
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`Firefox ended with ${code}: ${text}`)));
  });
  const connection = await connectToFirefox(`${address}/session`);
  await connection.send('session.new', { capabilities: {} });
  const { contexts } = (await connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' })) as {
    contexts: readonly { context: string }[];
  };
  const windowContext = contexts[0]?.context;
  if (!windowContext) throw new Error('Firefox has no window');
  await connection.call(
    windowContext,
    `(addonId) => { globalThis.avaDriver = (${makePrivileged.toString()})(addonId); }`,
    addonId,
  );
  const remote: Remote = async (name, ...parameters) =>
    (await connection.call(
      windowContext,
      '(name, parameters) => globalThis.avaDriver[name](...parameters.map((value) => value ?? undefined))',
      name,
      parameters,
    )) as never;

  await remote('setLanguage', options.language ?? 'en');
  await connection.send('webExtension.install', { extensionData: { type: 'path', path: resolve(options.extension) } });
  const extensionOrigin = `moz-extension://${extensionUuid}`;

  const waitForPanel = async (known: readonly number[] = []): Promise<Surface> => {
    const browserId = await waitUntil('the sidebar', async () =>
      (await remote('listPanels', `${extensionOrigin}/sidepanel.html`)).find((candidate) => !known.includes(candidate)),
    );
    return makeFirefoxSurface(remote, browserId);
  };
  const waitForQuickPrompt = async (): Promise<Surface> => {
    const browserId = await waitUntil(
      'the quick prompt',
      async () => (await remote('listPopups', `${extensionOrigin}/quick.html`))[0],
    );
    return makeFirefoxSurface(remote, browserId);
  };
  const openTab = async (url: string): Promise<TabSurface> => addTab(await remote('openTab', url));
  const tabIds = new Map<TabSurface, number>();
  const addTab = async (browserId: number): Promise<TabSurface> => {
    const tab = await makeFirefoxTab(remote, browserId);
    tabIds.set(tab, browserId);
    return tab;
  };
  const shortcut = (keys: string): Promise<void> => {
    const { modifiers, key } = parseKeys(keys);
    return remote('press', undefined, modifiers, key);
  };

  const firstTab = await addTab(await remote('currentTab'));
  if (options.url) await firstTab.goto(options.url);

  return {
    name: 'firefox',
    extensionOrigin,
    extensionId: addonId,
    display,
    firstTab,
    closed: ended,
    async openPanel(entry = 'action') {
      const known = await remote('listPanels', extensionOrigin);
      switch (entry) {
        case 'action':
          await remote('triggerAction');
          break;
        case 'toolbar-click':
          await remote('clickToolbarButton');
          break;
        case 'shortcut':
          await shortcut(suggestedKey(options.extension, 'open-panel'));
          break;
      }
      return waitForPanel(known);
    },
    async panel() {
      const [browserId] = await remote('listPanels', `${extensionOrigin}/sidepanel.html`);
      return browserId === undefined ? undefined : makeFirefoxSurface(remote, browserId);
    },
    waitForPanel: () => waitForPanel(),
    async openSecondWindowPanel(url = 'about:blank') {
      const known = await remote('listPanels', extensionOrigin);
      await remote('openWindow', url);
      // A new window has the sidebar open when the window has that it was opened from.
      if (known.length === 0) await remote('triggerAction');
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
    typeWhereFocusIs: (text) => remote('type', undefined, text),
    async chooseFromContextMenu(tab, selector, { item, items }) {
      const browserId = tabIds.get(tab);
      if (browserId === undefined) throw new Error('the context menu needs a tab');
      await tab.bringToFront();
      const { x, y } = await selectText(tab, selector);
      await remote('click', browserId, x, y, 2);
      await waitUntil('the context menu', () => remote('isContextMenuOpen'));
      const found = await remote('chooseFromContextMenu', item);
      if (found.join('|') !== items.join('|')) throw new Error(`the submenu has ${found.join(', ')}`);
    },
    grantOrigins: (origins) => remote('grantOrigins', origins),
    async answerPermissionPrompt(ask, allow) {
      await ask();
      await waitUntil('the permission prompt', () => remote('isPromptOpen'));
      await remote('answerPrompt', allow);
      await waitUntil('the permission prompt to close', async () => !(await remote('isPromptOpen')));
    },
    killWorker: () => remote('killBackground'),
    workerAlive: () => remote('isBackgroundAlive'),
    async evaluateInBackground(pageFunction, ...parameters) {
      const background = makeFirefoxDocument(remote, await remote('background'));
      return background.evaluate(pageFunction, ...parameters);
    },
    async installAnother(extension) {
      const { extension: id } = (await connection.send('webExtension.install', {
        extensionData: { type: 'path', path: resolve(extension) },
      })) as { extension: string };
      return remote('originOf', id);
    },
    readHeap: () => Promise.reject(new Error('Firefox gives no heap snapshot')),
    violations: () => remote('violations'),
    async screenshotWindow(path) {
      if (display) await display.screenshot(path);
      else writeFileSync(path, Buffer.from(await remote('pictureOfWindow'), 'base64'));
    },
    async crash() {
      kill();
      await ended;
      process.off('exit', kill);
      await display?.close();
    },
    async close() {
      const force = setTimeout(kill, 5000);
      // It may go away before it answers.
      await connection.send('browser.close').catch(() => undefined);
      await ended;
      clearTimeout(force);
      process.off('exit', kill);
      await display?.close();
      if (!options.userDataDir) rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function readAddonId(extension: string): string {
  const id = readManifest(extension).browser_specific_settings?.gecko?.id;
  if (!id) throw new Error(`${extension} is not built for Firefox: its manifest has no gecko id`);
  return id;
}

function writeSettings(
  profile: string,
  addonId: string,
  { promptForPermissions = false, language = 'en', proxy, prefs }: LaunchOptions,
): void {
  const settings = {
    'extensions.webextensions.uuids': JSON.stringify({ [addonId]: extensionUuid }),
    'extensions.webextOptionalPermissionPrompts': promptForPermissions,
    // Prompts take answers at once, not only after half a second.
    'security.notification_enable_delay': 0,
    // What is recommended for remote control pretends a focus that popups then do not get.
    'focusmanager.testmode': false,
    'intl.accept_languages': language === 'en' ? 'en-US, en' : `${language}, en`,
    'browser.shell.checkDefaultBrowser': false,
    'browser.startup.page': 0,
    'browser.aboutwelcome.enabled': false,
    'datareporting.policy.dataSubmissionEnabled': false,
    'termsofuse.bypassNotification': true,
    // Processes that stand by, and those for media: a start costs a quarter less without them.
    'dom.ipc.processPrelaunch.enabled': false,
    'media.rdd-process.enabled': false,
    'media.utility-process.enabled': false,
    // Sidebars and popups come and go at once.
    'ui.prefersReducedMotion': 1,
    ...(proxy === undefined ? {} : proxySettings(new URL(proxy))),
    ...prefs,
  };
  const lines = Object.entries(settings).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  writeFileSync(join(profile, 'user.js'), lines.join(''));
}

/** This machine is no exception. What Firefox itself asks for at a start is left out as far as it can be. */
function proxySettings({ hostname, port }: URL): NonNullable<LaunchOptions['prefs']> {
  return {
    'network.proxy.type': 1,
    'network.proxy.http': hostname,
    'network.proxy.http_port': Number(port),
    'network.proxy.ssl': hostname,
    'network.proxy.ssl_port': Number(port),
    'network.proxy.no_proxies_on': '',
    'network.proxy.allow_hijacking_localhost': true,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
  };
}

/** Gives a point inside the selection. */
function selectText(tab: Surface, selector: string): Promise<{ x: number; y: number }> {
  return tab.evaluate((wanted: string) => {
    const element = document.querySelector(wanted);
    if (!element) throw new Error(`no element ${wanted}`);
    element.scrollIntoView({ block: 'center' });
    getSelection()?.selectAllChildren(element);
    const box = getSelection()?.getRangeAt(0).getClientRects()[0];
    if (!box) throw new Error('nothing to select');
    return { x: box.x + Math.min(40, box.width / 2), y: box.y + box.height / 2 };
  }, selector);
}
