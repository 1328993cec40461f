/**
 * The worker killed in mid-stream, at many ages of a 60 s stream (Chromium). No developer tools are attached to it
 * at any time: they would keep it alive. Several windows show a stream each, of different ages, so that one kill is several
 * points. It is ended by `Target.closeTarget` on the browser's own connection, which needs no session with the worker.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Surface } from '../support/browser/surface.ts';
import { askAnew, readShown, watchShown } from './browser-acts.ts';
import { barOf, eventually, type Finding, runRows, type Scale, type Stage } from './browser-stage.ts';
import { countTokens, findFault } from './browser-many-streams.ts';
import { findStored, readStored, storedText } from './read-stored.ts';
import type { BrowserPart } from './run.ts';

export const run: BrowserPart = (world) =>
  runRows(world, 'worker kills', { chromium: [killWorkers] }, { letWorkerSleep: true });

const streamSeconds = 60;
const tokensPerSecond = 50;

interface Point {
  readonly tag: string;
  readonly panel: Surface;
  readonly replyId: string;
}

export async function killWorkers(stage: Stage, scale: Scale, seed: number): Promise<readonly Finding[]> {
  const { browser, server } = stage;
  const [points, windows] = scale === 'whole' ? [100, 5] : [4, 2];
  const longestMs = scale === 'whole' ? streamSeconds * 1000 - 500 : 3000;
  const panels = [await browser.openPanel()];
  while (panels.length < windows) panels.push(await browser.openSecondWindowPanel(`${server.url}/page`));
  for (const panel of panels) await watchShown(panel);
  const saysSoMs = barOf(2000, scale);
  const wrong: string[] = [];
  const saidMs: number[] = [];
  let [lost, shownInAll] = [0, 0];

  for (let round = 0; round < points / windows; round += 1) {
    // The ages of one round lie beside each other: the oldest sets how long it takes.
    const ages = panels.map((_, index) => ((round * windows + index + 1) / points) * longestMs);
    const oldest = Math.max(...ages);
    const startedAt = Date.now();
    const streams: Point[] = [];
    for (const [index, panel] of panels.toReversed().entries()) {
      const wait = startedAt + oldest - (ages.toReversed()[index] ?? 0) - Date.now();
      if (wait > 0) await sleep(wait);
      const tag = `k${round}w${index}`;
      const question = `numbered ${tag} ${streamSeconds * tokensPerSecond} ${tokensPerSecond}`;
      streams.push({ tag, panel, replyId: await askAnew(panel, question) });
    }
    const rest = startedAt + oldest - Date.now();
    if (rest > 0) await sleep(rest);
    const killedAt = Date.now();
    await browser.killWorker();

    for (const { tag, panel, replyId } of streams) {
      await eventually(`${tag} to be interrupted`, async () =>
        (await readShown(panel, replyId)).states.some(({ state }) => state === 'interrupted'),
      ).catch((error: unknown) => void wrong.push(String(error)));
      const { longest, states } = await readShown(panel, replyId);
      const said = states.find(({ state }) => state === 'interrupted');
      if (!said) continue;
      saidMs.push(said.at - killedAt);
      const now = states.at(-1)?.text ?? '';
      if (!now.startsWith(longest)) wrong.push(`${tag}: ${longest.length - now.length} characters gone from the panel`);
      shownInAll += longest.length;
      // What the panel holds is handed over; it is on the disk within the time of a checkpoint.
      let kept = '';
      await eventually(
        `${tag} to be on the disk as it was shown`,
        async () => {
          const reply = findStored(await readStored(panel), replyId)?.reply;
          kept = reply ? storedText(reply) : '';
          return reply?.state === 'interrupted' && kept.startsWith(longest);
        },
        3000,
      ).catch(() => {
        lost += Math.max(0, longest.length - kept.length);
        wrong.push(`${tag}: ${longest.length} characters were shown, ${kept.length} are on the disk`);
      });
      const fault = findFault(kept, tag, countTokens(kept));
      if (kept !== '' && fault) wrong.push(`${tag} on the disk: ${fault}`);
      const requests = server.requests.filter(({ question }) => question.includes(` ${tag} `)).length;
      if (requests > 1) wrong.push(`${tag} was asked for ${requests} times`);
    }
  }
  for (const panel of panels.toReversed()) await panel.close();
  const worst = Math.max(...saidMs);
  const late = saidMs.filter((ms) => ms > saysSoMs);
  if (late.length > 0) wrong.push(`the panel said so after ${late.join(', ')} ms`);
  return [
    {
      figure: `worker killed at ${points} points of a ${longestMs < 10_000 ? `stream's first ${longestMs / 1000} s` : '60 s stream'}, no tools attached: shown characters lost; time until the panel says so`,
      bar: `0; ≤ ${saysSoMs / 1000} s`,
      measured: `${lost} of ${shownInAll}; ${worst} ms (${saidMs.length} points)`,
      wrong: saidMs.length < points && wrong.length === 0 ? ['not all points were reached'] : wrong,
      seed: String(seed),
    },
  ];
}
