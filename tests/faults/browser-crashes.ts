/**
 * The whole browser killed (SIGKILL) in mid-stream and started again with the same profile: what a checkpoint had taken
 * is there, at most a quarter of a second of what was shown is not, and the reply says so and offers Continue.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser, makeProfileFolder, type BrowserName } from '../support/browser/find-browser.ts';
import type { LaunchOptions } from '../support/browser/test-browser.ts';
import { type FaultServer, startFaultServer } from '../support/fault-server/start-fault-server.ts';
import { askAnew, openConversation, seeEnd, seeText } from './browser-acts.ts';
import { countTokens, findFault } from './browser-many-streams.ts';
import { barOf, type Finding, openStage, reportFinding, type Scale, type Stage } from './browser-stage.ts';
import { randomFrom } from './random.ts';
import { findStored, readConversations, readStored, storedText } from './read-stored.ts';
import type { BrowserPart } from './run.ts';

export const run: BrowserPart = async ({ report, seed, browsers, signal }) => {
  for (const name of browsers) {
    if (signal.aborted) return;
    for (const finding of await crashBrowsers(name, 'whole', seed)) reportFinding(report, name, finding);
  }
};

const tokensPerSecond = 100;

/** Starts its own browsers: each ends with a crash. */
export async function crashBrowsers(name: BrowserName, scale: Scale, seed: number): Promise<readonly Finding[]> {
  const points = scale === 'whole' ? 20 : 1;
  const lostMs = barOf(250, scale);
  const random = randomFrom(seed);
  const server = await startFaultServer();
  const userDataDir = makeKeptProfile(name);
  const options = { ...keptProfile(userDataDir), server };
  const found: Found = { wrong: [], checkpointedLost: 0, shownLost: [] };
  let faults = 0;
  try {
    let stage = await openStage(name, options);
    for (let index = 0; index < points; index += 1) {
      const ageMs = ((index + 0.2 + random.number(60) / 100) / points) * (scale === 'whole' ? 6000 : 1500) + 100;
      stage = await crashOnce(
        stage,
        { tag: `c${index}`, ageMs, server, reopen: () => openStage(name, { ...options, withEndpoint: false }) },
        found,
      );
      faults += (await stage.faults()).length;
    }
    await stage.close();
  } finally {
    await server.close();
    rmSync(userDataDir, { recursive: true, force: true, maxRetries: 5 });
  }
  const { wrong, checkpointedLost, shownLost } = found;
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

interface Found {
  readonly wrong: string[];
  checkpointedLost: number;
  /** In milliseconds of the stream. */
  readonly shownLost: number[];
}

interface Crash {
  readonly tag: string;
  readonly ageMs: number;
  readonly server: FaultServer;
  readonly reopen: () => Promise<Stage>;
}

/** Gives the browser that was started after the crash. */
async function crashOnce(stage: Stage, { tag, ageMs, server, reopen }: Crash, found: Found): Promise<Stage> {
  const question = `numbered ${tag} 3000 ${tokensPerSecond}`;
  const panel = await stage.browser.openPanel();
  const replyId = await askAnew(panel, question);
  const { startedAt } = await server.waitFor((request) => request.question === question);
  await seeText(panel, `${tag}.0`);
  const conversationId = findStored(await readStored(panel), replyId)?.conversation.id ?? '';
  let [shown, checkpointed] = ['', ''];
  do {
    const reply = findStored(await readConversations(panel, [conversationId]), replyId)?.reply;
    checkpointed = reply ? storedText(reply) : '';
    // Last: what is on screen when the end comes.
    shown = (await seeEnd(panel, replyId, 0)).text;
  } while (Date.now() - startedAt < ageMs);
  await stage.browser.crash();

  const next = await reopen();
  const nextPanel = await next.browser.openPanel();
  const stored = findStored(await readStored(nextPanel), replyId)?.reply;
  const kept = stored ? storedText(stored) : '';
  const tokensLost = Math.max(0, countTokens(shown) - countTokens(kept));
  found.shownLost.push((tokensLost * 1000) / tokensPerSecond);
  found.checkpointedLost += Math.max(0, checkpointed.length - kept.length);
  if (!kept.startsWith(checkpointed)) found.wrong.push(`${tag}: the checkpoint is not as it was`);
  const fault = findFault(kept, tag, countTokens(kept));
  if (fault) found.wrong.push(`${tag}: ${fault}`);

  await openConversation(nextPanel, conversationId, replyId).catch(
    (error: unknown) => void found.wrong.push(String(error)),
  );
  const seen = await seeEnd(nextPanel, replyId, 2000);
  if (seen.state !== 'interrupted') found.wrong.push(`${tag} is shown as ${seen.state}`);
  if (seen.text !== kept)
    found.wrong.push(`${tag}: the panel shows ${seen.text.length} characters, the disk has ${kept.length}`);
  // Where nothing had come there is nothing to go on from.
  const button = kept === '' ? 'Retry' : 'Continue';
  if (!seen.everything.includes(button)) found.wrong.push(`${tag}: no ${button}`);
  if (server.requestsFor(question).length !== 1) found.wrong.push(`${tag} was asked for again`);
  await nextPanel.close();
  return next;
}
