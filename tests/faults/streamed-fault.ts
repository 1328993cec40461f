/** What a fault in mid-stream takes with it and what it leaves: shared by all faults that end background and pages at once. */
import type { Surface } from '../support/browser/surface.ts';
import type { FaultServer } from '../support/fault-server/start-fault-server.ts';
import { askAnew, openConversation, seeEnd, seeText } from './browser-acts.ts';
import { countTokens, findFault } from './browser-many-streams.ts';
import { findStored, readConversations, readStored, storedText } from './read-stored.ts';

const tokensPerSecond = 100;
/** The reply has to say how it ended within that time of being on screen. */
const saysSoMs = 2000;

/** A reply as it was in the moment of the fault. */
export interface CutReply {
  readonly tag: string;
  readonly question: string;
  readonly conversationId: string;
  readonly replyId: string;
  /** What a checkpoint had taken, and what the panel showed. */
  readonly checkpointed: string;
  readonly shown: string;
}

export interface Losses {
  readonly wrong: string[];
  checkpointedLost: number;
  /** In milliseconds of the stream. */
  readonly shownLost: number[];
}

/** Asks a new question, and gives its reply when it has streamed for so long. */
export async function streamUntil(panel: Surface, server: FaultServer, tag: string, ageMs: number): Promise<CutReply> {
  const question = `numbered ${tag} 3000 ${tokensPerSecond}`;
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
  return { tag, question, conversationId, replyId, checkpointed, shown };
}

/** `panel`: opened after the fault. */
export async function judgeKept(panel: Surface, server: FaultServer, reply: CutReply, losses: Losses): Promise<void> {
  const { tag, question, conversationId, replyId, checkpointed, shown } = reply;
  const wrong = (words: string): void => void losses.wrong.push(`${tag}: ${words}`);
  const stored = findStored(await readStored(panel), replyId)?.reply;
  const kept = stored ? storedText(stored) : '';
  const tokensLost = Math.max(0, countTokens(shown) - countTokens(kept));
  losses.shownLost.push((tokensLost * 1000) / tokensPerSecond);
  losses.checkpointedLost += Math.max(0, checkpointed.length - kept.length);
  if (!kept.startsWith(checkpointed)) wrong('the checkpoint is not as it was');
  const fault = findFault(kept, tag, countTokens(kept));
  if (fault) wrong(fault);

  await openConversation(panel, conversationId, replyId).catch((error: unknown) => wrong(String(error)));
  const seen = await seeEnd(panel, replyId, saysSoMs);
  const ended = findStored(await readStored(panel), replyId)?.reply;
  if (seen.state !== 'interrupted') wrong(`shown as ${seen.state}`);
  if (ended?.state !== 'interrupted') wrong(`stored as ${ended?.state ?? 'nothing'}`);
  if (seen.text !== kept) wrong(`the panel shows ${seen.text.length} characters, the disk has ${kept.length}`);
  // Where nothing had come there is nothing to go on from.
  const button = kept === '' ? 'Retry' : 'Continue';
  if (!seen.everything.includes(button)) wrong(`no ${button}`);
  const asked = server.requestsFor(question).length;
  if (asked !== 1) wrong(`asked for ${asked} times`);
}
