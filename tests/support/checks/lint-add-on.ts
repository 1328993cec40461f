import { runTool } from '../run-tool.ts';
import { failedOnce, passedOnce, type StepResult } from './tally.ts';

/** What is read here of the linter's report: https://github.com/mozilla/addons-linter */
interface Report {
  readonly summary: { readonly errors: number; readonly warnings: number };
  readonly errors: readonly Message[];
  readonly warnings: readonly Message[];
}

interface Message {
  readonly code: string;
  readonly message: string;
  readonly file?: string;
}

/** Mozilla's add-on linter: no error and no warning. */
export async function lintAddOn(folder: string): Promise<StepResult> {
  const { stdout, output } = await runTool('web-ext', [
    'lint',
    '--source-dir',
    folder,
    '--output',
    'json',
    '--no-config-discovery',
  ]);
  const start = stdout.indexOf('{');
  if (start < 0) return failedOnce(output);
  const report: Report = JSON.parse(stdout.slice(start));
  const messages = [...report.errors, ...report.warnings];
  if (report.summary.errors + report.summary.warnings === 0) return passedOnce;
  return failedOnce(messages.map(({ code, message, file = '' }) => `${code} ${file}: ${message}`).join('\n'));
}
