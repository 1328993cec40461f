/**
 * `npm run bench`: how quick the panel is, next to the least that an extension can do. `npm run bench -- --quick` measures
 * fewer and shorter answers; words choose parts: `npm run bench -- open typing`; `--runs 9` measures more often.
 * Absolute times are of this machine; the bars are ratios to the floors of the same run.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { type BenchPart, type BenchRow, drawTable } from '../../bench/bench-row.ts';
import { buildExtension } from '../build-extension.ts';
import { installSystem } from '../install-system.ts';
import { onEndAsked } from '../on-end-asked.ts';
import { root } from '../paths.ts';
import { endTools } from '../run-tool.ts';

onEndAsked(() => {
  endTools();
  // The browser and the server end with this process.
  process.exit(130);
});

const { values, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, runs: { type: 'string' } },
  allowPositionals: true,
});
const folder = join(root, 'tests', 'bench', 'parts');
const parts = readdirSync(folder)
  .map((file) => file.replace('.ts', ''))
  .filter((name) => positionals.length === 0 || positionals.includes(name));

installSystem({ browsers: ['chromium'], virtualDisplay: true });
const { code, output } = await buildExtension('chromium');
if (code !== 0) {
  console.error(output);
  process.exit(1);
}

const rows: BenchRow[] = [];
for (const name of parts) {
  console.log(`${name} …`);
  const part = (await import(pathToFileURL(join(folder, `${name}.ts`)).href)) as { readonly run: BenchPart };
  await part.run({
    runs: Number(values.runs ?? (values.quick ? 3 : 5)),
    isQuick: values.quick,
    report: (row) => {
      rows.push(row);
      console.log(
        `  ${row.figure}: ${row.panel} / ${row.floor}${row.ratio === undefined ? '' : ` = ${row.ratio.toFixed(2)}`}`,
      );
    },
  });
}
console.log(`\n${drawTable(rows)}`);
process.exit(0);
