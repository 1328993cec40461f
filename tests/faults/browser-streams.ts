/**
 * Every reply that the cases and the public vectors know, played to the real panel: what it shows and what lies on the
 * disk must have the right text and the right ending. Those that wait for a minute of silence are asked last and wait
 * together.
 */
import { allStreams } from '../cases/provider-streams.ts';
import { bytesOf, caseKey, type CaseWire, requestsFor, type StreamCase } from '../cases/stream-case.ts';
import type { Reply } from '../../lib/chat/types.ts';
import { readVectorStreams, type VectorStream, wireOfVector } from '../support/fault-server/vector-streams.ts';
import type { Surface } from '../support/browser/surface.ts';
import { askAnew, openConversation, pressStop, seeEnd, type SeenReply } from './browser-acts.ts';
import { eventually, type Finding, type RowOfStage, runRows, type Scale, type Stage } from './browser-stage.ts';
import { findStored, readStored, storedText } from './read-stored.ts';
import type { BrowserPart } from './run.ts';

const wires: readonly CaseWire[] = ['openai-chat', 'openai-responses', 'anthropic-messages', 'gemini', 'ollama-chat'];

export const run: BrowserPart = async (world) => {
  for (const wire of wires) {
    if (world.signal.aborted) return;
    const row = playStreams(wire);
    await runRows(world, `streams, ${wire}`, { chromium: [row], firefox: [row] }, { wire });
  }
};

/** Browsers hold six connections to a server at most: those that wait for silence come in groups of six. */
const slowMs = 240_000;

/** One reply in one way of cutting. */
interface Played {
  readonly id: string;
  readonly question: string;
  readonly isSlow: boolean;
  readonly isStopped: boolean;
  /** What is not as the case says; `requests`: how many there were. */
  check(seen: SeenReply, stored: Reply, requests: number): readonly string[];
}

/** The replies of one wire, which is that of the stage's endpoint. */
export function playStreams(wire: CaseWire): RowOfStage {
  return (stage, scale, seed) => playWire(wire, stage, scale, seed);
}

async function playWire(wire: CaseWire, stage: Stage, scale: Scale, seed: number): Promise<readonly Finding[]> {
  const panel = await stage.browser.openPanel();
  const cases = allStreams.filter((one) => one.wire === wire);
  const own = cases.flatMap((one) => playsOf(one.id, waysOf(one, seed), ownPlay(one)));
  const published = readVectorStreams().filter((one) => wireOfVector(one) === wire);
  const vectors = published.flatMap((one) => playsOf(one.id, ['whole', 'bytes', `seed-${seed}`], vectorPlay(one)));
  // A minute of silence is of another row's time.
  const inSlice = (list: readonly Played[]): readonly Played[] =>
    scale === 'whole' ? list : list.filter(({ isSlow }, index) => index % 36 === seed % 36 && !isSlow);
  const [ownFinding, vectorFinding] = [
    await playAll(stage, panel, inSlice(own)),
    await playAll(stage, panel, inSlice(vectors)),
  ];
  await panel.close();
  const row = (what: string, { wrong, measured }: Outcome): Finding => ({
    figure: `${what} on the wire ${wire}, each in up to three ways of cutting: text and ending, in the panel and in storage`,
    bar: 'all right',
    measured,
    wrong,
    seed: String(seed),
  });
  return [
    row(`${cases.length} own replies`, ownFinding),
    ...(vectors.length === 0
      ? []
      : [row(`${published.length} of ${readVectorStreams().length} public vectors`, vectorFinding)]),
  ];
}

interface Outcome {
  readonly measured: string;
  readonly wrong: readonly string[];
}

async function playAll({ server }: Stage, panel: Surface, plays: readonly Played[]): Promise<Outcome> {
  const startedAt = Date.now();
  const ended: { readonly play: Played; readonly seen: SeenReply }[] = [];
  const waiting: { readonly play: Played; readonly id: string }[] = [];
  const wrong: string[] = [];
  for (const play of plays.toSorted((one, other) => Number(one.isSlow) - Number(other.isSlow))) {
    const id = await askAnew(panel, play.question);
    if (play.isSlow) waiting.push({ play, id });
    else if (play.isStopped) ended.push({ play, seen: await waitAndStop(panel, id) });
    else ended.push({ play, seen: await seeEnd(panel, id) });
  }
  const quickMs = Date.now() - startedAt;
  if (waiting.length > 0) {
    await eventually(
      'all replies to have ended',
      async () => {
        const stored = await readStored(panel);
        return waiting.every(({ id }) => (findStored(stored, id)?.reply.state ?? 'streaming') !== 'streaming');
      },
      slowMs,
    ).catch((error: unknown) => void wrong.push(String(error)));
  }
  // On the disk within the time of a checkpoint, and sealed behind it: the last is waited for.
  await eventually('the last reply to be stored', async () => {
    const last = ended.at(-1);
    return !last || findStored(await readStored(panel), last.seen.id)?.reply.state === last.seen.state;
  }).catch((error: unknown) => void wrong.push(String(error)));
  const stored = await readStored(panel);
  for (const { play, id } of waiting) {
    const found = findStored(stored, id);
    if (found) await openConversation(panel, found.conversation.id, id);
    ended.push({ play, seen: await seeEnd(panel, id) });
  }
  for (const { play, seen } of ended) {
    const found = findStored(stored, seen.id);
    if (!found) wrong.push(`${play.question}: not on the disk`);
    else {
      const requests = server.requestsFor(play.question).length;
      const words = play.check(seen, found.reply, requests);
      if (words.length > 0) wrong.push(`${play.question}: ${words.join('; ')}`);
    }
  }
  const each = ended.length - waiting.length === 0 ? 0 : Math.round(quickMs / plays.length);
  return { measured: `${ended.length - wrong.length} of ${plays.length} right (${each} ms each)`, wrong };
}

/** All that it sends has come by then. */
const waitsMs = 600;

/** It waits, with nothing wrong, until Stop is pressed. */
async function waitAndStop(panel: Surface, id: string): Promise<SeenReply> {
  const before = await seeEnd(panel, id, waitsMs);
  if (before.state !== 'streaming') return before;
  await pressStop(panel, id);
  return seeEnd(panel, id);
}

function playsOf(id: string, ways: readonly string[], play: Omit<Played, 'question' | 'id'>): readonly Played[] {
  return ways.map((way) => ({ ...play, id, question: `case ${id} ${way}` }));
}

function waysOf(one: StreamCase, seed: number): readonly string[] {
  return one.isLarge || one.end === 'no-headers' || waitsForSilence(one)
    ? ['whole']
    : ['whole', 'bytes', `seed-${seed}`];
}

/** A minute of silence is waited for: the end of it is cut, or an event without its line end is all there is. */
function waitsForSilence(one: StreamCase): boolean {
  if (one.end !== 'hang') return false;
  const body = new TextDecoder().decode(bytesOf(one));
  return one.expect.ending === 'cut' || (body.startsWith('data:') && !/[\r\n]$/.test(body));
}

function ownPlay(one: StreamCase): Omit<Played, 'question' | 'id'> {
  const { expect } = one;
  return {
    isSlow: waitsForSilence(one),
    isStopped: expect.ending === 'stopped',
    check: (seen, stored, requests) => [
      ...differ('shown state', seen.state, expect.ending),
      ...differ('stored state', stored.state, expect.ending),
      ...differ('stored text', storedText(stored), expect.text),
      ...differ('stored thinking', storedText(stored, 'thinking'), expect.thinking ?? ''),
      ...differ('shown text', lettersOf(seen.text), lettersOf(expect.text)),
      ...differ('stored failure', stored.failure?.kind, expect.failureKind),
      ...differ('shown failure', seen.failure, expect.failureKind ?? ''),
      ...differ('served by', stored.servedBy, expect.servedBy),
      ...differ('usage', JSON.stringify(stored.usage), JSON.stringify(expect.usage)),
      ...differ('requests', requests, requestsFor(one)),
      ...(expect.says === undefined || stored.failure?.message?.includes(expect.says)
        ? []
        : [`the failure does not say "${expect.says}"`]),
      ...(expect.says === undefined || seen.everything.includes(expect.says)
        ? []
        : [`the panel does not say "${expect.says}"`]),
      ...([seen.everything, JSON.stringify(stored)].some(
        (text) => text.includes(caseKey) || text.includes(caseKey.slice(-8)),
      )
        ? ['the key is shown']
        : []),
    ],
  };
}

function vectorPlay({ expect, response }: VectorStream): Omit<Played, 'question' | 'id'> {
  const accepted = [expect, ...(expect.accept_also ?? [])];
  const hyphenated = (name: string): string => name.replaceAll('_', '-');
  return {
    isSlow: response.end === 'hang' && expect.outcome === 'cut',
    isStopped: false,
    check: (seen, stored) => {
      const wanted =
        accepted.find(({ outcome, text }) => hyphenated(outcome) === stored.state && text === storedText(stored)) ??
        expect;
      return [
        ...differ('stored state', stored.state, hyphenated(wanted.outcome)),
        ...differ('shown state', seen.state, hyphenated(wanted.outcome)),
        ...differ('stored text', storedText(stored), wanted.text),
        ...differ('shown text', lettersOf(seen.text), lettersOf(wanted.text)),
        ...(expect.reasoning === undefined ? [] : differ('thinking', storedText(stored, 'thinking'), expect.reasoning)),
        ...(expect.kind === undefined ? [] : differ('failure', stored.failure?.kind, hyphenated(expect.kind))),
        ...(expect.message_contains === undefined || stored.failure?.message?.includes(expect.message_contains)
          ? []
          : [`the failure does not say "${expect.message_contains}"`]),
        ...(expect.must_not_show ?? []).flatMap((words) =>
          seen.everything.includes(words) ? [`the panel shows "${words}"`] : [],
        ),
      ];
    },
  };
}

/** Markdown is shown formatted: its marks and the numbers of lists are not there, the rest is, in its order. */
function lettersOf(text: string): string {
  return text.replaceAll(/^\s*\d+[.)]\s/gmu, '').replaceAll(/[^\p{L}\p{N}]/gu, '');
}

function differ(what: string, found: unknown, wanted: unknown): readonly string[] {
  if (found === wanted) return [];
  return [`${what} is ${short(found)}, not ${short(wanted)}`];
}

function short(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length > 160 ? `${text.slice(0, 100)}…${text.slice(-50)} (${text.length})` : text;
}
