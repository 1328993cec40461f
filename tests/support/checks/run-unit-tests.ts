import { existsSync, readFileSync, rmSync } from 'node:fs';
import { relative } from 'node:path';
import { artifactPath, root } from '../paths.ts';
import { runTool } from '../run-tool.ts';
import type { StepResult } from './tally.ts';

/** The part of Vitest's JSON report that is read here: https://vitest.dev/guide/reporters#json-reporter */
interface Report {
  readonly success: boolean;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: 'passed' | 'failed' | 'skipped' | 'pending' | 'todo' | 'disabled';
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Runs Vitest. A file that can't be loaded and a runner that ends without a report are failures, too. */
export async function runUnitTests(): Promise<StepResult> {
  const path = artifactPath('unit.json');
  rmSync(path, { force: true });
  const { code, output } = await runTool('vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${path}`,
  ]);
  if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0, details: output };

  const report: Report = JSON.parse(readFileSync(path, 'utf8'));
  const tests = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.map((test) => ({ ...test, file: relative(root, name) })),
  );
  const passed = tests.filter((test) => test.status === 'passed');
  const failed = tests.filter((test) => test.status === 'failed');
  const skipped = tests.filter((test) => test.status !== 'passed' && test.status !== 'failed');
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  const details = [
    ...skipped.map((test) => `skipped ${test.fullName}  (${test.file})`),
    ...failed.map((test) => `FAILED ${test.fullName}  (${test.file})\n${test.failureMessages.join('\n')}\n`),
    ...broken.map((file) => `FAILED ${relative(root, file.name)}\n${file.message}\n`),
  ];
  let failures = failed.length + broken.length;
  // An unhandled error outside a test fails the run without failing a test.
  if (failures === 0 && (code !== 0 || !report.success || passed.length === 0)) {
    failures = 1;
    details.push(output);
  }
  return { passed: passed.length, failed: failures, skipped: skipped.length, details: details.join('\n') };
}
