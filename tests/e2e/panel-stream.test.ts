/** Asking in the panel, and everything one can do with an answer there. */
import assert from 'node:assert/strict';
import { before, beforeEach, it } from 'node:test';
import type { Surface } from '../support/browser/surface.ts';
import {
  ask,
  chatRequests,
  chooseModel,
  forEachBrowser,
  messagesOf,
  modelOf,
  newChat,
  numberedText,
  reply,
  replyIds,
  startSession,
  typeMessage,
  waitForNewReply,
  waitForState,
  waitForText,
} from './session.ts';

/** From the click on Stop until the server sees that nobody listens any more. */
const stopMs = 1000;

forEachBrowser((name) => {
  const session = startSession(name);
  let panel: Surface;
  before(async () => {
    panel = await session.browser.openPanel('toolbar-click');
  });
  beforeEach(async () => {
    await newChat(panel);
  });

  it('an answer is shown while it is written, marked as busy, and is whole in the end', async () => {
    await chooseModel(panel, 'demo-numbered-60-40');
    await ask(panel, 'Count, please');
    const early = await waitForText(panel, 't3');
    assert.equal(early.state, 'streaming');
    assert.ok(!early.text.includes('t59'), 'the end is shown before it was sent');
    assert.equal(await panel.count('article[data-state="streaming"][aria-busy="true"]'), 1);
    await panel.waitFor('the caret after the last text', () => {
      const paragraph = document.querySelector('article[data-state="streaming"] .markdown > p:last-child');
      return paragraph !== null && getComputedStyle(paragraph, '::after').width !== 'auto';
    });
    const later = await waitForText(panel, 't20');
    assert.equal(later.state, 'streaming');
    assert.ok(later.text.startsWith(early.text), 'what was shown has changed');
    const done = await waitForState(panel, 'complete');
    assert.equal(done.text, numberedText(60));
    assert.equal(await panel.count('[aria-busy="true"]'), 0);
    assert.equal(chatRequests(session.server).length, 1);
    assert.equal(await panel.text('article[data-role="user"] [data-part="text"]'), 'Count, please');
  });

  it('Markdown is formatted, and a code block has its language and a button that copies it', async () => {
    await chooseModel(panel, 'demo-fast');
    await ask(panel, 'What is backpressure?');
    await waitForState(panel, 'complete');
    assert.equal(await panel.count('[data-part="text"] h2'), 1);
    assert.equal(await panel.count('[data-part="text"] table tbody tr'), 4);
    assert.equal(await panel.count('[data-part="text"] ol > li'), 3);
    assert.equal((await panel.text('figure.code .code-language')).toLowerCase(), 'js');
    await panel.click('figure.code button[aria-label="Copy code"]');
    await panel.waitFor(
      'the code block to say that it was copied',
      () => document.querySelector('figure.code output')?.textContent === 'Copied',
    );
    assert.match(await pasteIntoComposer(panel), /^import \{ once \} from 'node:events';\n/);
  });

  it('Stop ends the answer and the request, and what has come stays', async () => {
    await chooseModel(panel, 'demo-numbered-1000-50');
    await ask(panel, 'Count far');
    await waitForText(panel, 't9');
    assert.equal(await panel.count('button[aria-label="Send"]'), 0);
    await panel.click('button[aria-label="Stop"]');
    const clickedAt = Date.now();
    const { closedEarlyAt = Number.POSITIVE_INFINITY } = await session.server.waitForRequest(
      ({ method, closedEarlyAt: at }) => method === 'POST' && at !== undefined,
    );
    assert.ok(closedEarlyAt - clickedAt <= stopMs, `the request went on for ${closedEarlyAt - clickedAt} ms`);
    const stopped = await waitForState(panel, 'stopped');
    assert.match(stopped.text, /^t0 t1 t2 t3 t4 t5 t6 t7 t8 t9\b/);
    assert.match(stopped.everything, /Stopped by you\./);
    await panel.waitFor(
      'Send in the place of Stop',
      () => document.querySelector('button[aria-label="Send"]') !== null,
    );
    // Whatever was still under way has arrived when a later question has been answered.
    await chooseModel(panel, 'demo-echo');
    await ask(panel, 'And now?');
    await waitForState(panel, 'complete');
    assert.equal(await panel.text('article[data-state="stopped"] [data-part="text"]'), stopped.text);
  });

  it('Esc in an empty composer stops an answer too', async () => {
    await chooseModel(panel, 'demo-numbered-1000-50');
    await ask(panel, 'Count far');
    await waitForText(panel, 't2');
    await panel.focus('textarea');
    await panel.press('Escape');
    await waitForState(panel, 'stopped');
  });

  it('Retry writes a second version beside the first, and the arrows step between them', async () => {
    await chooseModel(panel, 'demo-numbered-3-0');
    await ask(panel, 'Twice, please');
    const first = await waitForState(panel, 'complete');
    await chooseModel(panel, 'demo-numbered-5-0');
    await panel.click('article[data-role="assistant"] button[aria-label="Retry"]');
    await waitForNewReply(panel, [first.id]);
    const second = await waitForState(panel, 'complete');
    assert.equal(second.text, numberedText(5));
    await waitForVersion(panel, 'assistant', '2/2');
    assert.equal(await panel.count('article[data-role="user"]'), 1);

    await panel.click('article[data-role="assistant"] button[aria-label="Previous version"]');
    await waitForVersion(panel, 'assistant', '1/2');
    assert.deepEqual([(await reply(panel)).id, (await reply(panel)).text], [first.id, numberedText(3)]);
    await panel.click('article[data-role="assistant"] button[aria-label="Next version"]');
    await waitForVersion(panel, 'assistant', '2/2');
    assert.equal((await reply(panel)).id, second.id);
    assert.deepEqual(
      chatRequests(session.server).map((request) => messagesOf(request)),
      [[['user', 'Twice, please']], [['user', 'Twice, please']]],
    );
  });

  it('an edited question makes a branch of its own, and the first branch stays as it was', async () => {
    await chooseModel(panel, 'demo-echo');
    await ask(panel, 'Which river is it?');
    const first = await waitForState(panel, 'complete');
    await panel.click('article[data-role="user"] button[aria-label="Edit"]');
    await panel.waitFor(
      'the question in the composer',
      () => document.querySelector('textarea')?.value === 'Which river is it?',
    );
    await ask(panel, 'Which lake is it?');
    const second = await waitForState(panel, 'complete');
    assert.match(second.text, /You sent 1 message\./);
    assert.match(second.text, /Which lake is it\?/);
    await waitForVersion(panel, 'user', '2/2');

    await panel.click('article[data-role="user"] button[aria-label="Previous version"]');
    await waitForVersion(panel, 'user', '1/2');
    assert.equal(await panel.text('article[data-role="user"] [data-part="text"]'), 'Which river is it?');
    assert.equal((await reply(panel)).id, first.id);
    assert.equal((await reply(panel)).text, first.text);
  });

  it('another model can be chosen in mid-conversation, and is sent what was said before', async () => {
    await chooseModel(panel, 'demo-numbered-2-0');
    await ask(panel, 'First');
    await waitForState(panel, 'complete');
    await chooseModel(panel, 'demo-echo');
    await ask(panel, 'Second');
    await waitForState(panel, 'complete');
    const [one, other] = chatRequests(session.server);
    assert.ok(one && other);
    assert.deepEqual([modelOf(one), modelOf(other)], ['demo-numbered-2-0', 'demo-echo']);
    assert.deepEqual(messagesOf(other), [
      ['user', 'First'],
      ['assistant', 't0 t1'],
      ['user', 'Second'],
    ]);
    assert.deepEqual(
      await panel.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.message-facts')].map((facts) => facts.innerText.split(' · ')[0]),
      ),
      ['demo-numbered-2-0', 'demo-echo'],
    );
  });

  it('an answer is copied as the text it was sent as', async () => {
    await chooseModel(panel, 'demo-echo');
    await ask(panel, 'Say **this**');
    await waitForState(panel, 'complete');
    await panel.click('article[data-role="assistant"] button[aria-label="Copy answer"]');
    await panel.waitFor('the button to say that it has copied', () =>
      [...document.querySelectorAll('article[data-role="assistant"] output')].some(
        ({ textContent }) => textContent === 'Copied',
      ),
    );
    assert.match(
      await pasteIntoComposer(panel),
      /You sent 1 message\. The last user message was:\n\nSay \*\*this\*\*$/,
    );
  });

  it('Enter sends and Shift+Enter breaks the line', async () => {
    await chooseModel(panel, 'demo-echo');
    await typeMessage(panel, 'one');
    await panel.press('Shift+Enter');
    await panel.waitFor('a line break', () => document.querySelector('textarea')?.value === 'one\n');
    await panel.type('two');
    await panel.waitFor('both lines', () => document.querySelector('textarea')?.value === 'one\ntwo');
    assert.deepEqual(await replyIds(panel), []);
    await panel.press('Enter');
    await waitForState(panel, 'complete');
    assert.deepEqual(
      chatRequests(session.server).map((request) => messagesOf(request)),
      [[['user', 'one\ntwo']]],
    );
    assert.equal(await panel.evaluate(() => document.querySelector('textarea')?.value), '');
  });

  it('an empty message is not sent, and neither are blanks', async () => {
    await chooseModel(panel, 'demo-echo');
    await panel.focus('textarea');
    await panel.press('Enter');
    await typeMessage(panel, '   ');
    await panel.press('Enter');
    await panel.click('button[aria-label="Send"]');
    // What is sent after them comes after them: it is the first, and the only one.
    await ask(panel, 'Something');
    await waitForState(panel, 'complete');
    assert.deepEqual(
      chatRequests(session.server).map((request) => messagesOf(request)),
      [[['user', 'Something']]],
    );
  });

  it('Enter that ends a composition of an input method does not send', async () => {
    await chooseModel(panel, 'demo-echo');
    await typeMessage(panel, 'nihon');
    await panel.evaluate(() => {
      const field = document.querySelector('textarea');
      const press = (details: KeyboardEventInit): void => {
        field?.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...details }),
        );
      };
      field?.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
      press({ isComposing: true });
      field?.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: 'nihon' }));
      // Safari, and some input methods elsewhere, tell of the last key of a composition by this code alone.
      press({ keyCode: 229 });
    });
    await typeMessage(panel, 'nihongo');
    assert.deepEqual(await replyIds(panel), []);
    await panel.press('Enter');
    await waitForState(panel, 'complete');
    assert.deepEqual(
      chatRequests(session.server).map((request) => messagesOf(request)),
      [[['user', 'nihongo']]],
    );
  });

  it('thinking is shown apart from the answer, and folded away', async () => {
    await chooseModel(panel, 'demo-thinks-fast');
    await ask(panel, 'What is backpressure?');
    const done = await waitForState(panel, 'complete');
    assert.equal(await panel.count('details[data-part="thinking"]:not([open])'), 1);
    assert.ok(!done.text.includes('canned reasoning'), 'thinking is part of the answer');
    await panel.click('details[data-part="thinking"] summary');
    await panel.waitFor('the thoughts', () =>
      document.querySelector<HTMLElement>('details[data-part="thinking"]')?.innerText.includes('canned reasoning'),
    );
  });

  it('who reads at the end is kept at the end; who scrolled up is left alone until they ask for the latest', async () => {
    await chooseModel(panel, 'demo');
    await ask(panel, 'What is backpressure?');
    await panel.waitFor('an answer longer than the panel', () => {
      const thread = document.querySelector('main');
      return thread !== null && thread.scrollHeight > thread.clientHeight + 200;
    });
    assert.equal(await panel.count('.to-latest'), 0);
    await waitForEndInView(panel);

    await panel.evaluate(() => document.querySelector('main')?.scrollBy({ top: -150, behavior: 'instant' }));
    await panel.waitFor('the button Latest', () => document.querySelector('.to-latest') !== null);
    const top = await panel.evaluate(() => document.querySelector('main')?.scrollTop);
    await waitForMoreText(panel);
    assert.equal(await panel.evaluate(() => document.querySelector('main')?.scrollTop), top);

    await panel.click('.to-latest');
    await panel.waitFor('the button Latest to go', () => document.querySelector('.to-latest') === null);
    await waitForEndInView(panel);
    await waitForMoreText(panel);
    await waitForEndInView(panel);
    assert.equal(await panel.count('.to-latest'), 0);
    await panel.click('button[aria-label="Stop"]');
    await waitForState(panel, 'stopped');
    await waitForEndInView(panel);
  });

  it('a draft is still there when the panel was closed and opened again', async () => {
    await typeMessage(panel, 'Half a thou');
    await panel.close();
    panel = await session.browser.openPanel();
    await panel.waitFor('the draft', () => document.querySelector('textarea')?.value === 'Half a thou');
    await panel.waitFor('the focus in the composer', () => document.activeElement?.localName === 'textarea');
    // No other test is to find it.
    await panel.evaluate(() => document.querySelector('textarea')?.select());
    await panel.press('Backspace');
    await panel.waitFor('an empty composer', () => document.querySelector('textarea')?.value === '');
  });
});

/** What a real Ctrl+V brings; the clipboard itself can't be read without a permission that the extension does not have. */
async function pasteIntoComposer(panel: Surface): Promise<string> {
  await panel.focus('textarea');
  await panel.press('Control+v');
  const pasted = await panel.waitFor('something pasted', () => document.querySelector('textarea')?.value);
  await panel.evaluate(() => document.querySelector('textarea')?.select());
  await panel.press('Backspace');
  await panel.waitFor('an empty composer', () => document.querySelector('textarea')?.value === '');
  return pasted;
}

function waitForVersion(panel: Surface, role: 'user' | 'assistant', version: string): Promise<unknown> {
  return panel.waitFor(
    `version ${version} of the ${role}'s message`,
    (wantedRole: string, wanted: string) =>
      [...document.querySelectorAll<HTMLElement>(`article[data-role="${wantedRole}"]`)]
        .at(-1)
        ?.querySelector('.versions')
        ?.textContent.trim() === wanted,
    role,
    version,
  );
}

/** The end may be a line away for the moment until the view has followed. */
async function waitForEndInView(panel: Surface): Promise<void> {
  await panel.waitFor('the view to be at the end', () => {
    const thread = document.querySelector('main');
    return thread !== null && thread.scrollHeight - thread.scrollTop - thread.clientHeight < 5;
  });
}

async function waitForMoreText(panel: Surface): Promise<void> {
  const height = await panel.evaluate(() => document.querySelector('main')?.scrollHeight ?? 0);
  await panel.waitFor(
    'more text below',
    (known: number) => (document.querySelector('main')?.scrollHeight ?? 0) > known + 60,
    height,
  );
}
