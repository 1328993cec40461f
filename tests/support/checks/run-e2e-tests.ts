import { readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { root } from '../paths.ts';
import { addTallies, type StepResult } from './tally.ts';

const folder = join(root, 'tests', 'e2e');

/**
 * Runs the files of tests/e2e, each in a process of its own, and prints each file as it ends: as many at a time as there
 * are cores (more take longer: one browser keeps more than one core busy). Files whose name begins with `slow-` wait for
 * most of their time: they run one by one beside the others.
 */
export async function runE2eTests(patterns: readonly string[], signal: AbortSignal): Promise<StepResult> {
  const files = readdirSync(folder).filter(
    (file) =>
      file.endsWith('.test.ts') && (patterns.length === 0 || patterns.some((pattern) => file.includes(pattern))),
  );
  const slow = files.filter((file) => file.startsWith('slow-'));
  const results = await Promise.all([
    runFiles(slow, 1, signal),
    runFiles(
      files.filter((file) => !slow.includes(file)),
      availableParallelism(),
      signal,
    ),
  ]);
  const details = results.map((result) => result.details).filter(Boolean);
  const tally = addTallies(results);
  if (tally.passed + tally.failed > 0) return { ...tally, details: details.join('\n\n') };
  return { ...tally, failed: 1, details: 'No end-to-end test ran.' };
}

async function runFiles(files: readonly string[], concurrency: number, signal: AbortSignal): Promise<StepResult> {
  if (files.length === 0) return { passed: 0, failed: 0, skipped: 0, details: '' };
  let [passed, failed, skipped] = [0, 0, 0];
  const failures: string[] = [];
  const failedFiles = new Set<string>();
  const written = new Map<string, string>();
  const keep = ({ file, message }: { file: string; message: string }): void => {
    written.set(file, (written.get(file) ?? '') + message);
  };
  const events = run({
    files: files.map((file) => join(folder, file)),
    concurrency,
    // A file that hangs must not hang the whole run.
    timeout: 900_000,
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
  return { passed, failed, skipped, details: failures.filter(Boolean).join('\n\n') };
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
