/**
 * `npm start`: a browser with Ava loaded, its panel open beside a page, and a demo model that answers.
 *
 *     npm start                                      Chromium, Chrome or Edge
 *     npm start -- --firefox                         Firefox
 *     npm start -- --ask "What is backpressure?"     asks, prints the answer, takes a picture, and ends
 */
import { parseArgs } from 'node:util';
import { findBrowser, type BrowserName } from '../browser/find-browser.ts';
import { launchBrowser } from '../browser/launch-browser.ts';
import type { TestBrowser } from '../browser/test-browser.ts';
import { buildExtension } from '../build-extension.ts';
import { addDemoEndpoint } from '../demo-session/add-demo-endpoint.ts';
import { askInPanel } from '../demo-session/ask-in-panel.ts';
import { startDemoServer, type DemoServer } from '../demo-server/start-demo-server.ts';
import { hasDesktop, installSystem } from '../install-system.ts';
import { onEndAsked } from '../on-end-asked.ts';
import { artifactPath, buildFolder } from '../paths.ts';
import { endTools } from '../run-tool.ts';

let server: DemoServer | undefined;
let browser: TestBrowser | undefined;
let isEnding = false;

const { firefox, ask: question } = readWords();
onEndAsked(() => void end(question === undefined ? 0 : 130));
try {
  await start(firefox ? 'firefox' : chooseBrowser());
} catch (error) {
  // While ending, whatever was under way fails, and that is no news.
  if (!isEnding) {
    console.error(error instanceof Error ? error.message : error);
    await end(1);
  }
}

async function start(name: BrowserName): Promise<void> {
  const screen = hasDesktop() ? 'desktop' : 'virtual';
  installSystem({ browsers: [name], virtualDisplay: screen === 'virtual' });

  console.log(`Building Ava for ${title(name)} …`);
  const build = await buildExtension(name);
  if (build.code !== 0) throw new Error(`The build failed.\n${build.output}`);

  server = await startDemoServer();
  console.log(`Starting ${title(name)}${screen === 'virtual' ? ' on a virtual display' : ''} …`);
  browser = await launchBrowser(name, {
    extension: buildFolder(name),
    screen,
    // As for a user: the background sleeps, and access to other servers than the demo's is asked for.
    letWorkerSleep: true,
    promptForPermissions: true,
    url: `${server.url}/page`,
  });
  // The browser's driver would end this process at the first signal, before it has cleaned up.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.removeAllListeners(signal);
  onEndAsked(() => void end(question === undefined ? 0 : 130));
  void browser.closed.then(() => end(question === undefined ? 0 : 1));

  await addDemoEndpoint(browser, server.url);
  await browser.firstTab.bringToFront();
  const panel = await browser.openPanel('action');

  if (question === undefined) {
    if (screen === 'virtual') {
      console.log(
        '\nThere is no display here, so nobody sees the browser. To see an answer: npm start -- --ask "What is backpressure?"',
      );
    }
    console.log(`
Ava is open beside ${server.url}/page.
The demo model is chosen: canned text, not an AI. Type a question in the panel.
Press Ctrl-C here, or close the browser, to end everything.`);
    return;
  }

  console.log(`Asking: ${question}\n`);
  const answer = await askInPanel(panel, question, (text) => process.stdout.write(text));
  const picture = artifactPath(`ask-${name}.png`);
  await browser.screenshotWindow(picture);
  console.log(`\nThe answer is ${answer.state}${answer.failure && ` (${answer.failure})`}. Screenshot: ${picture}`);
  await end(answer.state === 'complete' ? 0 : 1);
}

async function end(code: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  endTools();
  // What fails to close goes with this process: the browser and the display end at its exit.
  await Promise.allSettled([browser?.close(), server?.close()]);
  process.exit(code);
}

function readWords(): { firefox: boolean; ask?: string } {
  try {
    return parseArgs({ options: { firefox: { type: 'boolean', default: false }, ask: { type: 'string' } } }).values;
  } catch (error) {
    console.error(`${String(error)}\nUsage: npm start -- [--firefox] [--ask "a question"]`);
    return process.exit(1);
  }
}

/** What is there is used; only where there is no browser at all is one installed. */
function chooseBrowser(): BrowserName {
  return !findBrowser('chromium') && findBrowser('firefox') ? 'firefox' : 'chromium';
}

function title(name: BrowserName): string {
  return name === 'chromium' ? 'Chromium' : 'Firefox';
}
