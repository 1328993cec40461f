/** Answers of everyday length that stream into the panel, and the same answers into the floors. */
import { type BenchPart, ratioRow } from '../bench-row.ts';
import { openBenchStage } from '../bench-stage.ts';
import { cpuOf, measureAsk, reportStream, tookOf } from '../measure-ask.ts';

export const run: BenchPart = async (world) => {
  const stage = await openBenchStage();
  try {
    const pages = {
      ava: await stage.openPage('ava'),
      port: await stage.openPage('port'),
      fetch: await stage.openPage('fetch'),
    };
    const options = { stage, pages, runs: world.runs };
    for (const tokens of [500, 2000, 10_000]) {
      const measured = await measureAsk({ kind: 'mixed', tokens, rate: 1000 }, options);
      reportStream(world, `${tokens} tokens at 1,000/s`, measured, { hasCpuBar: tokens === 10_000 });
    }
    for (const tokens of world.isQuick ? [500] : [500, 2000]) {
      const measured = await measureAsk({ kind: 'mixed', tokens, rate: 100 }, options);
      reportStream(world, `${tokens} tokens at 100/s`, measured);
    }
    for (const tokens of world.isQuick ? [10_000] : [500, 2000, 10_000]) {
      const { ava, port } = await measureAsk({ kind: 'mixed', tokens, rate: 0 }, options);
      world.report(ratioRow(`${tokens} tokens at once: CPU`, cpuOf(ava), cpuOf(port)));
      world.report(ratioRow(`${tokens} tokens at once: Enter to all of it shown`, tookOf(ava), tookOf(port)));
    }
  } finally {
    await stage.close();
  }
};
