import { afterAll, describe, expect, test } from 'vitest';
import { isWholeRun, reportRow } from './faults/rows';
import { runPowerCut } from './faults/run-power-cut';
import { watchForUnhandled } from './faults/unhandled';

describe('when the power goes between two writes', async () => {
  const unhandled = watchForUnhandled();
  const { writes } = await runPowerCut(Number.POSITIVE_INFINITY);
  // The slice takes every third place.
  const places = Array.from({ length: writes + 1 }, (_, index) => index).filter(
    (index) => isWholeRun() || index % 3 === 0,
  );
  const found = { runs: 0, wrong: 0, errors: 0 };

  test('there is something to be cut', () => {
    expect(writes).toBeGreaterThan(12);
  });

  test.each(places)('nothing is lost of what was on disk, after write %i', async (place) => {
    const { wrong, errors } = await runPowerCut(place);
    const nobodyCaught = unhandled.take();
    found.runs += 1;
    found.wrong += wrong.length;
    found.errors += errors.length + nobodyCaught.length;
    expect({ wrong, errors, nobodyCaught }).toEqual({ wrong: [], errors: [], nobodyCaught: [] });
  });

  afterAll(() => {
    reportRow({
      figure:
        'power cut after each write of a turn, a seal, a rename, a deletion and Undo: conversations harmed; uncaught errors',
      bar: '0; 0',
      measured: `${found.wrong}; ${found.errors} in ${found.runs} runs`,
      ok: found.runs === places.length && found.wrong + found.errors === 0,
      browser: 'in process',
      seed: '',
    });
  });
});
