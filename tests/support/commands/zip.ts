/** `npm run zip`: what the stores take. For Firefox with the sources, which its reviewers build themselves. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { targetWords } from '../build-extension.ts';
import { root } from '../paths.ts';
import { runTool } from '../run-tool.ts';

const folder = join(root, '.output');
for (const name of listZips()) rmSync(join(folder, name));
for (const browser of ['chromium', 'firefox'] as const) {
  const { code, output } = await runTool('wxt', ['zip', ...targetWords[browser]]);
  if (code !== 0) {
    console.error(output);
    process.exitCode = 1;
  }
}
for (const name of listZips()) {
  const path = join(folder, name);
  console.log(`${path}  ${Math.ceil(statSync(path).size / 1000)} kB`);
}

function listZips(): string[] {
  try {
    return readdirSync(folder).filter((name) => name.endsWith('.zip'));
  } catch {
    // Nothing was ever built.
    return [];
  }
}
