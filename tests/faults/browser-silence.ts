/**
 * Replies that let one wait: 45 s of silence in the middle, headers after 90 s, a 400 s drip; each with the panel open and
 * closed. Each has the browser to itself while it lasts, so that nothing else keeps the background awake, and no
 * developer tools are attached to it.
 */
import type { BrowserName } from '../support/browser/find-browser.ts';
import { numberedText } from '../support/fault-server/plays.ts';
import { askAnew, openConversation, seeEnd, type SeenReply } from './browser-acts.ts';
import { eventually, type Finding, openStage, reportFinding, type Scale, type Stage } from './browser-stage.ts';
import { findStored, readStored, storedText } from './read-stored.ts';
import type { BrowserPart } from './run.ts';

export const run: BrowserPart = async ({ report, seed, browsers }) => {
  const both = await Promise.all(
    browsers.map(async (name) => ({ name, findings: await waitThroughSilence(name, 'whole', seed) })),
  );
  for (const { name, findings } of both) for (const finding of findings) reportFinding(report, name, finding);
};

interface Wait {
  readonly what: string;
  readonly question: string;
  readonly text: string;
  readonly atMostMs: number;
}

const waits: Readonly<Record<'silence' | 'headers' | 'drip', Wait>> = {
  silence: {
    what: '45 s of silence in the middle',
    question: 'pause m 40 20 45',
    text: numberedText('m', 40),
    atMostMs: 60_000,
  },
  headers: { what: 'headers after 90 s', question: 'late h 20 90', text: numberedText('h', 20), atMostMs: 110_000 },
  drip: { what: 'a 400 s drip', question: 'drip d 201 400', text: numberedText('d', 201), atMostMs: 430_000 },
};

/** Starts its own browsers, one with the panel open and one with it closed. Nothing in it is random. */
export async function waitThroughSilence(name: BrowserName, scale: Scale, _seed: number): Promise<readonly Finding[]> {
  const chosen = scale === 'whole' ? [waits.silence, waits.headers, waits.drip] : [waits.silence];
  const each = await Promise.all(
    [true, false].map(async (isPanelOpen) => {
      const stage = await openStage(name, { letWorkerSleep: true });
      const findings: Finding[] = [];
      try {
        for (const wait of chosen) findings.push(await waitOnce(stage, wait, isPanelOpen));
        const faults = await stage.faults();
        if (faults.length > 0)
          findings.push({
            figure: 'silence: uncaught errors',
            bar: '0',
            measured: String(faults.length),
            wrong: faults,
            seed: '',
          });
      } finally {
        await stage.close();
      }
      return findings;
    }),
  );
  return each.flat();
}

async function waitOnce({ browser, server }: Stage, wait: Wait, isPanelOpen: boolean): Promise<Finding> {
  const wrong: string[] = [];
  let panel = await browser.openPanel();
  const replyId = await askAnew(panel, wait.question);
  const request = await server.waitFor(({ question }) => question === wait.question);
  if (!isPanelOpen) await panel.close();
  await eventually(
    `${wait.what}: the end of the answer`,
    () => request.isFinished || request.closedEarlyAt !== undefined,
    wait.atMostMs,
  ).catch((error: unknown) => void wrong.push(String(error)));
  if (!isPanelOpen) panel = await browser.openPanel();
  const found = findStored(await readStored(panel), replyId);
  if (found) await openConversation(panel, found.conversation.id, replyId);
  const seen: SeenReply = await seeEnd(panel, replyId, 5000);
  if (seen.state !== 'complete') wrong.push(`shown as ${seen.state} ${seen.failure}`);
  if (seen.text !== wait.text) wrong.push(`shows ${seen.text.length} of ${wait.text.length} characters`);
  const isStored = async (): Promise<boolean> => {
    const reply = findStored(await readStored(panel), replyId)?.reply;
    return reply?.state === 'complete' && storedText(reply) === wait.text;
  };
  await eventually('the whole answer to be on the disk', isStored).catch(
    (error: unknown) => void wrong.push(String(error)),
  );
  const requests = server.requestsFor(wait.question).length;
  if (requests !== 1) wrong.push(`asked for ${requests} times`);
  await panel.close();
  return {
    figure: `${wait.what}, panel ${isPanelOpen ? 'open' : 'closed'}`,
    bar: 'complete',
    measured: wrong.length === 0 ? 'complete' : `${seen.state}, ${seen.text.length} of ${wait.text.length} characters`,
    wrong,
    seed: '',
  };
}
