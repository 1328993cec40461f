/**
 * `npm test`: everything. `npm test -- unit package` runs these steps alone; what comes after `e2e` chooses its files:
 * `npm test -- build e2e context-menu`. The last line says how many tests passed and failed.
 */
import { buildExtension } from '../build-extension.ts';
import { checkPackage } from '../checks/check-package.ts';
import { lintAddOn } from '../checks/lint-add-on.ts';
import { runE2eTests } from '../checks/run-e2e-tests.ts';
import { runUnitTests } from '../checks/run-unit-tests.ts';
import { addTallies, describeTally, failedOnce, passedOnce, type StepResult, type Tally } from '../checks/tally.ts';
import { installSystem } from '../install-system.ts';
import { onEndAsked } from '../on-end-asked.ts';
import { buildFolder } from '../paths.ts';
import { endTools, runTool } from '../run-tool.ts';

const known = ['types', 'lint', 'unit', 'build', 'package', 'e2e'] as const;
type Step = (typeof known)[number];

const browsers = ['chromium', 'firefox'] as const;
const ending = new AbortController();
onEndAsked(() => {
  ending.abort();
  endTools();
});

const words = process.argv.slice(2);
const e2eAt = words.indexOf('e2e');
const e2ePatterns = e2eAt < 0 ? [] : words.slice(e2eAt + 1);

const steps: Readonly<Record<Step, () => Promise<StepResult>>> = {
  types: async () =>
    inOrder(
      () => tool('wxt', ['prepare']),
      () => tool('tsc', ['--noEmit'], 'typescript'),
    ),
  lint: async () => all([await tool('oxlint', ['--type-aware', '--deny-warnings']), await tool('oxfmt', ['--check'])]),
  unit: runUnitTests,
  build: async () => all([toResult(await buildExtension('chromium')), toResult(await buildExtension('firefox'))]),
  package: async () => all([...browsers.map((name) => checkBuild(name)), await lintAddOn(buildFolder('firefox'))]),
  e2e: () => runE2eTests(e2ePatterns, ending.signal),
};

const chosen = known.filter(
  (step) => words.length === 0 || words.slice(0, e2eAt < 0 ? undefined : e2eAt + 1).includes(step),
);
const unknown = (e2eAt < 0 ? words : words.slice(0, e2eAt)).filter((word) => !known.some((step) => step === word));
if (unknown.length > 0) stop(`There is no step "${unknown.join('", "')}"; there are: ${known.join(', ')}.`);

if (chosen.includes('e2e')) {
  try {
    installSystem({ browsers, virtualDisplay: true });
  } catch (error) {
    stop(error instanceof Error ? error.message : String(error));
  }
}

const startedAt = performance.now();
const results: StepResult[] = [];
let isBuilt = true;
for (const step of chosen) {
  if (ending.signal.aborted) break;
  const result: StepResult =
    isBuilt || (step !== 'package' && step !== 'e2e') ? await runStep(step) : failedOnce(`${step}: there is no build`);
  if (step === 'build') isBuilt = result.failed === 0;
  results.push(result);
}
if (ending.signal.aborted) results.push(failedOnce(''));

const total = addTallies(results);
console.log(`\n${seconds(startedAt)} in all`);
console.log(describeTally(total));
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

async function runStep(step: Step): Promise<StepResult> {
  const stepStartedAt = performance.now();
  if (step === 'e2e') console.log('e2e …');
  // A step that breaks must not take those after it with it, nor go uncounted.
  const result = await steps[step]().catch((error: unknown) =>
    failedOnce(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
  console.log(`${step.padEnd(8)} ${describeTally(result)}  ${seconds(stepStartedAt)}`);
  if (result.details) console.log(result.details.trimEnd().replaceAll(/^(?=.)/gm, '  '));
  return result;
}

async function tool(name: string, toolWords: readonly string[], packageName = name): Promise<StepResult> {
  return toResult(await runTool(name, toolWords, packageName));
}

function toResult({ code, output }: { code: number; output: string }): StepResult {
  return code === 0 ? passedOnce : failedOnce(output);
}

/** The second only if the first passed; together they are one check. */
async function inOrder(first: () => Promise<StepResult>, second: () => Promise<StepResult>): Promise<StepResult> {
  const result = await first();
  return result.failed > 0 ? result : second();
}

function checkBuild(name: (typeof browsers)[number]): StepResult {
  const checks = checkPackage(buildFolder(name));
  const wrong = checks.filter((check) => check.wrong !== '');
  const tally: Tally = { passed: checks.length - wrong.length, failed: wrong.length, skipped: 0 };
  const sizes = checks.filter((check) => check.title.includes('kB') && check.wrong === '').map((check) => check.title);
  return {
    ...tally,
    details: [`${name}: ${sizes.join('; ')}`, ...wrong.map((check) => `FAILED ${check.wrong}`)].join('\n'),
  };
}

function all(parts: readonly StepResult[]): StepResult {
  return {
    ...addTallies(parts),
    details: parts
      .map((part) => part.details)
      .filter(Boolean)
      .join('\n'),
  };
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

function stop(line: string): never {
  console.error(line);
  process.exit(1);
}
