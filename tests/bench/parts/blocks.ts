/** Answers of one kind alone, and answers that are a single block without end. */
import { answerKinds } from '../bench-answer.ts';
import { type BenchPart, ratioRow } from '../bench-row.ts';
import { openBenchStage } from '../bench-stage.ts';
import { cpuOf, lagOf, measureAsk } from '../measure-ask.ts';

export const run: BenchPart = async (world) => {
  const stage = await openBenchStage();
  try {
    const pages = { ava: await stage.openPage('ava'), port: await stage.openPage('port') };
    const tokens = world.isQuick ? 5000 : 10_000;
    for (const kind of answerKinds.filter((one) => one !== 'mixed')) {
      const { ava, port } = await measureAsk({ kind, tokens, rate: 1000 }, { stage, pages, runs: world.runs });
      world.report(ratioRow(`${tokens} tokens of ${kind} at 1,000/s: CPU`, cpuOf(ava), cpuOf(port)));
      world.report(ratioRow(`${tokens} tokens of ${kind} at 1,000/s: worst lag`, lagOf(ava), lagOf(port)));
    }
  } finally {
    await stage.close();
  }
};
