import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { artifactPath, root } from '../support/paths.ts';

/** One line of the table that `npm run test:faults` prints. */
export interface FaultRow {
  /** What was measured, in the words of the promise. */
  readonly figure: string;
  /** What it has to be. */
  readonly bar: string;
  /** What it was. */
  readonly measured: string;
  readonly ok: boolean;
  readonly browser: 'chromium' | 'firefox' | 'in process';
  /** What the run can be repeated from; '' where nothing in it is random. */
  readonly seed: string;
}

/** Whether everything is to be run, or the slice that `npm test` has time for. */
export function isWholeRun(): boolean {
  return process.env['AVA_FAULTS'] === 'all';
}

/** The first seed of a random run. `AVA_FAULTS_SEED` repeats one that failed. */
export function firstSeed(): number {
  return Number(process.env['AVA_FAULTS_SEED'] ?? 1);
}

const prefix = 'faults-';
const ending = '.jsonl';

/**
 * Adds a row to the table. Each process writes a file of its own, so that any test can report, wherever it runs: a
 * row is a line of JSON. Outside the whole run there is no table, and nothing is written.
 */
export function reportRow(row: FaultRow): void {
  if (isWholeRun()) appendFileSync(artifactPath(`${prefix}${process.pid}${ending}`), `${JSON.stringify(row)}\n`);
}

/** Every row reported since `forgetRows`. */
export function readRows(): readonly FaultRow[] {
  return rowFiles().flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as FaultRow),
  );
}

export function forgetRows(): void {
  for (const path of rowFiles()) rmSync(path, { force: true });
}

function rowFiles(): readonly string[] {
  const folder = join(root, 'tests', '.artifacts');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefix) && name.endsWith(ending))
    .sort()
    .map((name) => join(folder, name));
}
