/** An answer of 50,000 tokens, and how the cost grows up to it. Takes four minutes a round. */
import { type BenchPart, medianOf, ratioRow } from '../bench-row.ts';
import { openBenchStage } from '../bench-stage.ts';
import { cpuOf, measureAsk, type Measured, reportStream, tookOf } from '../measure-ask.ts';

const short = 2000;
const long = 50_000;

export const run: BenchPart = async (world) => {
  const stage = await openBenchStage();
  try {
    const pages = { ava: await stage.openPage('ava'), port: await stage.openPage('port') };
    const options = { stage, pages, runs: world.isQuick ? 1 : world.runs };
    const atOnce = await measureAsk({ kind: 'mixed', tokens: long, rate: 0 }, { ...options, runs: world.runs });
    world.report(ratioRow(`${long} tokens at once: CPU`, cpuOf(atOnce.ava), cpuOf(atOnce.port), { bar: 8 }));
    world.report(ratioRow(`${long} tokens at once: Enter to all of it shown`, tookOf(atOnce.ava), tookOf(atOnce.port)));
    const low = await measureAsk({ kind: 'mixed', tokens: short, rate: 1000 }, { ...options, runs: world.runs });
    const high = await measureAsk({ kind: 'mixed', tokens: long, rate: 1000 }, options);
    reportStream(world, `${long} tokens at 1,000/s`, high, { hasCpuBar: true, isLongest: true });
    world.report({
      figure: `exponent of CPU against length, ${short} to ${long} tokens`,
      panel: exponent(low.ava, high.ava).toFixed(2),
      floor: exponent(low.port, high.port).toFixed(2),
      ratio: exponent(low.ava, high.ava),
      bar: 1.05,
    });
  } finally {
    await stage.close();
  }
};

/** 1: the cost is in step with the length; 2: with its square. */
function exponent(low: Measured, high: Measured): number {
  return Math.log(medianOf(cpuOf(high)) / medianOf(cpuOf(low))) / Math.log(long / short);
}
