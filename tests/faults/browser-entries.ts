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
  const times = scale === 'whole' ? 50 : 3;
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
    finding('context menu', await repeat(() => askByMenu(stage))),
    finding('shortcut', await repeat((index) => askByShortcut(stage, index))),
  ];
}

/** '' when all is well. */
async function askByMenu({ browser, server }: Stage): Promise<string> {
  await browser.killWorker();
  if (await browser.workerAlive()) return 'the worker is not dead';
  server.clearRequests();
  await browser.chooseFromContextMenu(browser.firstTab, '#text', { item: 'Explain', items: menuItems });
  const panel = await browser.waitForPanel();
  const { id, question } = await panel.waitFor('the question and its reply', () => {
    const replies = [...document.querySelectorAll<HTMLElement>('article[data-role="assistant"]')];
    const questions = [...document.querySelectorAll<HTMLElement>('article[data-role="user"]')];
    const [replyId, words] = [replies[0]?.dataset['messageId'], questions[0]?.textContent];
    if (!replyId || replies[0]?.dataset['state'] === 'streaming') return undefined;
    return { id: replyId, question: `${questions.length} ${words ?? ''}` };
  });
  const { state } = await seeEnd(panel, id);
  if (state !== 'complete') return `the reply is ${state}`;
  if (!question.startsWith('1 ') || !question.includes('Explain this.')) return `the panel shows ${question}`;
  const [request, ...more] = server.requests;
  if (!request || more.length > 0) return `${server.requests.length} requests`;
  if (!request.question.includes('Something to be selected')) return `sent ${request.question}`;
  return '';
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
