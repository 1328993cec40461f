/** The worker asleep, a line to it, and the time until it answers. */
import type { Page } from 'puppeteer-core';
import { portName } from '../../../lib/protocol/messages.ts';
import { type BenchPart, ratioRow } from '../bench-row.ts';
import { endTargets, openBenchStage } from '../bench-stage.ts';

interface Port {
  readonly onMessage: { addListener(listener: () => void): void };
  postMessage(message: unknown): void;
  disconnect(): void;
}
declare const chrome: { runtime: { connect(options?: { name: string }): Port } };

export const run: BenchPart = async ({ runs, report }) => {
  const stage = await openBenchStage();
  try {
    const open = async (origin: string): Promise<Page> => {
      const page = await stage.puppeteer.newPage();
      await page.goto(`${origin}/manifest.json`);
      return page;
    };
    const pages = { ava: await open(stage.browser.extensionOrigin), floor: await open(stage.floorOrigin) };
    const found: { ava: number[]; floor: number[] } = { ava: [], floor: [] };
    for (let round = 0; round < runs * 2; round += 1) {
      for (const way of ['ava', 'floor'] as const) {
        await endTargets(stage, ({ type }) => type === 'service_worker');
        found[way].push(await pages[way].evaluate(connectAndWait, way === 'ava' ? portName : ''));
      }
    }
    report(ratioRow('waking the worker: a line to its first answer', found.ava, found.floor, { bar: 1.5 }));
  } finally {
    await stage.close();
  }
};

/** Runs in a page of the extension. */
function connectAndWait(name: string): Promise<number> {
  return new Promise((resolve) => {
    const begunAt = performance.now();
    const port = chrome.runtime.connect({ name });
    port.onMessage.addListener(() => {
      resolve(performance.now() - begunAt);
      port.disconnect();
    });
    port.postMessage({ type: 'hello', surface: 'options', windowId: -1 });
  });
}
