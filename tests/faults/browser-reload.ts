/**
 * The extension reloaded in mid-stream (`runtime.reload`, which an update comes to as well): its background and its pages
 * end at once. What a checkpoint had taken is there, at most a quarter of a second of what was shown is not, and the reply
 * says so and offers Continue. Firefox only; docs/reliability.md says how to try it in Chromium.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Surface } from '../support/browser/surface.ts';
import { askAnew, openConversation, seeEnd, seeText } from './browser-acts.ts';
import { countTokens, findFault } from './browser-many-streams.ts';
import { barOf, eventually, type Finding, runRows, type Scale, type Stage } from './browser-stage.ts';
import { randomFrom } from './random.ts';
import { findStored, readConversations, readStored, storedText } from './read-stored.ts';
import type { BrowserPart } from './run.ts';

export const run: BrowserPart = (world) =>
  runRows(
    world,
    'reloads',
    // Chromium 156 ends when the action of a reloaded extension is triggered by the protocol, and forgets its shortcuts.
    { firefox: [reloadExtension] },
    // Else Firefox forgets the storage of an extension that is there for one session only.
    {
      letWorkerSleep: true,
      prefs: {
        'extensions.webextensions.keepStorageOnUninstall': true,
        'extensions.webextensions.keepUuidOnUninstall': true,
      },
    },
  );

const tokensPerSecond = 100;
/** The reply has to say how it ended within that time of being on screen. */
const saysSoMs = 2000;

/** `stage`: launched with `letWorkerSleep`. */
export async function reloadExtension(stage: Stage, scale: Scale, seed: number): Promise<readonly Finding[]> {
  const points = scale === 'whole' ? 10 : 1;
  const lostMs = barOf(250, scale);
  const random = randomFrom(seed);
  const found: Found = { wrong: [], checkpointedLost: 0, shownLost: [] };
  for (let index = 0; index < points; index += 1) {
    const ageMs = ((index + random.number(100) / 100) / points) * 5000 + 200;
    await reloadOnce(stage, `a${index}`, ageMs, found);
  }
  const { wrong, checkpointedLost, shownLost } = found;
  const worst = Math.max(...shownLost);
  if (worst > lostMs) wrong.push(`${worst} ms of the stream are lost`);
  return [
    {
      figure: `extension reloaded at ${points} points of a stream: checkpointed characters lost; shown characters lost; asked again`,
      bar: `0; ≤ ${lostMs} ms of stream; 0`,
      measured: wrong.length === 0 ? `${checkpointedLost}; ${worst} ms at most; 0` : `${wrong.length} wrong`,
      wrong,
      seed: String(seed),
    },
  ];
}

interface Found {
  readonly wrong: string[];
  checkpointedLost: number;
  /** In milliseconds of the stream. */
  readonly shownLost: number[];
}

async function reloadOnce(stage: Stage, tag: string, ageMs: number, found: Found): Promise<void> {
  const { browser, server } = stage;
  const question = `numbered ${tag} 3000 ${tokensPerSecond}`;
  const panel = (await browser.panel()) ?? (await browser.openPanel());
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

  const next = await reloadAndReopen(stage, panel);
  await openConversation(next, conversationId, replyId);
  const seen = await seeEnd(next, replyId, saysSoMs);
  const stored = findStored(await readStored(next), replyId)?.reply;
  const kept = stored ? storedText(stored) : '';
  const tokensLost = Math.max(0, countTokens(shown) - countTokens(kept));
  found.shownLost.push((tokensLost * 1000) / tokensPerSecond);
  found.checkpointedLost += Math.max(0, checkpointed.length - kept.length);
  const wrong = (words: string): void => void found.wrong.push(`${tag}: ${words}`);
  if (!kept.startsWith(checkpointed)) wrong('the checkpoint is not as it was');
  const fault = findFault(kept, tag, countTokens(kept));
  if (fault) wrong(fault);
  if (seen.state !== 'interrupted') wrong(`shown as ${seen.state}`);
  if (stored?.state !== 'interrupted') wrong(`stored as ${stored?.state ?? 'nothing'}`);
  if (seen.text !== kept) wrong(`the panel shows ${seen.text.length} characters, the disk has ${kept.length}`);
  if (!seen.everything.includes('Continue')) wrong('no Continue');
  if (server.requestsFor(question).length !== 1) wrong(`asked for ${server.requestsFor(question).length} times`);
}

interface RuntimeScope {
  readonly chrome: { readonly runtime: { reload(): void } };
}

/** Gives the panel as it is opened again when the extension is back. */
async function reloadAndReopen({ browser }: Stage, panel: Surface): Promise<Surface> {
  // A little later, so that the page can still answer.
  await panel.evaluate(() => {
    const { chrome } = globalThis as unknown as RuntimeScope;
    setTimeout(() => chrome.runtime.reload(), 50);
  });
  await eventually('the panel to be closed by the reload', async () => !(await panel.isOpen()));
  // The browser tells the new background that it has been installed.
  await eventually('the background to run again', () => browser.workerAlive().catch(() => false));
  await sleep(500);
  return browser.openPanel();
}
