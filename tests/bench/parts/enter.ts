/**
 * Enter to the request at the server, many times over: what a person waits for before the model has even been asked. The
 * question is on the disk first, so there is a second floor, which writes its question down before it asks.
 */
import { type BenchPart, ratioRow } from '../bench-row.ts';
import { openBenchStage } from '../bench-stage.ts';
import { measureTimes } from '../measure-stream.ts';

const ask = { kind: 'prose', tokens: 100, rate: 0 } as const;

export const run: BenchPart = async ({ runs, report }) => {
  const stage = await openBenchStage();
  try {
    const ava = await stage.openPage('ava');
    const port = await stage.openPage('port');
    const writing = await stage.openPage('port');
    await writing.evaluate(() => {
      document.body.dataset['writes'] = '';
    });
    const found: Record<'ava' | 'port' | 'writing', number[]> = { ava: [], port: [], writing: [] };
    for (let round = 0; round < runs * 4; round += 1) {
      found.ava.push((await measureTimes(stage, ava, 'ava', ask)).enterToRequestMs);
      found.port.push((await measureTimes(stage, port, 'port', ask)).enterToRequestMs);
      found.writing.push((await measureTimes(stage, writing, 'port', ask)).enterToRequestMs);
    }
    report(ratioRow('Enter to request', found.ava, found.port, { bar: 1.5 }));
    report(ratioRow('Enter to request, against a floor that writes its question first', found.ava, found.writing));
  } finally {
    await stage.close();
  }
};
