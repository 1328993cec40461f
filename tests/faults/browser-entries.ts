/**
 * The context menu and the shortcut with a dead worker and a closed panel: what was asked is delivered exactly once. The
 * menu is the browser's own and the shortcut a real key press (what of that is simulated stands in tests/support/browser).
 */
import { askAnew, seeEnd } from './browser-acts.ts';
import { eventually, type Finding, runRows, type Scale, type Stage } from './browser-stage.ts';
import type { BrowserPart } from './run.ts';

export const run: BrowserPart = (world) =>
  runRows(world, 'menu and shortcut', { chromium: [useEntries], firefox: [useEntries] });

export const menuItems = ['Ask…', 'Explain', 'Summarise', 'Translate'] as const;

export async function useEntries(stage: Stage, scale: Scale, _seed: number): Promise<readonly Finding[]> {
  const times = scale === 'whole' ? 50 : 2;
  await stage.browser.firstTab.goto(`${stage.server.url}/page`);
  const known = new Set<string>();
  const finding = (what: string, wrong: readonly string[]): Finding => ({
    figure: `${what} with a dead worker and a closed panel, ${times} times: delivered exactly once`,
    bar: `${times}/${times}`,
    measured: `${times - wrong.length}/${times}`,
    wrong,
    seed: '',
  });
  const repeat = async (act: (index: number) => Promise<string>): Promise<readonly string[]> => {
    const wrong: string[] = [];
    for (let index = 0; index < times; index += 1) {
      const words = await act(index).catch((error: unknown) => String(error));
      if (words) wrong.push(`${index}: ${words}`);
      await (await stage.browser.panel())?.close();
    }
    return wrong;
  };
  return [
    finding('context menu', await repeat(() => askByMenu(stage, known))),
    finding('shortcut', await repeat((index) => askByShortcut(stage, index))),
  ];
}

/** '' when all is well. `known`: replies of earlier asks. */
async function askByMenu({ browser, server }: Stage, known: Set<string>): Promise<string> {
  await browser.killWorker();
  if (await browser.workerAlive()) return 'the worker is not dead';
  server.clearRequests();
  await chooseExplain(browser);
  const panel = await browser.waitForPanel();
  const id = await panel.waitFor(
    'a new reply',
    (earlier: readonly string[]) =>
      [...document.querySelectorAll<HTMLElement>('article[data-role="assistant"]')]
        .map(({ dataset }) => dataset['messageId'] ?? '')
        .find((reply) => !earlier.includes(reply)),
    [...known],
  );
  known.add(id);
  const { state } = await seeEnd(panel, id);
  if (state !== 'complete') return `the reply is ${state}`;
  const questions: readonly string[] = await panel.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('article[data-role="user"]')].map(({ textContent }) => textContent),
  );
  if (questions.length !== 1 || !questions[0]?.includes('Explain this.'))
    return `the panel shows ${questions.join('|')}`;
  const [request, ...more] = server.requests;
  if (!request || more.length > 0) return `${server.requests.length} requests`;
  return request.question.includes('Something to be selected') ? '' : `sent ${request.question}`;
}

/** A right click may come to nothing while the window is still closing a panel: no menu, no ask. It is made again then. */
async function chooseExplain(browser: Stage['browser']): Promise<void> {
  const choose = (): Promise<void> =>
    browser.chooseFromContextMenu(browser.firstTab, '#text', { item: 'Explain', items: menuItems });
  try {
    await choose();
  } catch (error) {
    if (!String(error).includes('for the context menu')) throw error;
    await choose();
  }
}

/** What is typed into the panel that the shortcut opened arrives once. '' when all is well. */
async function askByShortcut({ browser, server }: Stage, index: number): Promise<string> {
  await browser.killWorker();
  if (await browser.workerAlive()) return 'the worker is not dead';
  server.clearRequests();
  await browser.firstTab.bringToFront();
  const panel = await browser.openPanel('shortcut');
  const question = `numbered z${index} 3 0`;
  const { state } = await seeEnd(panel, await askAnew(panel, question));
  if (state !== 'complete') return `the reply is ${state}`;
  await eventually('the request to have ended', () => server.requests.every(({ isFinished }) => isFinished));
  return server.requests.length === 1 ? '' : `${server.requests.length} requests`;
}
