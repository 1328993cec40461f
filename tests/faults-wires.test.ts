/**
 * The stream reader and the wires: every case in every way of cutting, for the table of the fault laboratory. `npm test`
 * runs a slice of it here; the tests beside the code itself take each case one by one.
 */
import { expect, test } from 'vitest';
import { providerErrors } from './cases/provider-errors';
import { allStreams } from './cases/provider-streams';
import { bytesOf, type StreamCase } from './cases/stream-case';
import { firstSeed, isWholeRun, reportRow } from './faults/rows';
import {
  type FramingCase,
  runFraming,
  runOwnError,
  runOwnStream,
  runVectorError,
  runVectorStream,
  takesTime,
  type Way,
  waysOf,
} from './faults/wire-runs';
import { readVectorErrors } from './support/fault-server/vector-errors';
import { readVectorStreams } from './support/fault-server/vector-streams';
import { cutAt, inRandomPieces, inSteps, readVectors, vectorsAbsent } from './vectors';

const seed = firstSeed();
const isWhole = isWholeRun();
const framingCases = readVectors<FramingCase>('sse-framing');
const areVectorsThere = framingCases.length > 0;
/** Some of the list for `npm test`, others with each seed. */
const inSlice = <T>(list: readonly T[]): readonly T[] =>
  isWhole ? list : list.filter((_, index) => index % 12 === seed % 12);
const ifAbsent = areVectorsThere ? '' : ` (${vectorsAbsent})`;
const timeout = 300_000;

test.skipIf(!areVectorsThere)(
  `event streams are read as the standard says, however they are cut${ifAbsent}`,
  async () => {
    const wrong: string[] = [];
    for (const one of inSlice(framingCases)) {
      const bytes = Buffer.from(one.bytes_b64, 'base64');
      const places = one.also_cut_at ?? [];
      const cuts = [places, ...places.map((place) => [place])].map((at): Way => [
        `cut at ${at.join()}`,
        cutAt(bytes, at),
      ]);
      for (const way of [...waysOf(bytes, seed, 0), ...cuts]) wrong.push(...(await runFraming(one, way)));
    }
    const randomCuts = isWhole ? 10_000 : 500;
    for (let at = 0; at < randomCuts; at += 1) {
      const one = framingCases[at % framingCases.length];
      if (!one) break;
      const pieces = inRandomPieces(Buffer.from(one.bytes_b64, 'base64'), seed + at, 1 + ((seed + at) % 24));
      wrong.push(...(await runFraming(one, [`at random, seed ${seed + at}`, pieces])));
    }
    finish(
      `${framingCases.length} public vectors of event streams: whole, byte by byte, in steps of 2 and 3, ${count(randomCuts)} random cuts`,
      `${framingCases.length} of ${framingCases.length}`,
      wrong,
    );
  },
  timeout,
);

test.skipIf(!areVectorsThere)(
  `streams of providers give their text and their ending, however they are cut${ifAbsent}`,
  async () => {
    const wrong: string[] = [];
    const streams = inSlice(readVectorStreams());
    const randomCuts = isWhole ? 20 : 2;
    for (const one of streams) {
      const bytes = Buffer.from(one.response.body_b64, 'base64');
      for (const way of waysOf(bytes, seed, randomCuts)) wrong.push(...(await runVectorStream(one, way)));
    }
    finish(
      `replies, ${streams.length} public vectors: whole, byte by byte, in steps, ${randomCuts} random cuts each: text and ending`,
      `${streams.length} of ${streams.length}`,
      wrong,
    );
  },
  timeout,
);

test(
  "the project's own replies give their text and their ending, however they are cut",
  async () => {
    const streams = inSlice(allStreams);
    const randomCuts = isWhole ? 20 : 2;
    const play = async (one: StreamCase): Promise<string[]> => {
      const wrong: string[] = [];
      for (const way of waysOfOwn(one, randomCuts)) wrong.push(...(await runOwnStream(one, way)));
      return wrong;
    };
    const wrong: string[] = [];
    for (const one of streams.filter((stream) => !takesTime(stream))) wrong.push(...(await play(one)));
    // Those that wait for something wait all at once, when nothing else is busy.
    wrong.push(...(await Promise.all(streams.filter(takesTime).map(play))).flat());
    finish(
      `${streams.length} own replies: whole, byte by byte, in steps, ${randomCuts} random cuts each: text and ending`,
      `${streams.length} of ${streams.length}`,
      wrong,
    );
  },
  timeout,
);

test.skipIf(!areVectorsThere)(
  `HTTP errors of providers are named, and sent again only where that may help${ifAbsent}`,
  async () => {
    const errors = readVectorErrors();
    const wrong = (await Promise.all(errors.map(runVectorError))).flat();
    finish(
      `HTTP errors, ${errors.length} public vectors: kind, retry decision, nothing raw, no key`,
      `${errors.length} of ${errors.length}`,
      wrong,
    );
  },
);

test("the project's own HTTP errors are named, and sent again only where that may help", async () => {
  const wrong = (await Promise.all(providerErrors.map(runOwnError))).flat();
  const { length } = providerErrors;
  finish(`${length} own HTTP errors: kind, retry decision, nothing raw, no key`, `${length} of ${length}`, wrong);
});

/** What is too long for single bytes, or waits, is cut in few ways. */
function waysOfOwn(one: StreamCase, randomCuts: number): readonly Way[] {
  const bytes = bytesOf(one);
  if (one.isLarge)
    return [
      ['whole', [bytes]],
      ['in steps of 64 Ki', inSteps(bytes, 65_536)],
    ];
  return takesTime(one) ? waysOf(bytes, seed, 0).slice(0, 2) : waysOf(bytes, seed, randomCuts);
}

/** Reports the row and judges it. `allRight`: what is said when nothing is wrong. */
function finish(figure: string, allRight: string, wrong: readonly string[]): void {
  reportRow({
    figure,
    bar: 'all right',
    measured: wrong.length === 0 ? allRight : `${wrong.length} wrong`,
    ok: wrong.length === 0,
    browser: 'in process',
    seed: String(seed),
  });
  expect(wrong.slice(0, 20), `AVA_FAULTS_SEED=${seed}`).toEqual([]);
}

function count(number: number): string {
  return number.toLocaleString('en');
}
