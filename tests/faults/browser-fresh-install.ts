/**
 * A fresh installation in which nothing was asked sends nothing, to no host and not to this machine. Every request of the
 * browser goes to a proxy that writes it down; what the same browser asks for without the extension is its own. The panel,
 * the quick prompt and every section of the options are opened meanwhile, and the background is ended and woken.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { sections } from '../../components/settings/place.ts';
import type { BrowserName } from '../support/browser/find-browser.ts';
import { launchBrowser } from '../support/browser/launch-browser.ts';
import type { TestBrowser } from '../support/browser/test-browser.ts';
import { buildFolder, root } from '../support/paths.ts';
import { type RecordingProxy, startRecordingProxy } from '../support/start-recording-proxy.ts';
import { type Finding, reportFinding, type Scale } from './browser-stage.ts';
import type { BrowserPart } from './run.ts';

export const run: BrowserPart = async ({ report, seed, browsers }) => {
  await Promise.all(
    browsers.map(async (name) => {
      for (const finding of await stayQuiet(name, 'whole', seed)) reportFinding(report, name, finding);
    }),
  );
};

/** Starts its own browsers. Nothing in it is random. */
export async function stayQuiet(name: BrowserName, scale: Scale, _seed: number): Promise<readonly Finding[]> {
  const minutes = scale === 'whole' ? 10 : 0;
  const [own, alone] = await Promise.all([
    record(buildFolder(name), name, async (browser) => {
      for (let minute = 0; minute < minutes; minute += 1) {
        await lookAround(browser);
        await browser.killWorker();
        await sleep(60_000);
      }
      await lookAround(browser);
    }),
    // As long as the other, with an extension that does nothing.
    scale === 'whole'
      ? record(join(root, 'tests', 'support', 'hostile-extension'), name, () => sleep(minutes * 60_000))
      : Promise.resolve([]),
  ]);
  const known = new Set(alone);
  const wrong = own.filter((host) => !known.has(host) && !isOfBrowser(host));
  return [
    {
      figure: `a fresh installation in which nothing was asked, ${minutes} minutes: requests`,
      bar: '0',
      measured: `${wrong.length} (${own.length - wrong.length} of the browser's own)`,
      wrong,
      seed: '',
    },
  ];
}

/** What browsers ask their makers for by themselves, now and then: no address that a provider has. */
function isOfBrowser(host: string): boolean {
  return /^(?:(?:.+\.)?(?:mozilla\.(?:org|com|net)|firefox\.com|gvt1\.com)|(?:clients\d*|accounts|www|android\.clients)\.google\.com|(?:update|safebrowsing|optimizationguide-pa|content-autofill)\.googleapis\.com)(?::\d+)?$/.test(
    host,
  );
}

async function record(
  extension: string,
  name: BrowserName,
  act: (browser: TestBrowser) => Promise<void>,
): Promise<readonly string[]> {
  const proxy: RecordingProxy = await startRecordingProxy();
  const browser = await launchBrowser(name, {
    extension,
    proxy: proxy.url,
    promptForPermissions: true,
    // As for a user: and the other extension has no background that a debugger could be attached to.
    letWorkerSleep: true,
  });
  try {
    // Else it would be quiet because nothing is heard. `.invalid` is nowhere: RFC 2606.
    await browser.firstTab.goto('http://control.invalid/').catch(() => undefined);
    const controls = proxy.hosts.filter((host) => host.startsWith('control.invalid')).length;
    if (controls === 0) throw new Error('the proxy hears nothing');
    await act(browser);
  } finally {
    await browser.close();
    await proxy.close();
  }
  return proxy.hosts.filter((host) => !host.startsWith('control.invalid'));
}

async function lookAround(browser: TestBrowser): Promise<void> {
  await browser.firstTab.bringToFront();
  const panel = await browser.openPanel();
  await panel.waitFor('the first-open screen', () => document.querySelector('.first-open') !== null);
  await panel.close();
  for (const page of ['quick.html', ...sections.map((section) => `options.html#${section}`)]) {
    const tab = await browser.openTab(`${browser.extensionOrigin}/${page}`);
    await tab.waitFor('the page', () => document.querySelector('textarea, main h2') !== null);
    await tab.close();
  }
}
