/**
 * Two panels with five streams each at the same time: every token must be in its own conversation, once. (Browsers hold six
 * connections to a server at most: the last four begin when the first end.)
 */
import type { Surface } from '../support/browser/surface.ts';
import { numberedText } from '../support/fault-server/plays.ts';
import { askAnew, openConversation, seeEnd } from './browser-acts.ts';
import { eventually, type Finding, runRows, type Scale, type Stage } from './browser-stage.ts';
import { randomFrom } from './random.ts';
import { findStored, readStored, storedText } from './read-stored.ts';
import type { BrowserPart } from './run.ts';

export const run: BrowserPart = (world) =>
  runRows(world, 'many streams', { chromium: [streamMany], firefox: [streamMany] });

interface Stream {
  readonly tag: string;
  readonly question: string;
  readonly replyId: string;
  readonly conversationId: string;
  readonly panel: Surface;
}

const scales = {
  slice: { streams: 2, tokens: 400, rate: 200 },
  whole: { streams: 5, tokens: 4000, rate: 150 },
} as const;

export async function streamMany(stage: Stage, scale: Scale, seed: number): Promise<readonly Finding[]> {
  const { streams: count, tokens, rate } = scales[scale];
  const random = randomFrom(seed);
  const wrong: string[] = [];
  const first = await stage.browser.openPanel();
  const second = await stage.browser.openSecondWindowPanel(`${stage.server.url}/page`);
  const asked: Omit<Stream, 'conversationId'>[] = [];
  for (let index = 0; index < count; index += 1) {
    for (const [letter, panel] of [
      ['p', first],
      ['q', second],
    ] as const) {
      const tag = `${letter}${index}`;
      const question = `numbered ${tag} ${tokens} ${rate}`;
      asked.push({ tag, question, panel, replyId: await askAnew(panel, question) });
    }
  }
  let stored: Awaited<ReturnType<typeof readStored>> = [];
  await eventually('all questions to be on the disk', async () => {
    stored = await readStored(first);
    return asked.every(({ replyId }) => findStored(stored, replyId));
  });
  const streams = asked.map((one): Stream => {
    const found = findStored(stored, one.replyId);
    if (!found) throw new Error(`${one.question} is not on the disk`);
    return { ...one, conversationId: found.conversation.id };
  });

  // While they stream, each panel looks at one after the other, also at those that the other panel asked for.
  const isRunning = (): boolean =>
    streams.some(
      ({ question }) =>
        !stage.server.requestsFor(question).some(({ isFinished, closedEarlyAt }) => isFinished || closedEarlyAt),
    );
  let looks = 0;
  while (isRunning()) {
    for (const panel of [first, second]) {
      const one = random.pick(streams);
      if (!one) break;
      await openConversation(panel, one.conversationId, one.replyId);
      const { text } = await seeEnd(panel, one.replyId, 0);
      looks += 1;
      if (!numberedText(one.tag, tokens).startsWith(text))
        wrong.push(`${one.tag} while it streamed: ${findFault(text, one.tag, tokens)}`);
    }
  }
  for (const one of streams) {
    const other = one.panel === first ? second : first;
    await openConversation(other, one.conversationId, one.replyId);
    const { state, text } = await seeEnd(other, one.replyId);
    if (state !== 'complete') wrong.push(`${one.tag} is shown as ${state}`);
    const fault = findFault(text, one.tag, tokens);
    if (fault) wrong.push(`${one.tag} in the other panel: ${fault}`);
  }
  await eventually('all replies to be stored', async () => {
    const all = await readStored(first);
    return streams.every(({ replyId }) => findStored(all, replyId)?.reply.state === 'complete');
  }).catch((error: unknown) => void wrong.push(String(error)));
  const all = await readStored(first);
  for (const { tag, question, replyId, conversationId } of streams) {
    const found = findStored(all, replyId);
    const fault = found ? findFault(storedText(found.reply), tag, tokens) : 'not there';
    if (fault) wrong.push(`${tag} on the disk: ${fault}`);
    if (found?.conversation.id !== conversationId) wrong.push(`${tag} is in another conversation`);
    const requests = stage.server.requestsFor(question).length;
    if (requests !== 1) wrong.push(`${tag} was asked for ${requests} times`);
  }
  await second.close();
  await first.close();
  return [
    {
      figure: `two panels × ${count} streams × ${tokens} numbered tokens: wrong conversation, lost, doubled`,
      bar: '0',
      measured: `${wrong.length} (${looks} looks while they streamed)`,
      wrong,
      seed: String(seed),
    },
  ];
}

/** '' when the text is what the server wrote, whole. */
export function findFault(text: string, tag: string, count: number): string {
  const wanted = numberedText(tag, count);
  if (text === wanted) return '';
  let same = 0;
  while (same < text.length && text[same] === wanted[same]) same += 1;
  return `at ${same} of ${wanted.length}: "${text.slice(Math.max(0, same - 10), same + 30)}" for "${wanted.slice(Math.max(0, same - 10), same + 30)}"`;
}

/** How many tokens the text has. */
export function countTokens(text: string): number {
  return text.split(/\s+/u).filter(Boolean).length;
}
