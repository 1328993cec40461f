/** Stop, in every state that a reply can wait in: how soon the panel says so, how soon the socket is closed. */
import { barOf, type Finding, runRows, type Scale, type Stage } from './browser-stage.ts';
import { askAnew, pressStop, seeEnd, seeText } from './browser-acts.ts';
import { countTokens } from './browser-many-streams.ts';
import { randomFrom } from './random.ts';
import { findStored, readStored, storedText } from './read-stored.ts';
import type { BrowserPart } from './run.ts';

export const run: BrowserPart = (world) => runRows(world, 'Stop', { chromium: [stopReplies], firefox: [stopReplies] });

/** What is under way when Stop comes; `at once`: as soon as the reply is there, whether it has been asked for or not. */
const moments = ['text', 'fast text', 'at once', 'text', 'before headers', 'after headers'] as const;

export async function stopReplies({ browser, server }: Stage, scale: Scale, seed: number): Promise<readonly Finding[]> {
  const runs = scale === 'whole' ? 100 : 6;
  const [panelMs, socketMs] = [barOf(100, scale), barOf(500, scale)];
  const random = randomFrom(seed);
  const panel = await browser.openPanel();
  const wrong: string[] = [];
  const panelTimes: number[] = [];
  const socketTimes: number[] = [];
  const stopped: {
    readonly replyId: string;
    readonly text: string;
    readonly tag: string;
    readonly question: string;
  }[] = [];
  for (let index = 0; index < runs; index += 1) {
    const tag = `s${index}`;
    const moment = moments[index % moments.length] ?? 'text';
    const question = questionFor(moment, tag);
    const replyId = await askAnew(panel, question);
    if (moment !== 'at once') await server.waitFor((one) => one.question === question);
    if (moment === 'text' || moment === 'fast text') await seeText(panel, `${tag}.${random.number(40)}`);
    const { clickedAt, stoppedMs, text } = await pressStop(panel, replyId);
    panelTimes.push(stoppedMs);
    if (moment !== 'at once' || server.requestsFor(question).length > 0) {
      const { startedAt, closedEarlyAt = 0 } = await server.waitFor(
        (one) => one.question === question && one.closedEarlyAt !== undefined,
      );
      const socketTime = Math.max(0, closedEarlyAt - clickedAt);
      socketTimes.push(socketTime);
      if (socketTime > socketMs) {
        const asked = `asked for ${startedAt - clickedAt} ms after Stop`;
        wrong.push(`${question} (${moment}): ${asked}, its socket closed after ${socketTime} ms`);
      }
    }
    stopped.push({ replyId, text, tag, question });
    const later = await seeEnd(panel, replyId);
    if (later.state !== 'stopped') wrong.push(`${question}: ${later.state}`);
    if (later.text !== text) wrong.push(`${question}: ${later.text.length - text.length} characters after Stop`);
  }
  // Whatever was still under way has arrived when a later question has been answered.
  await seeEnd(panel, await askAnew(panel, 'numbered last 3 0'));
  const stored = await readStored(panel);
  let tokensAfter = 0;
  for (const { replyId, text, tag, question } of stopped) {
    const requests = server.requestsFor(question);
    if (requests.length > 1) wrong.push(`${question}: asked for more than once`);
    if (requests.some(({ isFinished, closedEarlyAt }) => isFinished || closedEarlyAt === undefined))
      wrong.push(`${question}: its socket was not closed`);
    const reply = findStored(stored, replyId)?.reply;
    const kept = reply ? storedText(reply) : '';
    if (reply?.state !== 'stopped') wrong.push(`${tag} is stored as ${reply?.state ?? 'nothing'}`);
    if (!kept.startsWith(text)) wrong.push(`${tag}: what was shown is not on the disk`);
    tokensAfter += countTokens(kept) - countTokens(text);
  }
  await panel.close();
  const worst = (times: readonly number[]): number => Math.max(...times);
  if (worst(panelTimes) > panelMs) wrong.push(`in the panel: ${panelTimes.filter((ms) => ms > panelMs).join(', ')} ms`);
  if (tokensAfter > 0) wrong.push(`${tokensAfter} tokens more on the disk than were shown`);
  return [
    {
      figure: `Stop: in the panel / socket closed / tokens after, ${runs} runs, worst`,
      bar: `≤ ${panelMs} ms / ≤ ${socketMs} ms / 0`,
      measured: `${worst(panelTimes)} ms / ${worst(socketTimes)} ms / ${tokensAfter}`,
      wrong,
      seed: String(seed),
    },
  ];
}

function questionFor(moment: (typeof moments)[number], tag: string): string {
  switch (moment) {
    case 'text':
    case 'at once':
      return `numbered ${tag} 3000 100`;
    case 'fast text':
      return `numbered ${tag} 20000 2000`;
    case 'before headers':
      return `late ${tag} 3 60`;
    case 'after headers':
      return `pause ${tag} 1 1 60`;
  }
}
