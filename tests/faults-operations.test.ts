import { afterAll, describe, expect, test } from 'vitest';
import { runOperations } from './faults/random-operations';
import { firstSeed, isWholeRun, reportRow } from './faults/rows';
import { watchForUnhandled } from './faults/unhandled';

const seeds = Array.from({ length: isWholeRun() ? 20 : 3 }, (_, index) => firstSeed() + index);
const count = 500;

describe('two panels on one conversation', () => {
  const unhandled = watchForUnhandled();
  const found = { messages: 0, resent: 0, errors: 0, runs: 0 };

  test.each(seeds)(
    `agree with each other and with the disk after ${count} random operations, seed %i`,
    async (seed) => {
      const { lost, ghosts, apart, resent, errors, done } = await runOperations(seed, count);
      found.messages += lost.length + ghosts.length + apart.length;
      found.resent += resent.length;
      found.errors += errors.length + unhandled.count();
      found.runs += 1;
      expect(
        { lost, ghosts, apart, resent, errors, unhandled: unhandled.take() },
        `AVA_FAULTS_SEED=${seed}; done: ${JSON.stringify(done)}`,
      ).toEqual({ lost: [], ghosts: [], apart: [], resent: [], errors: [], unhandled: [] });
    },
    60_000,
  );

  afterAll(() => {
    const where = { browser: 'in process', seed: `${seeds.at(0)}–${seeds.at(-1)}` } as const;
    const isWhole = found.runs === seeds.length;
    reportRow({
      ...where,
      figure: `same conversation in two panels, ${count} random operations, ${seeds.length} seeds: lost or ghost messages`,
      bar: '0',
      measured: `${found.messages} in ${found.runs} runs`,
      ok: isWhole && found.messages === 0,
    });
    reportRow({
      ...where,
      figure: 'random operations: requests sent again by themselves; uncaught errors and unhandled rejections',
      bar: '0; 0',
      measured: `${found.resent}; ${found.errors}`,
      ok: isWhole && found.resent === 0 && found.errors === 0,
    });
  });
});
