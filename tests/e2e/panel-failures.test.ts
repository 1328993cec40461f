/** Whatever a provider does wrong is a sentence with one remedy, and what came of an answer stays. */
import assert from 'node:assert/strict';
import { before, beforeEach, it } from 'node:test';
import type { Surface } from '../support/browser/surface.ts';
import {
  ask,
  chatRequests,
  chooseModel,
  forEachBrowser,
  newChat,
  numberedText,
  reply,
  startSession,
  waitForNewReply,
  waitForState,
  type ReplyState,
} from './session.ts';

interface Case {
  readonly model: string;
  readonly title: string;
  readonly state: ReplyState;
  readonly failure?: string;
  /** `{host}` stands for the server's host and port. */
  readonly sentence: string;
  /** The words on the buttons of the notice, the first the one remedy; what has text can go on or start over. */
  readonly remedies: readonly string[];
  /** What of the answer came before. */
  readonly text?: string;
}

const cases: readonly Case[] = [
  {
    title: 'a refused key leads to the settings',
    model: 'demo-fails-401',
    state: 'error',
    failure: 'auth',
    sentence: '{host} refused the key.',
    remedies: ['Open settings'],
  },
  {
    title: 'an account without credit leads to the settings',
    model: 'demo-fails-402',
    state: 'error',
    failure: 'billing',
    sentence: '{host} says that there is no credit left.',
    remedies: ['Open settings'],
  },
  {
    title: 'an unknown model leads to the list of models',
    model: 'demo-fails-404-model',
    state: 'error',
    failure: 'model-not-found',
    sentence: '{host} does not have the model “demo-fails-404-model”.',
    remedies: ['Choose a model'],
  },
  {
    title: 'a wrong path leads to the settings',
    model: 'demo-fails-404-path',
    state: 'error',
    failure: 'not-found',
    sentence: 'There is no chat API at this address of {host}.',
    remedies: ['Open settings'],
  },
  {
    title: 'a web page in place of an API leads to the settings',
    model: 'demo-fails-html',
    state: 'error',
    failure: 'not-an-api',
    sentence: '{host} answered with a web page, not an API.',
    remedies: ['Open settings'],
  },
  {
    title: 'a redirect is not followed, and says where it would have led',
    model: 'demo-fails-redirect',
    state: 'error',
    failure: 'redirect',
    sentence: '{host} redirects to ',
    remedies: ['Open settings'],
  },
  {
    title: 'an error frame in mid-stream keeps what came before it',
    model: 'demo-error-frame-after-20',
    state: 'error',
    failure: 'server',
    sentence: '{host} had an error of its own.',
    remedies: ['Continue', 'Start over'],
    text: numberedText(20),
  },
  {
    title: 'an answer that is cut off keeps what came',
    model: 'demo-cut-after-20',
    state: 'cut',
    sentence: 'The connection ended after 20 words. They are saved; nothing is sent again by itself.',
    remedies: ['Continue', 'Start over'],
    text: numberedText(20),
  },
  {
    title: 'a reply without text says so',
    model: 'demo-empty',
    state: 'empty',
    sentence: 'The reply came without any text.',
    remedies: ['Retry'],
  },
  {
    title: 'an answer that reached the length limit says so',
    model: 'demo-length',
    state: 'length',
    sentence: 'The answer reached the length limit.',
    remedies: ['Continue', 'Start over'],
    text: numberedText(20),
  },
];

forEachBrowser((name) => {
  const session = startSession(name);
  let panel: Surface;
  let host = '';
  before(async () => {
    panel = await session.browser.openPanel();
    ({ host } = new URL(session.server.url));
  });
  beforeEach(() => newChat(panel));

  for (const { title, model, state, failure = '', sentence, remedies, text = '' } of cases) {
    it(title, async () => {
      await chooseModel(panel, model);
      await ask(panel, 'A question');
      const ended = await waitForState(panel, state);
      assert.equal(ended.failure, failure);
      assert.equal(ended.text, text);
      const notice = await noticeOf(panel);
      assert.ok(notice.title.startsWith(sentence.replace('{host}', host)), notice.title);
      assert.deepEqual(notice.buttons, remedies);
      assertIsWords(notice.words);
      assert.equal(await panel.text('article[data-role="user"] [data-part="text"]'), 'A question');
      // Made once: none of these gets better by being asked again at once.
      assert.equal(chatRequests(session.server).length, 1);
    });
  }

  it('a connection that is torn down keeps what came', async () => {
    await chooseModel(panel, 'demo-reset-after-20');
    await ask(panel, 'A question');
    const ended = await waitForState(panel, 'cut');
    // A browser gives no byte any more of what it has not read when it learns of the reset: "what came" may be less.
    const words = ended.text.split(' ').length;
    assert.ok(words > 0 && ended.text === numberedText(words), ended.text);
    const notice = await noticeOf(panel);
    const counted = words === 1 ? '1 word. It is saved' : `${words} words. They are saved`;
    assert.ok(notice.title.startsWith(`The connection ended after ${counted}`), notice.title);
    assert.deepEqual(notice.buttons, ['Continue', 'Start over']);
    assert.equal(chatRequests(session.server).length, 1);
  });

  it('a redirect names the host it points to', async () => {
    await chooseModel(panel, 'demo-fails-redirect');
    await ask(panel, 'A question');
    const failed = await waitForState(panel, 'error');
    // Chromium and Firefox tell an extension that a redirect came, and neither says where it leads.
    assert.match(failed.everything, /redirects to .+\. Ava does not follow/);
  });

  it('a rate limit with a long wait counts down, and Retry asks again', async () => {
    await chooseModel(panel, 'demo-fails-429-90');
    await ask(panel, 'A question');
    const failed = await waitForState(panel, 'error');
    assert.equal(failed.failure, 'rate-limit');
    const first = await secondsIn(panel, 'You can retry in (\\d+) s');
    assert.ok(first > 80 && first <= 90, `it says ${first} s`);
    await panel.waitFor(
      'the countdown to go on',
      (earlier: number) => {
        const found = /You can retry in (\d+) s/.exec(document.querySelector('main')?.innerText ?? '')?.[1];
        return found !== undefined && Number(found) < earlier;
      },
      first,
    );
    const notice = await noticeOf(panel);
    assert.equal(notice.title, `${host} asks to wait: too many requests.`);
    assert.deepEqual(notice.buttons, ['Retry']);
    assertIsWords(notice.words);
    assert.equal(chatRequests(session.server).length, 1);
    await panel.click('article[data-role="assistant"] .notice button');
    await waitForNewReply(panel, [failed.id]);
    await waitForState(panel, 'error');
    assert.equal(chatRequests(session.server).length, 2);
  });

  it('a rate limit with a short wait is waited out in view, and can be hurried', async () => {
    await chooseModel(panel, 'demo-fails-429');
    await ask(panel, 'A question');
    const seconds = await secondsIn(panel, 'Trying again in (\\d+) s');
    assert.ok(seconds > 20 && seconds <= 30, `it says ${seconds} s`);
    assert.equal((await reply(panel)).state, 'streaming');
    await panel.click('article[data-role="assistant"] .notice button');
    await session.server.waitForRequest(() => chatRequests(session.server).length === 2);
    await secondsIn(panel, 'Trying again in (\\d+) s');
    await panel.click('button[aria-label="Stop"]');
    await waitForState(panel, 'stopped');
    assert.equal(chatRequests(session.server).length, 2);
  });

  it('Continue goes on where the answer was cut off, in the same reply', async () => {
    await chooseModel(panel, 'demo-cut-after-20');
    await ask(panel, 'A question');
    const cut = await waitForState(panel, 'cut');
    await chooseModel(panel, 'demo-echo');
    await panel.click('article[data-role="assistant"] .notice button');
    const done = await waitForState(panel, 'complete');
    assert.equal(done.id, cut.id);
    assert.ok(done.text.startsWith(numberedText(20)), done.text);
    assert.ok(done.text.length > cut.text.length, 'nothing was added');
    assert.equal(chatRequests(session.server).length, 2);
    assert.equal(await panel.count('.versions'), 0);
  });

  it('an overloaded server is asked again by itself, and its answer comes once', async () => {
    await chooseModel(panel, 'demo-recovers-after-1');
    await ask(panel, 'A question');
    const done = await waitForState(panel, 'complete');
    assert.match(done.text, /canned/);
    assert.equal(chatRequests(session.server).length, 2);
    assert.equal(await panel.count('article[data-role="assistant"]'), 1);
  });

  it('the remedy of a refused key opens the settings of that provider', async () => {
    await chooseModel(panel, 'demo-fails-401');
    await ask(panel, 'A question');
    await waitForState(panel, 'error');
    await panel.click('article[data-role="assistant"] .notice button');
    await session.browser.firstTab.bringToFront();
    await panel.waitFor(
      'the panel to stay as it is',
      () => document.querySelector('article[data-failure="auth"]') !== null,
    );
  });

  it('the remedy of an unknown model opens the list of models', async () => {
    await chooseModel(panel, 'demo-fails-404-model');
    await ask(panel, 'A question');
    await waitForState(panel, 'error');
    await panel.click('article[data-role="assistant"] .notice button');
    await panel.waitFor(
      'the model picker with the focus in its filter',
      () => document.activeElement?.getAttribute('role') === 'combobox',
    );
    await panel.press('Escape');
    await panel.waitFor('the focus back in the composer', () => document.activeElement?.localName === 'textarea');
  });
});

interface ShownNotice {
  readonly title: string;
  readonly words: string;
  readonly buttons: readonly string[];
}

function noticeOf(panel: Surface): Promise<ShownNotice> {
  return panel.evaluate(() => {
    const notice = [...document.querySelectorAll<HTMLElement>('article[data-role="assistant"] .notice')].at(-1);
    return {
      title: notice?.querySelector('strong')?.innerText ?? '',
      words: notice?.innerText ?? '',
      // Details, which opens what is under it, is none of the remedies.
      buttons: [...(notice?.querySelectorAll<HTMLElement>('button:not([aria-expanded])') ?? [])].map(
        ({ innerText }) => innerText,
      ),
    };
  });
}

/** No JSON, no HTML, no names of errors: what is shown is for people. */
function assertIsWords(text: string): void {
  assert.doesNotMatch(text, /[{}<>]|\\n|\bError:|undefined|null|\[object/);
}

function secondsIn(panel: Surface, pattern: string): Promise<number> {
  return panel.waitFor(
    `"${pattern}"`,
    (source: string) => Number(new RegExp(source).exec(document.querySelector('main')?.innerText ?? '')?.[1] ?? 0),
    pattern,
  );
}
