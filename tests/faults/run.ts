import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserName } from '../support/browser/find-browser.ts';
import { runUnitTests } from '../support/checks/run-unit-tests.ts';
import { addTallies, type StepResult } from '../support/checks/tally.ts';
import { root } from '../support/paths.ts';
import { type FaultRow, firstSeed, forgetRows, readRows, reportRow } from './rows.ts';

/**
 * A part of the laboratory that needs real browsers. Each `tests/faults/browser-<name>.ts` exports one as `run`; it
 * reports its rows as it goes, and what it throws is a failure of the whole part.
 */
export type BrowserPart = (world: BrowserPartWorld) => Promise<void>;

export interface BrowserPartWorld {
  readonly seed: number;
  /** Those to run it in. */
  readonly browsers: readonly BrowserName[];
  readonly report: (row: FaultRow) => void;
  /** Aborted when the run is asked to end: close the browsers. */
  readonly signal: AbortSignal;
}

export interface FaultRun extends StepResult {
  readonly rows: readonly FaultRow[];
}

/** A part that mostly waits: it runs beside all others. */
const waitingPart = 'browser-silence.ts';
/** Parts whose bars are milliseconds: each has the machine to itself, as a user's browser has. */
const timedParts = new Set(['browser-crashes.ts', 'browser-stop.ts', 'browser-worker-kills.ts']);

/**
 * Runs all of the laboratory: every vitest file with its whole range, then the parts that drive browsers, one after the
 * other in each browser, and the browsers beside each other; at last those whose bars are milliseconds.
 */
export async function runFaults(patterns: readonly string[], signal: AbortSignal): Promise<FaultRun> {
  forgetRows();
  process.env['AVA_FAULTS'] = 'all';
  const results: StepResult[] = [];
  const wants = (name: string): boolean => patterns.length === 0 || patterns.some((pattern) => name.includes(pattern));
  if (wants('unit')) {
    console.log('unit …');
    results.push(await runUnitTests());
  }
  const files = browserParts().filter(wants);
  const runIn = async (part: readonly string[], browsers: readonly BrowserName[]): Promise<void> => {
    for (const file of part) {
      if (signal.aborted) return;
      console.log(`${file}: ${browsers.join(', ')} …`);
      results.push(await runBrowserPart(file, browsers, signal));
    }
  };
  const isWaiting = (file: string): boolean => file === waitingPart;
  await Promise.all([
    runIn(files.filter(isWaiting), browsersToRun()),
    ...browsersToRun().map((name) =>
      runIn(
        files.filter((file) => !isWaiting(file) && !timedParts.has(file)),
        [name],
      ),
    ),
  ]);
  for (const name of browsersToRun()) {
    await runIn(
      files.filter((file) => timedParts.has(file)),
      [name],
    );
  }
  const rows = readRows().toSorted((one, other) => one.figure.localeCompare(other.figure));
  const missed = rows.filter(({ ok }) => !ok).length;
  const total = addTallies([...results, { passed: rows.length - missed, failed: missed, skipped: 0 }]);
  return {
    ...total,
    rows,
    details: results
      .map(({ details }) => details)
      .filter(Boolean)
      .join('\n'),
  };
}

function browserParts(): readonly string[] {
  return readdirSync(join(root, 'tests', 'faults')).filter((name) => /^browser-[\w-]+\.ts$/u.test(name));
}

/** Both browsers, or the one that `AVA_BROWSER` names. */
function browsersToRun(): readonly BrowserName[] {
  const only = process.env['AVA_BROWSER'];
  return (['chromium', 'firefox'] as const).filter((name) => only === undefined || only === name);
}

async function runBrowserPart(
  file: string,
  browsers: readonly BrowserName[],
  signal: AbortSignal,
): Promise<StepResult> {
  try {
    const part: unknown = await import(pathToFileURL(join(root, 'tests', 'faults', file)).href);
    // A file that only helps another part has no `run`.
    if (!hasRun(part)) return { passed: 0, failed: 0, skipped: 0, details: '' };
    await part.run({ seed: firstSeed(), browsers, report: reportRow, signal });
    return { passed: 1, failed: 0, skipped: 0, details: '' };
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { passed: 0, failed: 1, skipped: 0, details: `FAILED ${file}\n${words}` };
  }
}

function hasRun(part: unknown): part is { readonly run: BrowserPart } {
  return typeof part === 'object' && part !== null && 'run' in part && typeof part.run === 'function';
}

/** The rows as a table of text, its columns as wide as what is in them. */
export function drawTable(rows: readonly FaultRow[]): string {
  const lines = [
    ['figure', 'bar', 'measured', 'where', 'seed', ''],
    ...rows.map(({ figure, bar, measured, browser, seed, ok }) => [
      figure,
      bar,
      measured,
      browser,
      seed,
      ok ? 'ok' : 'FAILED',
    ]),
  ];
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const drawn = lines.map((line) => `| ${line.map((text, column) => text.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [drawn[0], rule, ...drawn.slice(1)].join('\n');
}
