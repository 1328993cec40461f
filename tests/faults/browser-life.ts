/**
 * The life cycle: panels that close and reload all the time, many asks at once, clicks that come twice, access taken
 * back, a network that goes and comes, one conversation in two windows. For each: what was shown stays, no request goes out
 * twice, and no spinner outlives its cause by more than two seconds.
 *
 * Offline is played by the server: it breaks every connection and takes no new one. A hundred asks in ten seconds are
 * more than Chromium's menu can be driven to: they are dispatched to the menu's listener in the background, as the
 * browser does, with what a click would give it (so they carry no gesture, and the panel is open already). In Firefox
 * they come from the menu itself, as quickly as it goes.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserName } from '../support/browser/find-browser.ts';
import type { Surface } from '../support/browser/surface.ts';
import { numberedText } from '../support/fault-server/plays.ts';
import { askAnew, askOn, openConversation, readShown, seeEnd, seeText, watchShown } from './browser-acts.ts';
import { barOf, eventually, type Finding, runRows, type Scale, type Stage } from './browser-stage.ts';
import { findStored, readStored, storedText } from './read-stored.ts';
import type { BrowserPart } from './run.ts';

const scenes = [
  closeAndReload,
  askByManyMenus,
  clickTwiceOnSend,
  stopAndSend,
  takeAccessBack,
  goOffline,
  shareConversation,
] as const;

export const run: BrowserPart = (world) =>
  runRows(world, 'life cycle', { chromium: [liveThrough], firefox: [liveThrough] });

const spinnerMs = 2000;

type Scene = (
  stage: Stage,
  scale: Scale,
) => Promise<{ readonly what: string; readonly wrong: readonly string[]; readonly measured: string }>;

export async function liveThrough(stage: Stage, scale: Scale, _seed: number): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const scene of scenes as readonly Scene[]) {
    stage.server.clearRequests();
    const result = await scene(stage, scale).catch((error: unknown) => ({
      what: scene.name,
      measured: 'broke off',
      wrong: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
    }));
    findings.push({
      figure: result.what,
      bar: `what was shown stays, nothing twice, no spinner > ${barOf(spinnerMs, scale) / 1000} s`,
      measured: result.wrong.length === 0 ? result.measured : `${result.wrong.length} wrong`,
      wrong: result.wrong,
      seed: '',
    });
    for (let panel = await stage.browser.panel(); panel; panel = await stage.browser.panel()) await panel.close();
  }
  return findings;
}

/** Another reply's state than this, or '' . */
function unless(what: string, found: unknown, wanted: unknown): readonly string[] {
  return found === wanted
    ? []
    : [`${what}: ${JSON.stringify(found).slice(0, 200)}, not ${JSON.stringify(wanted).slice(0, 200)}`];
}

async function closeAndReload({ browser, server }: Stage, scale: Scale): ReturnType<Scene> {
  const seconds = scale === 'whole' ? 20 : 3;
  const [question, text] = [`numbered r ${seconds * 50} 50`, numberedText('r', seconds * 50)];
  let panel = await browser.openPanel();
  const replyId = await askAnew(panel, question);
  const wrong: string[] = [];
  let shown = '';
  for (let index = 0; index < seconds - 1; index += 1) {
    await sleep(1000 - (Date.now() % 1000));
    const now = (await seeEnd(panel, replyId, 0)).text;
    if (!now.startsWith(shown))
      wrong.push(`after ${index} s: ${shown.length} characters were shown, now ${now.length}`);
    shown = now;
    if (index % 2 === 0) {
      await panel.close();
      panel = await browser.openPanel();
    } else {
      await panel.evaluate(reloadPage).catch(() => undefined);
    }
    await panel.waitFor(
      'the reply in the panel again',
      (id: string) => document.querySelector(`html:not([data-old]) article[data-message-id="${id}"]`) !== null,
      replyId,
    );
  }
  const end = await seeEnd(panel, replyId);
  wrong.push(...unless('state', end.state, 'complete'), ...unless('text', end.text, text));
  wrong.push(...unless('requests', server.requestsFor(question).length, 1));
  return { what: `panel closed or reloaded every second of a ${seconds} s stream`, measured: 'complete', wrong };
}

/** Runs in the page, and may be gone before it answers. The mark tells the old document from the new one. */
function reloadPage(): void {
  document.documentElement.dataset['old'] = '';
  location.reload();
}

interface MenuScope {
  readonly chrome: {
    readonly contextMenus: { readonly onClicked: { dispatch(info: object, tab: object): void } };
    readonly tabs: { query(query: object): Promise<object[]> };
  };
}

async function askByManyMenus({ name, browser, server }: Stage, scale: Scale): ReturnType<Scene> {
  const [count, seconds] = scale === 'whole' ? [100, 10] : [5, 1];
  const panel = await browser.openPanel();
  await browser.firstTab.bringToFront();
  const startedAt = Date.now();
  for (let index = 0; index < count; index += 1) {
    await askByMenu(name, browser, `menu ask number ${index}.`);
    // Firefox's menu is real, and takes no second click before it has closed.
    if (name === 'firefox') await server.waitFor(({ question }) => question.includes(`menu ask number ${index}.`));
    const ahead = startedAt + ((index + 1) * seconds * 1000) / count - Date.now();
    if (ahead > 0) await sleep(ahead);
  }
  const tookMs = Date.now() - startedAt;
  const wrong: string[] = [];
  await eventually(
    'an answer to each',
    () => server.requests.length >= count && server.requests.every(({ isFinished }) => isFinished),
  ).catch((error: unknown) => void wrong.push(`${String(error)}: ${server.requests.length} requests`));
  let asked: string[] = [];
  await eventually('each to be stored with its answer', async () => {
    const found = (await readStored(panel)).filter(({ messages }) =>
      messages.some(
        (message) => message.role === 'user' && message.attachments.some(({ text }) => text.startsWith('menu ask')),
      ),
    );
    asked = found.flatMap(({ messages }) =>
      messages.some((message) => message.role === 'assistant' && message.state === 'complete')
        ? messages.flatMap((message) => (message.role === 'user' ? message.attachments.map(({ text }) => text) : []))
        : [],
    );
    return asked.length >= count;
  }).catch((error: unknown) => void wrong.push(`${String(error)}: ${asked.length} are there`));
  wrong.push(...unless('asks stored', [asked.length, new Set(asked).size].join(), [count, count].join()));
  const perAsk = new Map<string, number>();
  for (const { question } of server.requests) {
    const [words = question] = /menu ask number \d+\./u.exec(question) ?? [];
    perAsk.set(words, (perAsk.get(words) ?? 0) + 1);
  }
  for (const [words, times] of perAsk) if (times > 1) wrong.push(`${words} sent ${times} times`);
  wrong.push(...unless('different asks sent', perAsk.size, count));
  return {
    what: `${count} context-menu asks ${name === 'firefox' ? 'as quickly as its menu goes' : `in ${seconds} s`}`,
    measured: `${perAsk.size} of ${count} asked once, in ${(tookMs / 1000).toFixed(1)} s`,
    wrong,
  };
}

async function askByMenu(name: BrowserName, browser: Stage['browser'], selection: string): Promise<void> {
  if (name === 'firefox') {
    await browser.firstTab.evaluate((words: string) => {
      const element = document.querySelector('#text');
      if (element) element.textContent = words;
    }, selection);
    await browser.chooseFromContextMenu(browser.firstTab, '#text', {
      item: 'Explain',
      items: ['Ask…', 'Explain', 'Summarise', 'Translate'],
    });
    return;
  }
  await browser.evaluateInBackground(async (words: string) => {
    const { chrome } = globalThis as unknown as MenuScope;
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
    const info = {
      menuItemId: 'ava/explain',
      selectionText: words,
      editable: false,
      pageUrl: 'http://127.0.0.1/',
      frameId: 0,
    };
    chrome.contextMenus.onClicked.dispatch(info, tab ?? {});
  }, selection);
}

async function clickTwiceOnSend({ browser, server }: Stage, scale: Scale): ReturnType<Scene> {
  const times = scale === 'whole' ? 20 : 3;
  const panel = await browser.openPanel();
  const wrong: string[] = [];
  for (let index = 0; index < times; index += 1) {
    const question = `numbered w${index} 20 100`;
    await askAnew(panel, 'anything');
    const replyId = await panel.evaluate(doubleClickSend, question);
    const { state } = await seeEnd(panel, replyId);
    wrong.push(...unless(`${question}: state`, state, 'complete'));
    wrong.push(...unless(`${question}: requests`, server.requestsFor(question).length, 1));
  }
  return { what: `double click on Send, ${times} times`, measured: 'one request each, not stopped', wrong };
}

/** Runs in the page. */
async function doubleClickSend(question: string): Promise<string> {
  const until = async <Result>(check: () => Result): Promise<NonNullable<Result>> => {
    for (const end = Date.now() + 40_000; Date.now() < end;) {
      const found = check();
      if (found) return found;
      await new Promise((resolve) => {
        setTimeout(resolve, 4);
      });
    }
    throw new Error('not within 40 s');
  };
  const articles = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('article[data-role="assistant"]')];
  await until(() => articles().every(({ dataset }) => dataset['state'] !== 'streaming'));
  const known = articles().length;
  const field = await until(() => document.querySelector('textarea'));
  field.value = question;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  const place = (): HTMLElement | null => document.querySelector<HTMLElement>('button.send');
  const send = await until(() => (place()?.getAttribute('aria-disabled') === 'true' ? null : place()));
  // As a mouse's: `detail` counts the clicks that belong together.
  const click = (target: HTMLElement | null, detail: number): void => {
    target?.dispatchEvent(new MouseEvent('click', { detail, bubbles: true, cancelable: true, composed: true }));
  };
  click(send, 1);
  // The second click lands on whatever stands in that place by then, as a hand's would.
  await new Promise((resolve) => {
    setTimeout(resolve, 120);
  });
  click(place(), 2);
  return until(() => articles()[known]?.dataset['messageId']);
}

async function stopAndSend({ browser, server }: Stage, scale: Scale): ReturnType<Scene> {
  const times = scale === 'whole' ? 20 : 2;
  const panel = await browser.openPanel();
  const wrong: string[] = [];
  for (let index = 0; index < times; index += 1) {
    const [first, second] = [`numbered x${index} 3000 100`, `numbered y${index} 5 0`];
    const firstId = await askAnew(panel, first);
    await seeText(panel, `x${index}.60`);
    const before = (await seeEnd(panel, firstId, 0)).text;
    const secondId = await panel.evaluate(stopThenSendAtOnce, second);
    const answer = await seeEnd(panel, secondId);
    const stopped = await seeEnd(panel, firstId);
    wrong.push(...unless(`${first}: state`, stopped.state, 'stopped'));
    if (!stopped.text.startsWith(before)) wrong.push(`${first}: what was shown is gone`);
    wrong.push(
      ...unless(`${second}: state`, answer.state, 'complete'),
      ...unless(second, answer.text, numberedText(`y${index}`, 5)),
    );
    for (const question of [first, second]) wrong.push(...unless(question, server.requestsFor(question).length, 1));
  }
  return { what: `Stop, and Send as soon as it is there, ${times} times`, measured: 'each ended as asked', wrong };
}

/** Runs in the page. */
async function stopThenSendAtOnce(question: string): Promise<string> {
  const articles = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('article[data-role="assistant"]')];
  const known = articles().length;
  const field = document.querySelector('textarea');
  if (!field) throw new Error('no composer');
  field.value = question;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  document.querySelector<HTMLElement>('button[aria-label="Stop"]')?.click();
  for (const end = Date.now() + 40_000; Date.now() < end;) {
    // Enter, again and again, until it is taken: only one of them may count.
    if (articles().length === known)
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    const id = articles()[known]?.dataset['messageId'];
    if (id) return id;
    await new Promise((resolve) => {
      setTimeout(resolve, 2);
    });
  }
  throw new Error('not sent within 40 s');
}

interface PermissionScope {
  readonly chrome: {
    readonly permissions: {
      getAll(): Promise<{ origins?: string[] }>;
      remove(permissions: { origins: string[] }): Promise<boolean>;
    };
  };
}

async function takeAccessBack({ browser, server }: Stage): ReturnType<Scene> {
  const wrong: string[] = [];
  const panel = await browser.openPanel();
  await watchShown(panel);
  const [question, text] = ['numbered t 200 50', numberedText('t', 200)];
  const replyId = await askAnew(panel, question);
  await seeText(panel, 't.20');
  await panel.evaluate(async () => {
    const { chrome } = globalThis as unknown as PermissionScope;
    const { origins = [] } = await chrome.permissions.getAll();
    await chrome.permissions.remove({ origins });
  });
  // Whether the browser lets a running request go on is its own; the next one fails for want of access.
  const after = await seeEnd(panel, replyId);
  const { longest } = await readShown(panel, replyId);
  let kept = '';
  await eventually('the reply to be stored as it is shown', async () => {
    const reply = findStored(await readStored(panel), replyId)?.reply;
    kept = reply ? storedText(reply) : '';
    return reply?.state === after.state;
  }).catch((error: unknown) => void wrong.push(String(error)));
  const ending = after.state === 'error' ? `error ${after.failure}` : after.state;
  if (!['complete', 'cut', 'error permission'].includes(ending)) wrong.push(`the running reply: ${ending}`);
  if (!after.text.startsWith(longest)) wrong.push('what was shown is gone from the panel');
  if (!kept.startsWith(longest)) wrong.push('what was shown is not on the disk');
  if (ending === 'complete') wrong.push(...unless('its text', kept, text));
  else if (!text.startsWith(kept)) wrong.push(`its text: ${kept.slice(-100)}`);
  const nextQuestion = 'numbered u 3 0';
  const next = await seeEnd(panel, await askOn(panel, nextQuestion));
  wrong.push(...unless('the next question', `${next.state} ${next.failure}`, 'error permission'));
  if (!next.everything.includes('Grant access')) wrong.push('no Grant access');
  wrong.push(...unless('requests without access', server.requestsFor(nextQuestion).length, 0));
  wrong.push(...unless('requests', server.requests.length, 1));
  await browser.grantOrigins(['http://127.0.0.1/*']);
  return {
    what: 'access taken back in mid-stream',
    measured: `that reply: ${ending}; the next: permission`,
    wrong,
  };
}

async function goOffline({ browser, server }: Stage, scale: Scale): ReturnType<Scene> {
  const wrong: string[] = [];
  const panel = await browser.openPanel();
  await watchShown(panel);
  const question = 'numbered o 3000 50';
  const replyId = await askAnew(panel, question);
  await seeText(panel, 'o.30');
  const goneAt = Date.now();
  await server.disappear();
  const cut = await seeEnd(panel, replyId);
  const { longest, states } = await readShown(panel, replyId);
  const saidMs = (states.at(-1)?.at ?? Number.POSITIVE_INFINITY) - goneAt;
  if (saidMs > barOf(spinnerMs, scale)) wrong.push(`the panel said so after ${saidMs} ms`);
  wrong.push(...unless('state', cut.state, 'cut'));
  if (!cut.text.startsWith(longest)) wrong.push('what was shown is gone');
  const offline = await seeEnd(panel, await askOn(panel, 'numbered v 3 0'), 15_000);
  wrong.push(...unless('asked while offline', `${offline.state} ${offline.failure}`, 'error network'));
  await server.listenAgain();
  const back = await seeEnd(panel, await askAnew(panel, 'numbered v 3 0'));
  wrong.push(...unless('asked when back', back.state, 'complete'));
  wrong.push(...unless('requests of the cut reply', server.requestsFor(question).length, 1));
  return { what: 'offline in mid-stream, and back', measured: `cut after ${saidMs} ms; whole again when back`, wrong };
}

async function shareConversation({ browser, server }: Stage, scale: Scale): ReturnType<Scene> {
  const rounds = scale === 'whole' ? 10 : 2;
  const wrong: string[] = [];
  const first = await browser.openPanel();
  const startId = await askAnew(first, 'numbered b 3 0');
  await seeEnd(first, startId);
  const conversationId = findStored(await readStored(first), startId)?.conversation.id ?? '';
  const second = await browser.openSecondWindowPanel(`${server.url}/page`);
  await openConversation(second, conversationId, startId);
  const asked = ['numbered b 3 0'];
  for (let round = 0; round < rounds; round += 1) {
    const questions = [`numbered e${round} 10 100`, `numbered f${round} 10 100`];
    // At the same moment from both: each goes behind what its panel shows, so one may become a branch. Both are kept.
    await Promise.all([first, second].map((panel, index) => askOn(panel, questions[index] ?? '')));
    asked.push(...questions);
    await eventually('both to be answered', async () => {
      const found = (await readStored(first)).find(({ id }) => id === conversationId);
      const replies = found?.messages.filter((message) => message.role === 'assistant') ?? [];
      return replies.length === asked.length && replies.every(({ state }) => state === 'complete');
    });
    await inStep(first, second, scale).catch((error: unknown) => void wrong.push(`round ${round}: ${String(error)}`));
  }
  const found = (await readStored(first)).find(({ id }) => id === conversationId);
  const texts = found?.messages.flatMap((message) => (message.role === 'user' ? [message.text] : [])) ?? [];
  wrong.push(...unless('questions on the disk', texts.toSorted().join('|'), asked.toSorted().join('|')));
  for (const message of found?.messages ?? []) {
    if (message.role !== 'assistant') continue;
    const question = found?.messages.find(({ id }) => id === message.parentId);
    const [, tag = '', count = ''] = (question?.role === 'user' ? question.text : '').split(' ');
    wrong.push(...unless(`answer to ${tag}`, storedText(message), numberedText(tag, Number(count))));
  }
  for (const question of asked) wrong.push(...unless(question, server.requestsFor(question).length, 1));

  // Deleted in one window in the moment in which the other asks. Whichever is first: the question brings the conversation
  // back and is answered, or its reply is stopped with it; nobody waits for anything.
  const lastQuestion = 'numbered g 10 100';
  await fillComposer(second, lastQuestion);
  await openHistory(first, conversationId);
  const sentAt = Date.now();
  await Promise.all([deleteShown(first, conversationId), second.evaluate(clickSend)]);
  await second.waitFor('an end of it', () => document.querySelector('article[data-state="streaming"]') === null);
  const tookMs = Date.now() - sentAt;
  if (tookMs > barOf(spinnerMs, scale)) wrong.push(`a spinner for ${tookMs} ms when it was deleted`);
  if (server.requestsFor(lastQuestion).length > 1) wrong.push('asked twice when it was deleted');
  await second.close();
  return {
    what: `one conversation in two windows, ${rounds} rounds of sends from both, and a delete against a send`,
    measured: 'nothing lost, in step',
    wrong,
  };
}

/** Both show the same messages. */
async function inStep(first: Surface, second: Surface, scale: Scale): Promise<void> {
  const show = (panel: Surface): Promise<string> =>
    panel.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('article')]
        .map(({ dataset }) => `${dataset['messageId'] ?? ''} ${dataset['state'] ?? ''}`)
        .join('|'),
    );
  let shown = ['', ''];
  await eventually(
    'both panels to show the same',
    async () => {
      shown = await Promise.all([show(first), show(second)]);
      return shown[0] === shown[1] && !shown[0]?.includes('streaming');
    },
    barOf(spinnerMs, scale),
  ).catch(() => {
    throw new Error(`the panels differ: ${shown.join(' / ')}`);
  });
}

async function fillComposer(panel: Surface, question: string): Promise<void> {
  await panel.evaluate((words: string) => {
    const field = document.querySelector('textarea');
    if (!field) throw new Error('no composer');
    field.value = words;
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }, question);
  await panel.waitFor(
    'Send',
    () => document.querySelector('button[aria-label="Send"]:not([aria-disabled="true"])') !== null,
  );
}

/** Runs in the page. */
function clickSend(): void {
  document.querySelector<HTMLElement>('button[aria-label="Send"]')?.click();
}

async function openHistory(panel: Surface, conversationId: string): Promise<void> {
  await panel.evaluate(() => document.querySelector<HTMLElement>('.bar [aria-label="History"]')?.click());
  await panel.waitFor(
    'the conversation in the history',
    (id: string) => document.querySelector(`.history-open[data-conversation-id="${id}"]`) !== null,
    conversationId,
  );
}

async function deleteShown(panel: Surface, conversationId: string): Promise<void> {
  await panel.evaluate((id: string) => {
    const row = document.querySelector<HTMLElement>(`.history-open[data-conversation-id="${id}"]`)?.closest('li');
    row?.querySelectorAll<HTMLElement>('.history-actions button')[1]?.click();
  }, conversationId);
}
