/** `npm run dev [-- --firefox]`: a browser with Ava loaded that reloads what changes. Ctrl-C ends it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'wxt';
import { findBrowser, type BrowserName } from '../browser/find-browser.ts';
import { startDemoServer } from '../demo-server/start-demo-server.ts';
import { hasDesktop, installSystem } from '../install-system.ts';
import { onEndAsked } from '../on-end-asked.ts';

const name: BrowserName = process.argv.includes('--firefox') ? 'firefox' : 'chromium';
if (!hasDesktop()) stop('There is no display to show the browser on. `npm start -- --ask "…"` works without one.');
try {
  installSystem({ browsers: [name], virtualDisplay: false });
} catch (error) {
  stop(error instanceof Error ? error.message : String(error));
}
const program = findBrowser(name) ?? stop(`There is no ${name}.`);

// web-ext leaves the profiles it makes behind when it is ended, so they go into a folder of ours.
const profiles = mkdtempSync(join(tmpdir(), 'ava-dev-'));
process.env['TMPDIR'] = profiles;
process.env['TEMP'] = profiles;
process.on('exit', () => rmSync(profiles, { recursive: true, force: true, maxRetries: 5 }));

const demo = await startDemoServer({ port: 8787 }).catch(() => startDemoServer());
const server = await createServer({
  browser: name === 'chromium' ? 'chrome' : 'firefox',
  manifestVersion: 3,
  webExt: {
    disabled: false,
    binaries: name === 'chromium' ? { chrome: program } : { firefox: program },
    chromiumArgs: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
    startUrls: [`${demo.url}/page`],
  },
});
onEndAsked(() => {
  void Promise.allSettled([server.stop(), demo.close()]).then(() => process.exit(0));
});
await server.start();
console.log(`The demo model listens at ${demo.url}/v1. Ctrl-C ends everything.`);

function stop(line: string): never {
  console.error(line);
  process.exit(1);
}
