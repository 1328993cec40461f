/** Blocks of code in an answer, and the diagrams that are drawn of some. */
import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, it } from 'node:test';
import type { BrowserName } from '../support/browser/find-browser.ts';
import type { Surface } from '../support/browser/surface.ts';
import { waitUntil } from '../support/browser/wait-until.ts';
import { buildFolder } from '../support/paths.ts';
import { ask, askLong, chooseModel, forEachBrowser, newChat, reply, startSession, waitForState } from './session.ts';

const code = 'const answer = "<b>42</b>"; // a comment\n\nif (answer) {\n\treturn answer;\n}';
const long = `let a = '${'long '.repeat(40)}';`;

forEachBrowser((name) => {
  const folder = mkdtempSync(join(tmpdir(), 'ava-code-'));
  const session = startSession(name, {
    extension: withProbe(name, join(folder, 'extension')),
    ...(name === 'chromium' && { userDataDir: profileWithDownloads(folder) }),
    prefs: { 'browser.download.folderList': 2, 'browser.download.dir': folder },
    // The frame of a diagram says what its policy has refused.
    provoked: /diagram\.(?:html|js)|server\.invalid/,
  });
  let panel: Surface;
  before(async () => {
    panel = await session.browser.openPanel('toolbar-click');
    await panel.evaluate(() => {
      window.addEventListener('message', ({ data, origin }: MessageEvent<unknown>) => {
        const root = document.documentElement;
        if (typeof data === 'string') root.dataset['probe'] = `${origin} ${data}`;
        else root.dataset['said'] = `${root.dataset['said'] ?? ''} ${(data as { type: string }).type}`;
      });
    });
  });
  beforeEach(async () => {
    await newChat(panel);
    await panel.evaluate(() => {
      delete document.documentElement.dataset['said'];
    });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('code gets its colours while it is written', async () => {
    await chooseModel(panel, 'demo');
    await ask(panel, 'What is backpressure?');
    const colours = await panel.waitFor('colours in an answer that streams', () => {
      const article = document.querySelector('article[data-state="streaming"]');
      const [keyword, comment, text] = ['.code-keyword', '.code-comment', 'pre'].map((selector) => {
        const element = article?.querySelector(selector);
        return element ? getComputedStyle(element).color : undefined;
      });
      return keyword && comment && [keyword, comment, text];
    });
    assert.equal(new Set(colours).size, 3);
    await panel.click('button[aria-label="Stop"]');
    await waitForState(panel, 'stopped');
  });

  it('it is copied and saved exactly as it stands, and its long lines break when they are asked to', async () => {
    await chooseModel(panel, 'demo-echo');
    await askLines(panel, `\`\`\`typescript\n${code}\n\`\`\`\n\n\`\`\`js\n${long}\n\`\`\``);
    await panel.waitFor('colours', () => document.querySelector('figure.code .code-string') !== null);
    assert.equal(await panel.evaluate(() => document.querySelector('figure.code pre')?.textContent), code);

    await panel.click('figure.code button[aria-label="Copy code"]');
    await panel.waitFor(
      'the code block to say that it was copied',
      () => document.querySelector('figure.code output')?.textContent === 'Copied',
    );
    await panel.focus('textarea');
    await panel.press('Control+v');
    const pasted = await panel.waitFor('something pasted', () => document.querySelector('textarea')?.value);
    assert.equal(pasted, code);
    await panel.evaluate(() => document.querySelector('textarea')?.select());
    await panel.press('Backspace');

    const isWide = (): boolean => {
      const block = [...document.querySelectorAll('figure.code pre')].at(-1);
      return block !== undefined && block.scrollWidth > block.clientWidth;
    };
    assert.equal(await panel.evaluate(isWide), true);
    await panel.click('figure.code:last-child button[aria-label="Wrap long lines"]');
    await panel.waitFor(
      'the switch to be on',
      () => document.querySelector('figure.code button[aria-pressed="true"]') !== null,
    );
    assert.equal(await panel.evaluate(isWide), false);

    await panel.click('figure.code button[aria-label="Download code"]');
    const path = join(folder, 'code.ts');
    await waitUntil(
      'the file',
      async () => existsSync(path) && readFileSync(path, 'utf8') !== '',
      async () => 'no file',
    );
    assert.equal(readFileSync(path, 'utf8'), code);
  });

  it('a diagram is drawn in a frame of an opaque origin that has no API of the extension', async () => {
    await chooseModel(panel, 'demo-echo');
    await askLines(panel, '```mermaid\nflowchart LR\n  A[Ask] --> B{Known?}\n  B -->|yes| C[Answer]\n```');
    await panel.waitFor('the diagram', () => {
      const frame = document.querySelector('iframe.diagram:not(.diagram-hidden)');
      return frame !== null && frame.clientHeight > 40 && frame.getAttribute('title') === 'Diagram';
    });
    assert.equal(
      await panel.evaluate(() => document.documentElement.dataset['probe']),
      'null origin null, runtime undefined undefined, storage SecurityError',
    );
    assert.equal(await panel.evaluate(() => document.querySelector('figure.code pre')?.checkVisibility()), false);
    await panel.click('button[aria-label="Show the source of the diagram"]');
    await panel.waitFor('the source', () => document.querySelector('figure.code pre')?.checkVisibility());
    await panel.click('button[aria-label="Show the source of the diagram"]');
    await panel.waitFor('the diagram again', () => document.querySelector('iframe.diagram:not(.diagram-hidden)'));
  });

  it('what is no diagram stays the source that it is', async () => {
    await chooseModel(panel, 'demo-echo');
    await askLines(panel, '```mermaid\nflowchart LR\n  A[Ask --> B\n```');
    await panel.waitFor('the frame to give up', () => document.documentElement.dataset['said']?.includes('failed'));
    assert.equal(await panel.evaluate(() => document.querySelector('figure.code pre')?.checkVisibility()), true);
    assert.equal(await panel.count('iframe.diagram:not(.diagram-hidden)'), 0);
  });

  it('a hostile diagram runs nothing in the panel and sends nothing', async () => {
    // Nothing of what was drawn before was refused by a policy.
    assert.deepEqual(await session.browser.violations(), []);
    await chooseModel(panel, 'demo-echo');
    const leak = `${session.server.url}/leak`;
    const run = `parent.document.title='hostile';fetch('${leak}')`;
    const hostile = [
      `%%{init: {"securityLevel": "loose", "htmlLabels": true, "themeCSS": "* { background: url(${leak}) } @import '${leak}';"}}%%\nflowchart LR\n  A["<img src='${leak}' onerror=\\"${run}\\"><script>${run}</script>"] --> B\n  click A "javascript:${run}"\n  click B href "${leak}" _self`,
      `flowchart LR\n  A@{ img: "${leak}", label: "a", w: 60, h: 60 }\n  style A fill:url(${leak})`,
      `sequenceDiagram\n  A->>B: <iframe srcdoc="<script>${run}</script>"></iframe>\n  link A: x @ ${leak}`,
    ];
    await askLines(panel, hostile.map((source) => `\`\`\`mermaid\n${source}\n\`\`\``).join('\n\n'));
    await panel.waitFor('an answer of each frame', () => {
      const said = document.documentElement.dataset['said']?.match(/drawn|failed/gu)?.length ?? 0;
      return document.querySelectorAll('iframe.diagram').length === 3 && said >= 3;
    });
    // Whatever was still under way has arrived when a later question has been answered.
    await askLines(panel, 'And now?');
    assert.equal(await panel.evaluate(() => document.title), 'Ava');
    assert.equal(await panel.count('article img, article script'), 0);
    assert.deepEqual(
      session.server.requests.filter(({ path }) => path.includes('leak')),
      [],
    );
    assert.equal((await reply(panel)).state, 'complete');
  });
});

/** Asks several lines at once, and waits for the whole answer. */
async function askLines(panel: Surface, text: string): Promise<void> {
  await askLong(panel, text);
  await waitForState(panel, 'complete');
}

/** The extension with a frame for diagrams that tells what it can reach, before it does its work. */
function withProbe(name: BrowserName, folder: string): string {
  cpSync(buildFolder(name), folder, { recursive: true });
  const path = join(folder, 'diagram.js');
  const probe = `{
    let storage = 'open';
    try { localStorage.length; } catch (error) { storage = error.name; }
    const runtime = [globalThis.browser?.runtime, globalThis.chrome?.runtime].map((api) => typeof api).join(' ');
    parent.postMessage('origin ' + self.origin + ', runtime ' + runtime + ', storage ' + storage, '*');
  }\n`;
  writeFileSync(path, probe + readFileSync(path, 'utf8'));
  return folder;
}

/** A profile of Chromium that saves files in this folder. */
function profileWithDownloads(folder: string): string {
  const profile = join(folder, 'profile');
  mkdirSync(join(profile, 'Default'), { recursive: true });
  writeFileSync(
    join(profile, 'Default', 'Preferences'),
    JSON.stringify({ download: { default_directory: folder, prompt_for_download: false } }),
  );
  return profile;
}
