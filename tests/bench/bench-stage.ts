/**
 * What every part of the benchmark stands on: one Chromium with the built extension and the floor in it, the server, and
 * a page of each to ask in. No debugger is attached to a worker.
 */
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'puppeteer-core';
import { launchOpenChromium } from '../support/browser/chromium.ts';
import type { TestBrowser } from '../support/browser/test-browser.ts';
import { waitUntil } from '../support/browser/wait-until.ts';
import { addDemoEndpoint } from '../support/demo-session/add-demo-endpoint.ts';
import { buildFolder, root } from '../support/paths.ts';
import { type BenchServer, startBenchServer } from './bench-server.ts';

/** What is measured: the panel, and the two floors it is measured against. */
export const ways = ['ava', 'port', 'fetch'] as const;
export type Way = (typeof ways)[number];

export interface BenchStage {
  readonly browser: TestBrowser;
  readonly puppeteer: Browser;
  readonly protocol: CDPSession;
  readonly server: BenchServer;
  readonly floorOrigin: string;
  /** A new window as wide as a side panel, at one of the pages. */
  openPage(way: Way): Promise<Page>;
  /** Seconds of processor time that extension pages, workers and the browser itself have had so far. */
  cpuSeconds(): Promise<number>;
  close(): Promise<void>;
}

export const panelSize = { width: 400, height: 760 };

export async function openBenchStage(): Promise<BenchStage> {
  const server = await startBenchServer();
  const { browser, puppeteer } = await launchOpenChromium({
    extension: buildFolder('chromium'),
    letWorkerSleep: true,
    url: `${server.url}/page`,
  });
  const floorId = await puppeteer.installExtension(join(root, 'tests', 'bench', 'floor'));
  const floorOrigin = `chrome-extension://${floorId}`;
  await addDemoEndpoint(browser, server.url);
  const protocol = await puppeteer.target().createCDPSession();
  return {
    browser,
    puppeteer,
    protocol,
    server,
    floorOrigin,
    openPage: async (way) => {
      const page = await puppeteer.newPage({ type: 'window', windowBounds: { ...panelSize } });
      await page.setViewport({ ...panelSize });
      await page.goto(addressOf({ browser, floorOrigin }, way));
      await makeReady(page, way, server.url);
      return page;
    },
    cpuSeconds: async () => {
      const { processInfo } = await protocol.send('SystemInfo.getProcessInfo');
      return processInfo
        .filter(({ type }) => type === 'renderer' || type === 'browser')
        .reduce((sum, { cpuTime }) => sum + cpuTime, 0);
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

export function addressOf({ browser, floorOrigin }: Pick<BenchStage, 'browser' | 'floorOrigin'>, way: Way): string {
  return way === 'ava' ? `${browser.extensionOrigin}/sidepanel.html` : `${floorOrigin}/page.html`;
}

/** Waits until a question can be asked there. */
export async function makeReady(page: Page, way: Way, serverUrl: string): Promise<void> {
  await page.waitForSelector('textarea');
  const client = await page.createCDPSession();
  // Else only one of the windows would take keys.
  await client.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  if (way === 'ava') {
    await page.waitForFunction(() => document.querySelector('.model-button')?.textContent?.includes('bench'));
    return;
  }
  await page.evaluate(
    (wanted, url) => {
      document.body.dataset['way'] = wanted;
      document.body.dataset['url'] = url;
    },
    way,
    serverUrl,
  );
  await page.waitForFunction(() => document.body.dataset['ready'] !== undefined);
}

/** A new chat where there are chats. */
export async function clearPage(page: Page, way: Way): Promise<void> {
  if (way !== 'ava') {
    await page.evaluate(() => document.querySelector('main')?.replaceChildren());
    return;
  }
  await page.click('.bar button[aria-label="New chat"]');
  await page.waitForFunction(() => document.querySelector('article') === null);
}

/** Ends workers and pages of the two extensions, as the browser does. */
export function endTargets(
  { protocol, browser, floorOrigin }: BenchStage,
  wanted: (target: { readonly type: string }) => boolean,
): Promise<unknown> {
  const asked = new Set<string>();
  return waitUntil('workers and pages to end', async () => {
    const { targetInfos } = await protocol.send('Target.getTargets', { filter: [{}] });
    const left = targetInfos.filter(
      (target) =>
        wanted(target) && [browser.extensionOrigin, floorOrigin].some((origin) => target.url.startsWith(`${origin}/`)),
    );
    for (const { targetId } of left) {
      // Asked twice, a worker stays for a debugger that never comes.
      if (!asked.has(targetId)) await protocol.send('Target.closeTarget', { targetId });
      asked.add(targetId);
    }
    return left.length === 0;
  });
}
