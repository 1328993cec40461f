/**
 * `npm run test:faults`: the whole fault laboratory, and its table. `npm run test:faults -- unit browser-kills` runs
 * these parts alone; `AVA_FAULTS_SEED=7 npm run test:faults` begins its random runs at that seed.
 */
import { drawTable, runFaults } from '../../faults/run.ts';
import { describeTally } from '../checks/tally.ts';
import { buildExtension } from '../build-extension.ts';
import { installSystem } from '../install-system.ts';
import { onEndAsked } from '../on-end-asked.ts';
import { endTools } from '../run-tool.ts';

const ending = new AbortController();
onEndAsked(() => {
  ending.abort();
  endTools();
});

const words = process.argv.slice(2);
const wantsBrowsers = words.length === 0 || words.some((word) => word.includes('browser'));
if (wantsBrowsers) installSystem({ browsers: ['chromium', 'firefox'], virtualDisplay: true });

if (wantsBrowsers) {
  for (const name of ['chromium', 'firefox'] as const) {
    const { code, output } = await buildExtension(name);
    if (code === 0) continue;
    console.error(output);
    process.exit(1);
  }
}

const startedAt = performance.now();
const { rows, details, ...tally } = await runFaults(words, ending.signal);
if (details) console.log(details);
console.log(`\n${drawTable(rows)}\n`);
console.log(`${((performance.now() - startedAt) / 1000).toFixed(0)} s in all`);
console.log(describeTally(tally));
process.exit(tally.failed === 0 && tally.passed > 0 && !ending.signal.aborted ? 0 : 1);
