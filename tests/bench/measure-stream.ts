/** One question in one of the pages, and what its answer cost. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import { tokensPerMark } from './bench-answer.ts';
import { type BenchAsk, questionOf } from './bench-server.ts';
import { type BenchStage, clearPage, type Way } from './bench-stage.ts';
import { awaitEnd, type Watched, watchFrames } from './watch-page.ts';

declare const chrome: { runtime: { sendMessage(message: unknown): Promise<unknown> } };

export interface StreamCost {
  /** From the first key of the question until all was quiet again. */
  readonly cpuMs: number;
  /** From Enter to the end of the answer on the page. */
  readonly tookMs: number;
  /** Of the page's JavaScript after a collection, bytes. */
  readonly heapBytes: number;
}

/** After an answer its record is sealed and written: that is part of its cost. */
const settleMs = 700;

/** The cost alone: nothing else runs in the page. */
export async function measureCost(stage: BenchStage, page: Page, way: Way, ask: BenchAsk): Promise<StreamCost> {
  await prepare(page, way, ask);
  await page.evaluate(awaitEnd);
  const before = await stage.cpuSeconds();
  const enterAt = Date.now();
  await page.keyboard.press('Enter');
  const endAt = await page.evaluate(() => window.benchEnded);
  await sleep(settleMs);
  const cpuMs = ((await stage.cpuSeconds()) - before) * 1000;
  return { cpuMs, tookMs: (endAt ?? 0) - enterAt, heapBytes: await measureHeap(page) };
}

export interface StreamTimes {
  readonly enterToRequestMs: number;
  readonly firstTokenToPaintMs: number;
  /** The longest that a token was sent and not yet to be seen. */
  readonly worstLagMs: number;
  readonly worstFrameGapMs: number;
  readonly longTasks: number;
  readonly frames: number;
}

/** What a person would see, frame by frame; the looking costs, in all pages the same. */
export async function measureTimes(stage: BenchStage, page: Page, way: Way, ask: BenchAsk): Promise<StreamTimes> {
  await prepare(page, way, ask);
  await page.evaluate(watchFrames);
  const known = stage.server.requests.length;
  await page.keyboard.press('Enter');
  const watched = await page.evaluate(() => window.benchWatched);
  const request = stage.server.requests[known];
  if (!watched || !request) throw new Error(`${way}: nothing was asked`);
  return {
    enterToRequestMs: request.arrivedAt - watched.enterAt,
    firstTokenToPaintMs: watched.firstTextAt - (request.sentAt[0] ?? 0),
    worstLagMs: worstLag(watched, request.sentAt),
    worstFrameGapMs: watched.worstFrameGapMs,
    longTasks: watched.longTasks.length,
    frames: watched.marks.length,
  };
}

export async function prepare(page: Page, way: Way, ask: BenchAsk): Promise<void> {
  await clearPage(page, way);
  await page.bringToFront();
  // Waking is measured on its own.
  if (way === 'ava')
    await page.evaluate(() => void chrome.runtime.sendMessage({ type: 'wake' }).catch(() => undefined));
  await page.focus('textarea');
  await page.keyboard.type(questionOf(ask));
  await page.waitForFunction((question) => document.querySelector('textarea')?.value === question, {}, questionOf(ask));
  await sleep(settleMs);
}

/** Each frame's newest mark ends the wait of all marks since the one before: the first of those waited longest. */
function worstLag({ marks }: Watched, sentAt: readonly number[]): number {
  let before = -1;
  let worst = 0;
  for (const [at, mark] of marks) {
    const oldest = before < 0 ? 0 : before + tokensPerMark;
    worst = Math.max(worst, at - (sentAt[Math.min(oldest, mark)] ?? at));
    before = mark;
  }
  return worst;
}

export async function measureHeap(page: Page): Promise<number> {
  const client = await page.createCDPSession();
  await client.send('HeapProfiler.collectGarbage');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  await client.detach();
  return usedSize;
}
