/**
 * The whole browser killed (SIGKILL) in mid-stream and started again with the same profile: what a checkpoint had taken
 * is there, at most a quarter of a second of what was shown is not, and the reply says so and offers Continue.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser, makeProfileFolder, type BrowserName } from '../support/browser/find-browser.ts';
import type { LaunchOptions } from '../support/browser/test-browser.ts';
import { startFaultServer } from '../support/fault-server/start-fault-server.ts';
import { barOf, type Finding, openStage, reportFinding, type Scale } from './browser-stage.ts';
import { randomFrom } from './random.ts';
import type { BrowserPart } from './run.ts';
import { judgeKept, type Losses, streamUntil } from './streamed-fault.ts';

export const run: BrowserPart = async ({ report, seed, browsers, signal }) => {
  for (const name of browsers) {
    if (signal.aborted) return;
    for (const finding of await crashBrowsers(name, 'whole', seed)) reportFinding(report, name, finding);
  }
};

/** Starts its own browsers: each ends with a crash. */
export async function crashBrowsers(name: BrowserName, scale: Scale, seed: number): Promise<readonly Finding[]> {
  const points = scale === 'whole' ? 20 : 1;
  const lostMs = barOf(250, scale);
  const random = randomFrom(seed);
  const server = await startFaultServer();
  const userDataDir = makeKeptProfile(name);
  const options = { ...keptProfile(userDataDir), server };
  const losses: Losses = { wrong: [], checkpointedLost: 0, shownLost: [] };
  let faults = 0;
  try {
    let stage = await openStage(name, options);
    for (let index = 0; index < points; index += 1) {
      const ageMs = ((index + 0.2 + random.number(60) / 100) / points) * (scale === 'whole' ? 6000 : 1500) + 100;
      const reply = await streamUntil(await stage.browser.openPanel(), server, `c${index}`, ageMs);
      await stage.browser.crash();
      stage = await openStage(name, { ...options, withEndpoint: false });
      const panel = await stage.browser.openPanel();
      await judgeKept(panel, server, reply, losses);
      await panel.close();
      faults += (await stage.faults()).length;
    }
    await stage.close();
  } finally {
    await server.close();
    rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  }
  const { wrong, checkpointedLost, shownLost } = losses;
  if (faults > 0) wrong.push(`${faults} uncaught errors`);
  const worst = Math.max(...shownLost);
  if (worst > lostMs) wrong.push(`${worst} ms of the stream are lost`);
  return [
    {
      figure: `browser killed (SIGKILL) at ${points} points: checkpointed characters lost; shown characters lost`,
      bar: `0; ≤ ${lostMs} ms of stream`,
      measured: `${checkpointedLost}; ${worst} ms at most`,
      wrong,
      seed: String(seed),
    },
  ];
}

/** Where a profile may lie that outlives its browser. */
export function makeKeptProfile(name: BrowserName): string {
  const program = findBrowser(name);
  return program ? makeProfileFolder(program) : mkdtempSync(join(tmpdir(), 'ava-'));
}

/** Firefox removes the storage of an extension that was installed for one session only, unless told to keep it. */
export function keptProfile(userDataDir: string): Pick<LaunchOptions, 'userDataDir' | 'prefs'> {
  return {
    userDataDir,
    prefs: {
      'extensions.webextensions.keepStorageOnUninstall': true,
      'extensions.webextensions.keepUuidOnUninstall': true,
      'browser.sessionstore.resume_from_crash': false,
      'toolkit.startup.max_resumed_crashes': -1,
    },
  };
}
