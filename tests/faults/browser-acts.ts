/**
 * Quick acts in a panel: each is one function that runs in the page and presses the panel's own controls by script, so
 * that hundreds of questions can be asked. (Trusted keys and clicks are tried by tests/e2e.)
 */
import type { Surface } from '../support/browser/surface.ts';
import { patienceMs } from '../support/browser/wait-until.ts';

export interface SeenReply {
  readonly id: string;
  readonly state: string;
  readonly failure: string;
  /** The text content of the answer's blocks, an empty line between them; and that of the whole article. */
  readonly text: string;
  readonly everything: string;
  readonly tookMs: number;
}

/** Asks in a new chat; gives the id of the reply as soon as it is in the thread. */
export function askAnew(panel: Surface, question: string): Promise<string> {
  return panel.evaluate(askInPage, question, true);
}

/** Asks in the conversation that is shown. */
export function askOn(panel: Surface, question: string): Promise<string> {
  return panel.evaluate(askInPage, question, false);
}

/** Runs in the page. */
async function askInPage(question: string, isNewChat: boolean): Promise<string> {
  const until = async <Result>(what: string, check: () => Result): Promise<NonNullable<Result>> => {
    for (const end = Date.now() + 40_000; Date.now() < end;) {
      const found = check();
      if (found) return found;
      await new Promise((resolve) => {
        setTimeout(resolve, 4);
      });
    }
    throw new Error(`not within 40 s: ${what}; the page shows: ${document.body.innerText.slice(0, 500)}`);
  };
  const button = (label: string): HTMLElement | null =>
    document.querySelector<HTMLElement>(`button[aria-label="${label}"]`);
  const replies = (): string[] =>
    [...document.querySelectorAll<HTMLElement>('article[data-role="assistant"]')].map(
      (article) => article.dataset['messageId'] ?? '',
    );
  if (isNewChat) {
    (
      await until('the button New chat', () => document.querySelector<HTMLElement>('.bar [aria-label="New chat"]'))
    ).click();
    await until('an empty thread', () => replies().length === 0);
  }
  const earlier = replies();
  const field = await until('the composer', () => document.querySelector('textarea'));
  field.value = question;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  const send = await until('Send', () => {
    const found = button('Send');
    return found?.getAttribute('aria-disabled') === 'true' ? null : found;
  });
  send.click();
  return until('the reply', () => replies().find((id) => !earlier.includes(id)));
}

/** Waits until the reply on screen is no longer streaming, at most so long; then gives it as it is. */
export async function seeEnd(panel: Surface, replyId: string, timeoutMs = patienceMs): Promise<SeenReply> {
  const startedAt = Date.now();
  for (;;) {
    // A page is given up that does not answer for longer.
    const seen = await panel.evaluate(seeEndInPage, replyId, Math.min(patienceMs, startedAt + timeoutMs - Date.now()));
    const tookMs = Date.now() - startedAt;
    if (seen.state !== 'streaming' || tookMs >= timeoutMs) return { ...seen, tookMs };
  }
}

/** Runs in the page. */
async function seeEndInPage(replyId: string, timeoutMs: number): Promise<SeenReply> {
  const startedAt = Date.now();
  const article = (): HTMLElement | null =>
    document.querySelector<HTMLElement>(`article[data-message-id="${replyId}"]`);
  while ((article()?.dataset['state'] ?? 'streaming') === 'streaming' && Date.now() - startedAt < timeoutMs) {
    await new Promise((resolve) => {
      setTimeout(resolve, 4);
    });
  }
  const found = article();
  return {
    id: replyId,
    state: found?.dataset['state'] ?? 'not there',
    failure: found?.dataset['failure'] ?? '',
    text: [...(found?.querySelectorAll('[data-part="text"] > p, [data-part="text"] > .markdown > *') ?? [])]
      .map((block) => block.textContent)
      .join('\n\n'),
    everything: found?.textContent ?? '',
    tookMs: Date.now() - startedAt,
  };
}

/** Waits until the text of the last answer on screen contains that. */
export async function seeText(panel: Surface, text: string, timeoutMs = patienceMs): Promise<void> {
  await panel.waitFor(
    { what: `the answer to contain "${text}"`, timeoutMs },
    (wanted: string) =>
      [...document.querySelectorAll<HTMLElement>('article[data-role="assistant"] [data-part="text"]')]
        .at(-1)
        ?.textContent.includes(wanted) ?? false,
    text,
  );
}

/** Opens a conversation from the history; settles when it is on screen. */
export async function openConversation(panel: Surface, conversationId: string, messageId: string): Promise<void> {
  await panel.waitFor(
    `conversation ${conversationId} in the history, and then on screen`,
    (wanted: string, message: string) => {
      if (document.querySelector(`article[data-message-id="${message}"]`) && !document.querySelector('.history'))
        return true;
      const row = document.querySelector<HTMLElement>(`.history-open[data-conversation-id="${wanted}"]`);
      if (row) row.click();
      else if (!document.querySelector('.history'))
        document.querySelector<HTMLElement>('.bar [aria-label="History"]')?.click();
      return false;
    },
    conversationId,
    messageId,
  );
}

/** What a panel has shown, and when each reply's state was another than before. Times are epoch milliseconds. */
export interface Shown {
  /** The longest text that was ever on screen. */
  readonly longest: string;
  readonly states: readonly { readonly state: string; readonly at: number; readonly text: string }[];
}

interface WatchingWindow extends Window {
  avaShown?: Record<string, { longest: string; states: { state: string; at: number; text: string }[] }>;
}

/** From now on the page writes down what it shows of every reply. */
export async function watchShown(panel: Surface): Promise<void> {
  await panel.evaluate(() => {
    const page = window as WatchingWindow;
    if (page.avaShown) return;
    const all: NonNullable<WatchingWindow['avaShown']> = {};
    page.avaShown = all;
    const look = (): void => {
      for (const article of document.querySelectorAll<HTMLElement>('article[data-role="assistant"]')) {
        const seen = (all[article.dataset['messageId'] ?? ''] ??= { longest: '', states: [] });
        const text = [...article.querySelectorAll('[data-part="text"] > p, [data-part="text"] > .markdown > *')]
          .map((block) => block.textContent)
          .join('\n\n');
        if (text.length > seen.longest.length) seen.longest = text;
        const state = article.dataset['state'] ?? '';
        if (seen.states.at(-1)?.state !== state) seen.states.push({ state, at: Date.now(), text });
      }
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: ['data-state'],
    });
    look();
  });
}

/** What was written down of the reply since `watchShown`. */
export function readShown(panel: Surface, replyId: string): Promise<Shown> {
  return panel.evaluate(
    (id: string) => (window as WatchingWindow).avaShown?.[id] ?? { longest: '', states: [] },
    replyId,
  );
}

/**
 * Clicks on Stop; gives the click's epoch milliseconds, and how long it took until the reply was shown as stopped, with the
 * text that it had then.
 */
export function pressStop(
  panel: Surface,
  replyId: string,
): Promise<{ readonly clickedAt: number; readonly stoppedMs: number; readonly text: string }> {
  return panel.evaluate(async (id: string) => {
    const article = document.querySelector<HTMLElement>(`article[data-message-id="${id}"]`);
    const stop = document.querySelector<HTMLElement>('button[aria-label="Stop"]');
    if (!article || !stop) throw new Error(`nothing to stop; the page shows: ${document.body.innerText.slice(0, 300)}`);
    const clickedAt = Date.now();
    const started = performance.now();
    const changed = new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('not stopped within 5 s')), 5000);
      new MutationObserver((_, observer) => {
        if (article.dataset['state'] === 'streaming') return;
        clearTimeout(timer);
        observer.disconnect();
        resolve(performance.now() - started);
      }).observe(article, { attributes: true, attributeFilter: ['data-state'] });
    });
    stop.click();
    const stoppedMs = await changed;
    const text = [...article.querySelectorAll('[data-part="text"] > p, [data-part="text"] > .markdown > *')]
      .map((block) => block.textContent)
      .join('\n\n');
    return { clickedAt, stoppedMs: Math.round(stoppedMs), text };
  }, replyId);
}
