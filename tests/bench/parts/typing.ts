/** Keys pressed while an answer streams, and the times until what they wrote was painted. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { type BenchPart, ratioRow } from '../bench-row.ts';
import { questionOf } from '../bench-server.ts';
import { openBenchStage, type Way } from '../bench-stage.ts';
import { prepare } from '../measure-stream.ts';

declare global {
  interface Window {
    benchKeys?: number[];
  }
}

const keysPerRun = 40;

export const run: BenchPart = async ({ runs, report }) => {
  const stage = await openBenchStage();
  try {
    const pages = { ava: await stage.openPage('ava'), port: await stage.openPage('port') };
    const found: Record<'ava' | 'port', number[]> = { ava: [], port: [] };
    for (let round = 0; round < runs; round += 1) {
      for (const way of ['ava', 'port'] as const)
        found[way].push(upperQuartile(await typeWhileStreaming(pages[way], way)));
    }
    report(ratioRow('key to paint while 1,000 tokens/s stream, p75', found.ava, found.port, { bar: 1.5 }));
  } finally {
    await stage.close();
  }
};

async function typeWhileStreaming(page: Page, way: Way): Promise<readonly number[]> {
  const ask = { kind: 'mixed', tokens: 10_000, rate: 1000 } as const;
  await prepare(page, way, ask);
  await page.evaluate(watchKeys);
  await page.keyboard.press('Enter');
  await page.waitForFunction(
    () => (document.querySelector('[data-role="assistant"] [data-part="text"]')?.textContent ?? '').length > 500,
  );
  for (let key = 0; key < keysPerRun; key += 1) {
    await page.keyboard.press('a');
    // A person's pace, out of step with the frames.
    await sleep(90 + (key % 7) * 5);
  }
  const keys = await page.evaluate(() => window.benchKeys ?? []);
  await page.waitForFunction(() => document.querySelector('article[data-state="streaming"]') === null, {
    timeout: 60_000,
  });
  // What was typed must not be part of the next question.
  await page.evaluate(() => document.querySelector('textarea')?.select());
  await page.keyboard.press('Backspace');
  if (keys.length < keysPerRun / 2) throw new Error(`${way}: ${questionOf(ask)}: only ${keys.length} keys were seen`);
  return keys;
}

/** Runs in the page. */
function watchKeys(): void {
  window.benchKeys = [];
  document.querySelector('textarea')?.addEventListener('input', ({ timeStamp }) => {
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port2.addEventListener('message', () => window.benchKeys?.push(performance.now() - timeStamp), {
        once: true,
      });
      painted.port2.start();
      painted.port1.postMessage(0);
    });
  });
}

function upperQuartile(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length * 0.75)] ?? Number.NaN;
}
