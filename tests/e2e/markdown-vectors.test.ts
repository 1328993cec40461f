/**
 * Public script vectors as answers, in both browsers: in the panel with its policy, where every attempt to run or load
 * something would also be a violation, and in a page without any policy, where it would succeed.
 */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import type { Surface } from '../support/browser/surface.ts';
import { findForeign } from '../support/find-foreign.ts';
import { startMarkdownPage, type MarkdownPage } from '../support/markdown-page/start-markdown-page.ts';
import { readXssVectors } from '../support/read-xss-vectors.ts';
import { vectorsAbsent } from '../vectors.ts';
import { askLong, chooseModel, forEachBrowser, newChat, startSession, waitForState } from './session.ts';

const vectors = readXssVectors();
const skip = vectors.length === 0 && vectorsAbsent;

/** Closes what a vector may have left open, so that the next one is read as Markdown again. */
const closing = '\n\n</script></style></pre></textarea> --> ?> ]]>\n\n';
const vectorsPerAnswer = 40;

forEachBrowser((name) => {
  const session = startSession(name);
  let page: MarkdownPage;
  before(async () => {
    page = await startMarkdownPage();
  });
  after(() => page.close());

  it('in the panel no vector runs, loads or becomes anything that is on no list', { skip }, async () => {
    const panel = await session.browser.openPanel();
    await chooseModel(panel, 'demo-repeats');
    await panel.evaluate(watchPage);
    for (let at = 0; at < vectors.length; at += vectorsPerAnswer) {
      await newChat(panel);
      const text = vectors
        .slice(at, at + vectorsPerAnswer)
        .map(({ input }) => input)
        .join(closing);
      await askLong(panel, text);
      await waitForState(panel, 'complete');
      await panel.waitFor(
        'the formatted answer',
        () => document.querySelector('[data-part="text"] .markdown > *') !== null,
      );
      assert.deepEqual(await foreignIn(panel, '[data-part="text"] .markdown'), []);
    }
    assert.deepEqual(await panel.evaluate(readWatch), { ran: [], loaded: [] });
    assert.deepEqual(await session.browser.violations(), []);
  });

  it('nor does one in a page without a policy, in any of its beginnings', { skip }, async () => {
    const tab = await session.browser.openTab(page.url);
    await tab.waitFor('the view', () => 'showAnswer' in window);
    await tab.evaluate(watchPage);
    for (let at = 0; at < vectors.length; at += vectorsPerAnswer) {
      const inputs = vectors.slice(at, at + vectorsPerAnswer).map(({ input }) => input);
      const seen = await tab.evaluate(streamVectors, inputs, findForeign.toString());
      assert.deepEqual(seen.foreign, []);
      // Beginnings changed what was to be seen, and did so while they grew.
      assert.ok(seen.grown >= inputs.length, `only ${seen.grown} beginnings were drawn`);
    }
    // What was to be loaded or run late has had its turn once an image of our own has been loaded.
    await tab.evaluate(loadOwnImage);
    assert.deepEqual(await tab.evaluate(readWatch), { ran: [], loaded: [] });
    assert.deepEqual(page.strangers, []);
    assert.equal(await tab.url(), page.url);
    await tab.close();
  });

  it('and the watch sees what it is to see', { skip }, async () => {
    const tab = await session.browser.openTab(page.url);
    await tab.waitFor('the view', () => 'showAnswer' in window);
    await tab.evaluate(watchPage);
    const foreign = await tab.evaluate((find: string) => {
      const root = document.getElementById('answer');
      if (!root) return [];
      root.innerHTML = '<img src="/seen.png" onerror="alert(1)"><b id="a">';
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/no-implied-eval, no-new-func
      return (new Function(`return (${find})`)() as (element: Element) => string[])(root);
    }, findForeign.toString());
    assert.deepEqual(foreign.includes('img.onerror') && foreign.includes('b') && foreign.includes('b.id'), true);
    await tab.waitFor('the script to be seen', () => {
      const { ran } = (window as unknown as { watch: { ran: string[] } }).watch;
      return ran.includes('alert');
    });
    assert.ok((await tab.evaluate(readWatch)).loaded.some((url) => url.endsWith('/seen.png')));
    assert.deepEqual(page.strangers.splice(0), ['/seen.png']);
    await tab.close();
  });
});

function foreignIn(surface: Surface, selector: string): Promise<string[]> {
  return surface.evaluate(`(selector) => (${findForeign.toString()})(document.querySelector(selector))`, selector);
}

/** Replaces what vectors call, and notes each call. Runs in the page. */
function watchPage(): void {
  const page = window as unknown as Record<string, unknown> & { watch: { ran: string[]; before: number } };
  page.watch = { ran: [], before: performance.getEntriesByType('resource').length };
  for (const name of ['alert', 'confirm', 'prompt', 'print', 'open', 'fetch']) {
    page[name] = () => {
      page.watch.ran.push(name);
    };
  }
  addEventListener('beforeunload', () => page.watch.ran.push('navigation'));
}

/** What was run, and what was asked for from elsewhere. Runs in the page. */
function readWatch(): { ran: string[]; loaded: string[] } {
  const { watch } = window as unknown as { watch: { ran: string[]; before: number } };
  const loaded = performance
    .getEntriesByType('resource')
    .slice(watch.before)
    .map(({ name }) => name)
    .filter(
      (url) => !/\.(?:js|css|woff2)$|\/own\.png$/.test(new URL(url).pathname) || !url.startsWith(location.origin),
    );
  return { ran: watch.ran, loaded };
}

/** Shows each vector from its first characters to its last, and gives what was on no list. Runs in the page. */
async function streamVectors(
  inputs: readonly string[],
  find: string,
): Promise<{ readonly foreign: readonly string[]; readonly grown: number }> {
  const { showAnswer } = window as unknown as { showAnswer: (text: string, streaming: boolean) => void };
  const root = document.getElementById('answer');
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/no-implied-eval, no-new-func
  const findIn = new Function(`return (${find})`)() as (element: Element) => string[];
  const foreign: string[] = [];
  let grown = 0;
  const show = (text: string, streaming: boolean): void => {
    const earlier = root?.innerHTML;
    showAnswer(text, streaming);
    if (streaming && root?.innerHTML !== earlier) grown += 1;
    if (root) foreign.push(...findIn(root));
  };
  for (const input of inputs) {
    for (let end = 1; end < input.length; end += 1 + Math.floor((Math.random() * input.length) / 3)) {
      show(input.slice(0, end), true);
    }
    for (const text of [input, `- a\n- ${input}`, `> ${input}`, `[${input}](https://a.example)`]) show(text, false);
  }
  await new Promise((resolve) => requestAnimationFrame(resolve));
  return { foreign, grown };
}

function loadOwnImage(): Promise<void> {
  return new Promise((resolve) => {
    const image = new Image();
    for (const end of ['load', 'error']) image.addEventListener(end, () => resolve());
    image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
  });
}
