/**
 * HTTP errors as providers send them, played to the real panel: their kind, shown and stored, whether they are asked for
 * again, and that nothing raw and no key is shown. What is never sent again is played whole; each that is takes seconds, so
 * the seed chooses some among those that do not ask for a long wait.
 */
import type { ErrorCase } from '../cases/error-case.ts';
import { providerErrors } from '../cases/provider-errors.ts';
import type { Reply } from '../../lib/chat/types.ts';
import { describeFailure, type Remedy } from '../../lib/errors/describe-failure.ts';
import { first as en } from '../../lib/i18n/en/first.ts';
import type { Surface } from '../support/browser/surface.ts';
import { readVectorErrors, type VectorError } from '../support/fault-server/vector-errors.ts';
import { patienceMs } from '../support/browser/wait-until.ts';
import { askAnew, seeEnd, type SeenReply } from './browser-acts.ts';
import { eventually, type Finding, runRows, type Scale, type Stage } from './browser-stage.ts';
import { findKey, findRaw } from './judge-shown.ts';
import { randomFrom, type Random } from './random.ts';
import { findStored, readStored } from './read-stored.ts';
import type { BrowserPart } from './run.ts';

export const run: BrowserPart = (world) => runRows(world, 'errors', { chromium: [playErrors], firefox: [playErrors] });

/** How many of those that are never sent again, of those that are, and of the public vectors. */
const counts = {
  slice: { final: 2, retried: 1, vectors: 1 },
  whole: { final: Infinity, retried: 20, vectors: Infinity },
} as const;

/** What asks for a longer wait is not chosen: it would be waited for twice. */
const longestWaitMs = 2000;

/** Two more than the first, as for every request of which nothing has come. */
const requestsWhenRetried = 3;

/** An error, and what has to become of it. */
interface Played {
  readonly question: string;
  readonly kind: string;
  readonly retries: boolean;
  /** What is waited before each further request, in milliseconds. */
  readonly waitMs: number;
  /** What the panel has to say in the provider's words; undefined or '' when there are none. */
  readonly says: string | undefined;
  /** What else is not as the case says. `article`: the text of the reply in the panel. */
  check(failure: Reply['failure'], article: string): readonly string[];
}

/** What the panel shows beside the reply itself. */
interface Look {
  readonly questions: readonly string[];
  /** The text of the reply. */
  readonly article: string;
  /** The names of the buttons of the reply. */
  readonly buttons: readonly string[];
  /** All text of the page, names and titles of its controls among it. */
  readonly words: string;
}

export async function playErrors(stage: Stage, scale: Scale, seed: number): Promise<readonly Finding[]> {
  const random = randomFrom(seed);
  const count = counts[scale];
  const retried = providerErrors.filter(({ expect: { retries } }) => retries);
  const quick = retried.filter(
    ({ expect: { kind, retryAfterMs = 0 } }) => kind !== 'loading' && retryAfterMs <= longestWaitMs,
  );
  const final = choose(
    providerErrors.filter(({ expect: { retries } }) => !retries),
    count.final,
    random,
  );
  const again = choose(quick, count.retried, random);
  const vectors = choose(readVectorErrors(), count.vectors, random);
  const panel = await stage.browser.openPanel();
  const own = await playAll(stage, panel, [...final, ...again].map(ownPlay));
  const published = await playAll(stage, panel, vectors.map(vectorPlay));
  await panel.close();
  const row = (what: string, { wrong, measured }: Outcome): Finding => ({
    figure: `${what}: kind, requests, nothing raw, no key, the question and a remedy`,
    bar: 'all right',
    measured,
    wrong,
    seed: String(seed),
  });
  const finals = providerErrors.length - retried.length;
  return [
    row(
      `own HTTP errors, ${final.length} of ${finals} that are final and ${again.length} of ${retried.length} that are retried`,
      own,
    ),
    ...(vectors.length === 0
      ? []
      : [row(`HTTP errors, ${vectors.length} of ${readVectorErrors().length} public vectors`, published)]),
  ];
}

/** So many of them, as chance has it; in their own order when it is all. */
function choose<T>(list: readonly T[], count: number, random: Random): readonly T[] {
  if (count >= list.length) return list;
  const rest = [...list];
  return Array.from({ length: count }, () => rest.splice(random.number(rest.length), 1)).flat();
}

interface Outcome {
  readonly measured: string;
  readonly wrong: readonly string[];
}

async function playAll({ server }: Stage, panel: Surface, plays: readonly Played[]): Promise<Outcome> {
  server.closeIdleConnections();
  const startedAt = Date.now();
  const wrong: string[] = [];
  const ended: { readonly play: Played; readonly seen: SeenReply; readonly look: Look }[] = [];
  for (const play of plays) {
    const waitsMs = play.retries ? play.waitMs * (requestsWhenRetried - 1) : 0;
    const seen = await seeEnd(panel, await askAnew(panel, play.question), patienceMs + waitsMs);
    // The view of what a provider said is loaded with the first failure. Where its words never come, the judge misses them.
    if (play.says) {
      await panel
        .waitFor(`"${play.says}" in the panel`, showsWords, seen.id, play.says)
        .catch((error: unknown) => void wrong.push(String(error)));
    }
    ended.push({ play, seen, look: await panel.evaluate(lookInPage, seen.id) });
  }
  const each = Math.round((Date.now() - startedAt) / Math.max(1, plays.length));
  await eventually('the last reply to be stored', async () => {
    const last = ended.at(-1);
    return !last || findStored(await readStored(panel), last.seen.id)?.reply.state === last.seen.state;
  }).catch((error: unknown) => void wrong.push(String(error)));
  const stored = await readStored(panel);
  for (const { play, seen, look } of ended) {
    const reply = findStored(stored, seen.id)?.reply;
    const requests = server.requestsFor(play.question).length;
    const words = reply ? judge(play, { seen, look, reply, requests }) : ['not on the disk'];
    if (words.length > 0) wrong.push(`${play.question}: ${words.join('; ')}`);
  }
  return { measured: `${plays.length - wrong.length} of ${plays.length} right (${each} ms each)`, wrong };
}

/** Runs in the page. */
function showsWords(replyId: string, words: string): boolean {
  return document.querySelector(`article[data-message-id="${replyId}"]`)?.textContent.includes(words) === true;
}

/** Runs in the page. */
function lookInPage(replyId: string): Look {
  const article = document.querySelector(`article[data-message-id="${replyId}"]`);
  const names = [...document.querySelectorAll('[aria-label], [title]')].flatMap((element) => [
    element.getAttribute('aria-label') ?? '',
    element.getAttribute('title') ?? '',
  ]);
  return {
    questions: [...document.querySelectorAll('article[data-role="user"] [data-part="text"]')].map((text) =>
      text.textContent.trim(),
    ),
    article: article?.textContent ?? '',
    buttons: [...(article?.querySelectorAll('button') ?? [])].map(
      (button) => button.getAttribute('aria-label') ?? button.textContent.trim(),
    ),
    words: [document.body.textContent, ...names].join('\n'),
  };
}

interface Ended {
  readonly seen: SeenReply;
  readonly look: Look;
  readonly reply: Reply;
  readonly requests: number;
}

/** The button that stands under each failure. Where nothing helps the question can still be asked again. */
const remedyButtons: Readonly<Record<Remedy, string>> = {
  retry: en.remedyRetry,
  'open-settings': en.remedyOpenSettings,
  'unlock-keys': en.remedyUnlockKeys,
  'grant-access': en.remedyGrantAccess,
  'choose-model': en.remedyChooseModel,
  none: en.retry,
};

function judge(play: Played, { seen, look, reply, requests }: Ended): readonly string[] {
  const { failure } = reply;
  const button = failure && remedyButtons[describeFailure(failure).remedy];
  return [
    ...differ('shown state', seen.state, 'error'),
    ...differ('stored state', reply.state, 'error'),
    ...differ('shown kind', seen.failure, play.kind),
    ...differ('stored kind', failure?.kind, play.kind),
    ...differ('requests', requests, play.retries ? requestsWhenRetried : 1),
    ...findRaw(look.words),
    ...findKey(`${look.words}\n${JSON.stringify(reply)}`),
    ...differ('the questions in the thread are', look.questions.join('|'), play.question),
    ...(button !== undefined && look.buttons.includes(button) ? [] : [`no button ${button ?? 'at all'}`]),
    ...play.check(failure, look.article),
  ];
}

function ownPlay({ id, headers, expect }: ErrorCase): Played {
  const { kind, retries, says, mustNotShow = [], requestId, retryAfterMs } = expect;
  // The cases have a clock of their own; the browser's is another.
  const namesMoment = 'x-ratelimit-reset' in headers;
  return {
    question: `error ${id}`,
    kind,
    retries,
    waitMs: retryAfterMs ?? 0,
    says,
    check: (failure, article) => [
      ...(says === '' ? differ('message', failure?.message, undefined) : saysSo(says, failure, article)),
      ...(requestId === undefined ? [] : differ('request id', failure?.requestId, requestId)),
      ...(namesMoment ? [] : differ('wait', failure?.retryAfterMs, retryAfterMs)),
      ...mustNotShow.flatMap((words) => showsNot(words, failure, article)),
    ],
  };
}

function vectorPlay({ id, expect }: VectorError): Played {
  return {
    question: `error ${id}`,
    kind: expect.kind.replaceAll('_', '-'),
    retries: expect.retryable,
    waitMs: expect.retry_after_ms ?? 0,
    says: expect.message_contains,
    check: (failure, article) => [
      ...saysSo(expect.message_contains, failure, article),
      ...(expect.retry_after_ms === undefined ? [] : differ('wait', failure?.retryAfterMs, expect.retry_after_ms)),
      ...expect.must_not_show.flatMap((words) => showsNot(words, failure, article)),
    ],
  };
}

function saysSo(words: string | undefined, failure: Reply['failure'], article: string): readonly string[] {
  if (words === undefined) return [];
  return [
    ...(failure?.message?.includes(words) ? [] : [`the failure does not say "${words}"`]),
    ...(article.includes(words) ? [] : [`the panel does not say "${words}"`]),
  ];
}

function showsNot(words: string, failure: Reply['failure'], article: string): readonly string[] {
  return `${article}\n${JSON.stringify(failure)}`.includes(words) ? [`"${words}" is shown`] : [];
}

function differ(what: string, found: unknown, wanted: unknown): readonly string[] {
  if (found === wanted) return [];
  return [`${what}: ${JSON.stringify(found)?.slice(0, 160)}, not ${JSON.stringify(wanted)?.slice(0, 160)}`];
}
