import { afterAll, describe, expect, test } from 'vitest';
import { reportRow } from './faults/rows';
import { runStorageFault } from './faults/run-storage-fault';
import { storageFaults } from './faults/storage-faults';
import { watchForUnhandled } from './faults/unhandled';

const opensWithinMs = 2000;

describe('with a storage that fails', () => {
  const unhandled = watchForUnhandled();
  const found = { runs: 0, opened: 0, othersLost: 0, errors: 0, slowestMs: 0 };

  test.each(storageFaults.map((fault) => [fault.name, fault] as const))(
    'the panel works, and other conversations are as they were: %s',
    async (_name, fault) => {
      const { opensMs, wrong, othersLost, errors } = await runStorageFault(fault);
      const nobodyCaught = unhandled.take();
      found.runs += 1;
      if (opensMs <= opensWithinMs && wrong.length === 0) found.opened += 1;
      found.othersLost += othersLost.length;
      found.errors += errors.length + nobodyCaught.length;
      found.slowestMs = Math.max(found.slowestMs, opensMs);
      expect({ wrong, othersLost, errors, nobodyCaught }).toEqual({
        wrong: [],
        othersLost: [],
        errors: [],
        nobodyCaught: [],
      });
      expect(opensMs).toBeLessThanOrEqual(opensWithinMs);
    },
  );

  afterAll(() => {
    const count = storageFaults.length;
    reportRow({
      figure: `storage faults, ${count} different ones: panel opens ≤ 2 s; other records lost`,
      bar: `${count}/${count}; 0`,
      measured: `${found.opened}/${count} (slowest ${found.slowestMs} ms); ${found.othersLost}`,
      ok: found.opened === count && found.othersLost === 0,
      browser: 'in process',
      seed: '',
    });
    reportRow({
      figure: 'storage faults: uncaught errors and unhandled rejections',
      bar: '0',
      measured: `${found.errors} in ${found.runs} runs`,
      ok: found.runs === count && found.errors === 0,
      browser: 'in process',
      seed: '',
    });
  });
});
