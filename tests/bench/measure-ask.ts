/** The same question asked in the panel and in the floors, and the rows that come of it. */
import type { Page } from 'puppeteer-core';
import { type BenchWorld, medianOf, ratioRow } from './bench-row.ts';
import type { BenchAsk } from './bench-server.ts';
import type { BenchStage, Way } from './bench-stage.ts';
import { measureCost, measureTimes, type StreamCost, type StreamTimes } from './measure-stream.ts';

export interface Measured {
  readonly cost: StreamCost[];
  readonly times: StreamTimes[];
}

export type BenchPages = Readonly<Partial<Record<Way, Page>>>;

export interface AskOptions {
  readonly stage: BenchStage;
  /** Those to ask in, in this order. */
  readonly pages: BenchPages;
  readonly runs: number;
}

/** One after the other, again and again: what the machine does beside it meets all of them. */
export async function measureAsk(ask: BenchAsk, { stage, pages, runs }: AskOptions): Promise<Record<Way, Measured>> {
  const measured: Record<Way, Measured> = {
    ava: { cost: [], times: [] },
    port: { cost: [], times: [] },
    fetch: { cost: [], times: [] },
  };
  for (let round = 0; round < runs; round += 1) {
    for (const [way, page] of Object.entries(pages) as [Way, Page][]) {
      measured[way].cost.push(await measureCost(stage, page, way, ask));
      measured[way].times.push(await measureTimes(stage, page, way, ask));
    }
  }
  return measured;
}

export const cpuOf = ({ cost }: Measured): readonly number[] => cost.map(({ cpuMs }) => cpuMs);
export const tookOf = ({ cost }: Measured): readonly number[] => cost.map(({ tookMs }) => tookMs);
export const lagOf = ({ times }: Measured): readonly number[] => times.map(({ worstLagMs }) => worstLagMs);

export function reportStream(
  world: BenchWorld,
  name: string,
  { ava, port, fetch }: Record<Way, Measured>,
  { hasCpuBar = false, isLongest = false }: { readonly hasCpuBar?: boolean; readonly isLongest?: boolean } = {},
): void {
  const pick = (measured: Measured, key: keyof StreamTimes): readonly number[] => measured.times.map((one) => one[key]);
  world.report(ratioRow(`${name}: CPU`, cpuOf(ava), cpuOf(port), hasCpuBar ? { bar: 2 } : {}));
  if (fetch.cost.length > 0)
    world.report(ratioRow(`${name}: CPU, against the page that fetches itself`, cpuOf(ava), cpuOf(fetch)));
  world.report(
    ratioRow(`${name}: Enter to request`, pick(ava, 'enterToRequestMs'), pick(port, 'enterToRequestMs'), { bar: 1.5 }),
  );
  world.report(
    ratioRow(
      `${name}: first token sent to painted`,
      pick(ava, 'firstTokenToPaintMs'),
      pick(port, 'firstTokenToPaintMs'),
      { bar: 2 },
    ),
  );
  world.report(ratioRow(`${name}: worst lag behind the server`, lagOf(ava), lagOf(port), isLongest ? { bar: 2 } : {}));
  world.report(ratioRow(`${name}: worst frame gap`, pick(ava, 'worstFrameGapMs'), pick(port, 'worstFrameGapMs')));
  const [ourTasks, theirTasks] = [medianOf(pick(ava, 'longTasks')), medianOf(pick(port, 'longTasks'))];
  world.report({
    figure: `${name}: tasks over 50 ms (panel minus floor)`,
    panel: String(ourTasks),
    floor: String(theirTasks),
    ratio: ourTasks - theirTasks,
    ...(isLongest ? { bar: 0 } : {}),
  });
  const heap = medianOf(ava.cost.map(({ heapBytes }) => heapBytes));
  const megabytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MB`;
  world.report({
    figure: `${name}: JavaScript heap afterwards, MB`,
    panel: megabytes(heap),
    floor: megabytes(medianOf(port.cost.map(({ heapBytes }) => heapBytes))),
    ratio: heap / 1024 ** 2,
    bar: 15,
  });
}
