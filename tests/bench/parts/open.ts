/** Opening the panel, cold (its processes have to be started) and warm, with few and many conversations on the disk. */
import type { Page } from 'puppeteer-core';
import { type BenchPart, medianOf, ratioRow } from '../bench-row.ts';
import { addressOf, type BenchStage, endTargets, openBenchStage, panelSize, type Way } from '../bench-stage.ts';
import { storeConversations, storeLongConversation } from '../store-conversations.ts';

declare global {
  interface Window {
    benchOpened?: Promise<number>;
  }
}

export const run: BenchPart = async ({ runs, isQuick, report }) => {
  const stage = await openBenchStage();
  try {
    const counts = isQuick ? [0, 1000] : [0, 1000, 10_000];
    const cold: Record<string, number[]> = {};
    const warm: Record<string, number[]> = {};
    const add = (to: Record<string, number[]>, name: string, ms: number): void => void (to[name] ??= []).push(ms);
    for (const count of counts) {
      await stage.browser.killWorker();
      await storeConversations(stage, count);
      for (let round = 0; round < runs; round += 1) {
        add(cold, `${count}`, await open(stage, 'ava', 'cold'));
        add(cold, `port ${count}`, await open(stage, 'port', 'cold'));
        add(warm, `${count}`, await open(stage, 'ava', 'warm'));
        add(warm, `port ${count}`, await open(stage, 'port', 'warm'));
      }
    }
    const [none = [], floor = [], warmFloor = []] = [cold['0'], cold['port 0'], warm['port 0']];
    // The counts are minutes apart: what the machine did meanwhile has met the floor, too, and is taken out.
    const asAtFirst = (found: Record<string, number[]>, count: number): number[] => {
      const drift = medianOf(found['port 0'] ?? []) / medianOf(found[`port ${count}`] ?? []);
      return (found[`${count}`] ?? []).map((ms) => ms * drift);
    };
    report(ratioRow('cold opening to a usable composer', none, floor, { bar: 2.5 }));
    report(ratioRow('warm opening to a usable composer', warm['0'] ?? [], warmFloor));
    for (const count of counts.slice(1)) {
      const bar = count === 10_000 ? { bar: 1.15 } : {};
      report(
        ratioRow(`cold opening with ${count} stored conversations, against none`, asAtFirst(cold, count), none, bar),
      );
      report(
        ratioRow(
          `warm opening with ${count} stored conversations, against none`,
          asAtFirst(warm, count),
          warm['0'] ?? [],
        ),
      );
    }
    await stage.browser.killWorker();
    await storeLongConversation(stage, 500);
    const short: number[] = [];
    const long: number[] = [];
    for (let round = 0; round < runs; round += 1) {
      long.push(await openConversation(stage, 'long'));
      short.push(await openConversation(stage, 'short'));
    }
    report(ratioRow('a conversation of 500 messages: newest painted, against one of 4', long, short));
  } finally {
    await stage.close();
  }
};

/** Milliseconds from the navigation to a painted composer. Warm: another page of the extension is there. */
async function open(stage: BenchStage, way: Way, state: 'cold' | 'warm'): Promise<number> {
  const other = state === 'warm' ? await openAndWait(stage, way) : undefined;
  const { page, ms } = await openAndWait(stage, way);
  await page.close();
  await other?.page.close();
  await endProcesses(stage);
  return ms;
}

async function openAndWait(
  stage: BenchStage,
  way: Way,
  ready = 'textarea',
): Promise<{ readonly page: Page; readonly ms: number }> {
  const page = await stage.puppeteer.newPage({ type: 'window', windowBounds: { ...panelSize } });
  await page.setViewport({ ...panelSize });
  await page.evaluateOnNewDocument(watchOpening, ready);
  await page.goto(addressOf(stage, way));
  const ms = await page.evaluate(() => window.benchOpened);
  if (ms === undefined) throw new Error(`${way} did not open`);
  return { page, ms };
}

/** From the start of the page to the moment in which the newest message is painted. */
async function openConversation(stage: BenchStage, which: 'long' | 'short'): Promise<number> {
  const { page } = await openAndWait(stage, 'ava');
  await page.click('.bar button');
  const row = await page.waitForSelector(
    `xpath/.//*[contains(@class, "history")]//button[contains(., "bench ${which}")]`,
  );
  const ms = await row?.evaluate(async (button, conversation) => {
    const begunAt = performance.now();
    (button as HTMLButtonElement).click();
    return new Promise<number>((resolve) => {
      const look = (): void => {
        const last = [...document.querySelectorAll<HTMLElement>('article')].at(-1);
        const box = last?.getBoundingClientRect();
        const isNewest =
          last?.dataset['messageId']?.startsWith(`bench-${conversation}-`) === true &&
          last.textContent.includes('the newest of all');
        const isSeen = isNewest && box !== undefined && box.top < innerHeight;
        if (isSeen) setTimeout(() => resolve(performance.now() - begunAt));
        else requestAnimationFrame(look);
      };
      look();
    });
  }, which);
  await page.close();
  await endProcesses(stage);
  return ms ?? Number.NaN;
}

/** The next page is opened as the first of a day: no worker runs, and the extension has no process. */
const endProcesses = (stage: BenchStage): Promise<unknown> => endTargets(stage, () => true);

/** Runs in the page, before anything of it. */
function watchOpening(selector: string): void {
  window.benchOpened = new Promise((resolve) => {
    const look = (): void => {
      const field = document.querySelector(selector);
      if (field && field.getBoundingClientRect().height > 0) setTimeout(() => resolve(performance.now()));
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}
