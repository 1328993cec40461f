import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { root } from '../paths.ts';
import type { StepResult } from './tally.ts';

const folder = join(root, 'tests', 'e2e');

/**
 * Runs the files of tests/e2e, each in a process of its own, and prints each file as it ends. Files whose name begins
 * with `slow-` wait for most of their time: they start first, and one more file runs beside them than there are cores.
 */
export async function runE2eTests(patterns: readonly string[], signal: AbortSignal): Promise<StepResult> {
  const files = listFiles().filter(
    (file) => patterns.length === 0 || patterns.some((pattern) => file.includes(pattern)),
  );
  if (files.length === 0) return { passed: 0, failed: 1, skipped: 0, details: 'There are no end-to-end tests.' };

  let [passed, failed, skipped] = [0, 0, 0];
  const failures: string[] = [];
  const failedFiles = new Set<string>();
  const written = new Map<string, string>();
  const keep = ({ file, message }: { file: string; message: string }): void => {
    written.set(file, (written.get(file) ?? '') + message);
  };
  const events = run({
    files: files.map((file) => join(folder, file)),
    concurrency: availableParallelism() + 1,
    // A file that hangs must not hang the whole run.
    timeout: 300_000,
    signal,
  });
  // Reading the events is what makes the run go on; its end is the end of the run.
  for await (const { type, data } of events) {
    switch (type) {
      case 'test:stdout':
      case 'test:stderr':
        keep(data);
        break;
      case 'test:pass':
        if (data.details.type === 'suite') break;
        if (data.skip !== undefined || data.todo !== undefined) skipped += 1;
        else passed += 1;
        break;
      case 'test:fail':
        // A suite, or a test with parts, that failed only because a part did: the part is counted.
        if (failureType(data.details.error) === 'subtestsFailed') break;
        failed += 1;
        if (data.file !== undefined) failedFiles.add(data.file);
        failures.push(describeFailure(data.name, data.file, data.details.error));
        break;
      case 'test:summary':
        if (data.file === undefined) break;
        console.log(
          `  ${relative(root, data.file)}  ${data.counts.passed} of ${data.counts.tests}  ${(data.duration_ms / 1000).toFixed(0)} s`,
        );
        break;
    }
  }
  for (const [file, text] of written) {
    if (failedFiles.has(file)) failures.push(`What ${relative(root, file)} wrote:\n${text.trimEnd()}`);
  }
  if (passed + failed === 0) {
    failed = 1;
    failures.push('No end-to-end test ran.');
  }
  return { passed, failed, skipped, details: failures.filter(Boolean).join('\n\n') };
}

function listFiles(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.test.ts'))
    .sort((one, other) => Number(isSlow(other)) - Number(isSlow(one)) || one.localeCompare(other));
}

function isSlow(file: string): boolean {
  return file.startsWith('slow-');
}

function failureType(error: Error): unknown {
  return 'failureType' in error ? error.failureType : undefined;
}

function describeFailure(name: string, file: string | undefined, error: Error): string {
  const { cause = error } = error;
  const words = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  const own = words.replaceAll(/\n *at [^\n]*\(?node:internal[^\n]*/g, '');
  return `FAILED ${name}${file ? `  (${relative(root, file)})` : ''}\n${own.replaceAll(/^/gm, '  ')}`;
}
