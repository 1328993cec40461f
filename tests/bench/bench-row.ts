/** A line of the benchmark's table. */
export interface BenchRow {
  readonly figure: string;
  readonly panel: string;
  /** The floor that the bar speaks of; '' where there is none. */
  readonly floor: string;
  /** The panel over the floor, or another number that has a bar; undefined where the figure is printed alone. */
  readonly ratio?: number;
  readonly bar?: number;
}

/** One part of the benchmark: each of `parts/<name>.ts` exports one as `run`. */
export type BenchPart = (world: BenchWorld) => Promise<void>;

export interface BenchWorld {
  /** How often each thing is measured; the table has the medians. */
  readonly runs: number;
  /** Fewer and shorter answers. */
  readonly isQuick: boolean;
  readonly report: (row: BenchRow) => void;
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

export const inMs = (ms: number): string => `${ms.toFixed(0)} ms`;

/** The medians of both sides and their ratio. */
export function ratioRow(
  figure: string,
  panel: readonly number[],
  floor: readonly number[],
  { bar, show = inMs }: { readonly bar?: number; readonly show?: (value: number) => string } = {},
): BenchRow {
  const [ours, theirs] = [medianOf(panel), medianOf(floor)];
  return {
    figure,
    panel: show(ours),
    floor: show(theirs),
    ratio: ours / theirs,
    ...(bar === undefined ? {} : { bar }),
  };
}

export function drawTable(rows: readonly BenchRow[]): string {
  const lines = rows.map(({ figure, panel, floor, ratio, bar }) => [
    figure,
    panel,
    floor,
    ratio === undefined ? '' : ratio.toFixed(2),
    bar === undefined ? '' : `≤ ${bar}`,
    bar === undefined || ratio === undefined ? '' : ratio <= bar ? 'ok' : '**missed**',
  ]);
  const table = [
    ['figure', 'panel', 'floor', 'ratio', 'bar', ''],
    ['---', '---', '---', '---', '---', '---'],
    ...lines,
  ];
  return table.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
