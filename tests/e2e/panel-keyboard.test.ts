/** Everything is reached by keys, has a name and a visible focus, fits a narrow panel, and speaks one language. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, it } from 'node:test';
import type { Surface, TabSurface } from '../support/browser/surface.ts';
import { addDemoEndpoint } from '../support/demo-session/add-demo-endpoint.ts';
import { artifactPath, root } from '../support/paths.ts';
import { ask, chooseModel, forEachBrowser, newChat, startSession, waitForState, waitForText } from './session.ts';

const axeSource = readFileSync(join(root, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

/** Latin words that are names, in any language: those of the presets, and others. */
const names = new Set([
  ...readdirSync(join(root, 'lib', 'providers'))
    .filter((file) => file.endsWith('.ts'))
    .flatMap(
      (file) => /^ {2}label: '(.*)'/m.exec(readFileSync(join(root, 'lib', 'providers', file), 'utf8'))?.[1] ?? [],
    )
    .flatMap((label) => label.match(/[A-Za-z][A-Za-z0-9]+/g) ?? []),
  ...'Ava AI API LM Studio llama cpp Demo canned text not an demo Ctrl Esc Del Alt Shift Name JSON URL http https English CORS ORIGINS value'.split(
    ' ',
  ),
]);

forEachBrowser((name) => {
  const session = startSession(name, { withDemoEndpoint: false });
  let panel: Surface;
  before(async () => {
    panel = await session.browser.openPanel();
    await panel.waitFor('the first-open screen', () => document.querySelector('.way') !== null);
  });

  it('the first-open screen is reached by Tab alone, passes the checks for accessibility and fits 320 pixels', async () => {
    await assertReachedByTab(panel);
    await assertAccessible(panel);
    await assertFits(panel, artifactPath(`${name}-narrow-first-open.png`));
  });

  it('a thread does, with an answer, a failure and versions in it', async () => {
    await addDemoEndpoint(session.browser, session.server.url);
    await session.browser.firstTab.bringToFront();
    await chooseModel(panel, 'demo-fast');
    await ask(panel, 'What is backpressure?');
    await waitForState(panel, 'complete');
    await panel.click('article[data-role="assistant"] button[aria-label="Retry"]');
    await panel.waitFor('a second version', () => document.querySelector('.versions') !== null);
    await waitForState(panel, 'complete');
    await chooseModel(panel, 'demo-fails-401');
    await ask(panel, 'averyveryverylongwordwithoutanyplacetobreakitbecausenobodythoughtofthatandithastofitallthesame');
    await waitForState(panel, 'error');
    await panel.waitFor(
      'Details of the failure',
      () => document.querySelector('.notice .buttons [aria-expanded]') !== null,
    );
    await waitForWhatWasSent(panel);
    assert.deepEqual(await panel.evaluate(heightsWithAndWithoutSent), { moved: [] });
    await assertReachedByTab(panel);
    await assertAccessible(panel);
    await assertFits(panel, artifactPath(`${name}-narrow-thread.png`));
  });

  it('the focus is never lost with the control that had it', async () => {
    await chooseModel(panel, 'demo-numbered-3000-50');
    await ask(panel, 'Count to 3000');
    await waitForText(panel, 't2');
    await panel.focus('button[aria-label="Stop"]');
    await panel.press('Enter');
    await waitForState(panel, 'stopped');
    await waitForFocus(panel, 'after Stop');

    await panel.evaluate(() => document.querySelector('main')?.scrollTo({ top: 200, behavior: 'instant' }));
    await panel.waitFor('the button Latest', () => document.querySelector('.to-latest') !== null);
    await panel.focus('.to-latest');
    await panel.press('Enter');
    await panel.waitFor('the button Latest to go', () => document.querySelector('.to-latest') === null);
    await waitForFocus(panel, 'after Latest');
  });

  it('the model picker does, and gives the focus back', async () => {
    await panel.focus('.model-button');
    await panel.press('Enter');
    await panel.waitFor(
      'the list of models with the focus in its filter',
      () =>
        document.activeElement?.getAttribute('role') === 'combobox' &&
        document.querySelectorAll('[role="option"]').length > 5,
    );
    await assertAccessible(panel);
    await assertFits(panel, artifactPath(`${name}-narrow-picker.png`));
    await panel.press('ArrowDown');
    await panel.press('Escape');
    await panel.waitFor(
      'the focus back in the composer',
      () => document.querySelector('.picker') === null && document.activeElement?.localName === 'textarea',
    );
  });

  it('the history does, and keeps the focus in it', async () => {
    await panel.focus('.bar button[aria-label="History"]');
    await panel.press('Enter');
    await panel.waitFor('the history', () => document.querySelector('.history-open') !== null);
    await assertReachedByTab(panel, '.history');
    await assertAccessible(panel);
    await assertFits(panel, artifactPath(`${name}-narrow-history.png`));
    await panel.press('Escape');
    await panel.waitFor('the history to close', () => document.querySelector('.history') === null);
  });

  it('the quick prompt does', async () => {
    const quick = await session.browser.openTab(`${session.browser.extensionOrigin}/quick.html`);
    await chooseModel(quick, 'demo-fast');
    await ask(quick, 'What is backpressure?');
    await waitForState(quick, 'complete');
    await waitForWhatWasSent(quick);
    await assertReachedByTab(quick);
    await assertAccessible(quick);
    await quick.close();
    await session.browser.firstTab.bringToFront();
  });

  it('the options do, each section and each form', async () => {
    const options = await session.browser.openOptions('#about');
    await options.waitFor(
      'the page to be drawn',
      () => document.querySelector('nav a[href="#about"][aria-current="page"]') !== null,
    );
    for (const place of [
      'providers',
      'choose/vendor',
      'add/openai-compatible',
      'add/ollama',
      'add/codelink-ava',
      'chat',
      'keys',
      'general',
      'shortcuts',
      'privacy',
      'about',
    ]) {
      await goTo(options, place);
      await waitForContents(options, place);
      await assertReachedByTab(options);
      await assertAccessible(options, place);
      await assertFits(options, artifactPath(`${name}-narrow-options-${place.replace('/', '-')}.png`));
    }
    await options.close();
    await session.browser.firstTab.bringToFront();
  });

  it('with Russian chosen, no English is left on any page', async () => {
    const options = await session.browser.openOptions('#general');
    await options.waitFor('the choice of languages', () => document.querySelector('select[name="language"]') !== null);
    await options.evaluate(() => {
      const select = document.querySelector<HTMLSelectElement>('select[name="language"]');
      if (!select) throw new Error('no select');
      select.value = 'ru';
      select.dispatchEvent(new Event('change', { bubbles: true }));
    });
    await options.waitFor('the page in Russian', () => document.documentElement.lang.startsWith('ru'));
    for (const place of [
      'providers',
      'add/openai-compatible',
      'add/codelink-ava',
      'chat',
      'general',
      'shortcuts',
      'privacy',
      'about',
    ]) {
      await goTo(options, place);
      await assertRussian(options, place);
    }
    await options.close();
    await session.browser.firstTab.bringToFront();

    await panel.waitFor(
      'the open panel in Russian',
      () => document.querySelector('textarea[aria-label="Сообщение"]') !== null,
    );
    await assertRussian(panel, 'a thread');
    await panel.click('.model-button');
    await panel.waitFor(
      'the model picker with the focus in its filter',
      () =>
        document.querySelector('[role="option"]') !== null &&
        document.activeElement?.getAttribute('role') === 'combobox',
    );
    await assertRussian(panel, 'the model picker');
    await panel.press('Escape');
    await panel.waitFor('the picker to close', () => document.querySelector('.picker') === null);
    await panel.click('.bar button[aria-label="История"]');
    await panel.waitFor('the history', () => document.querySelector('.history-open') !== null);
    await assertRussian(panel, 'the history');
    await panel.press('Escape');
    await panel.waitFor('the history to close', () => document.querySelector('.history') === null);
    await newChat(panel);
    await assertRussian(panel, 'a new chat');
    await assertAccessible(panel, 'in Russian');

    const quick = await session.browser.openTab(`${session.browser.extensionOrigin}/quick.html`);
    // A page waits for its language for a third of a second, and no longer.
    await quick.waitFor(
      'the quick prompt in Russian',
      () => document.querySelector('textarea[aria-label="Сообщение"]') !== null,
    );
    await assertRussian(quick, 'the quick prompt');
    await quick.close();
  });
});

async function waitForFocus(surface: Surface, when: string): Promise<void> {
  await surface.waitFor(
    `the focus to be somewhere ${when}`,
    () => document.activeElement !== null && document.activeElement !== document.body,
  );
}

/** Its button is loaded with the first answer, for all of them at once. */
/** The button comes a moment after the others: who is about to press one of those must meet it. Runs in the page. */
function heightsWithAndWithoutSent(): { readonly moved: readonly string[] } {
  const buttons = document.querySelectorAll('.message-actions > [aria-haspopup="dialog"]');
  if (buttons.length === 0) throw new Error('no button of what was sent');
  const moved = [...buttons].flatMap((button) => {
    const { parentElement: row, nextSibling: next } = button;
    const heightWith = row?.offsetHeight;
    button.remove();
    const heightWithout = row?.offsetHeight;
    row?.insertBefore(button, next);
    return heightWith === heightWithout ? [] : [`${heightWithout} → ${heightWith}`];
  });
  return { moved };
}

async function waitForWhatWasSent(surface: Surface): Promise<void> {
  await surface.waitFor(
    'the button of what was sent',
    () => document.querySelector('article button[aria-haspopup="dialog"]') !== null,
  );
}

/** What a section reads before it can show it. */
const contents: Readonly<Record<string, readonly string[]>> = {
  keys: ['form [name="set-next"]'],
  privacy: ['.ledger-origin', '.card[data-origin]'],
};

async function waitForContents(options: TabSurface, place: string): Promise<void> {
  for (const selector of contents[place] ?? []) {
    await options.waitFor(
      `${selector} in ${place}`,
      (wanted: string) => document.querySelector(wanted) !== null,
      selector,
    );
  }
}

async function goTo(options: TabSurface, place: string): Promise<void> {
  await options.evaluate((hash: string) => {
    location.hash = hash;
  }, place);
  await options.waitFor(
    `the section ${place}`,
    (isForm: boolean, section: string) =>
      (document.querySelector('form input[name="baseUrl"]') !== null) === isForm &&
      document.querySelector(`nav a[href="#${section}"]`)?.getAttribute('aria-current') === 'page' &&
      // Whoever goes somewhere is taken there.
      document.activeElement?.closest('main') !== null,
    place.startsWith('add/'),
    /^(?:add|choose)\//.test(place) ? 'providers' : place,
  );
}

/** Everything that takes the focus gets it by Tab, in the order of the page, and shows it. */
async function assertReachedByTab(surface: Surface, within = 'body'): Promise<void> {
  const expected = await surface.evaluate((scope: string) => {
    const controls = [
      ...document.querySelectorAll<HTMLElement>(
        `${scope} :is(a[href], button, input, select, textarea, summary, [tabindex="0"])`,
      ),
    ].filter(
      (element) =>
        element.tabIndex >= 0 &&
        !element.matches(':disabled') &&
        !element.closest('[inert], [hidden], details:not([open]) > :not(summary)') &&
        element.checkVisibility({ visibilityProperty: true }) &&
        // Of radio buttons Tab reaches the chosen one; the arrows reach the others.
        !(element instanceof HTMLInputElement && element.type === 'radio' && !element.checked),
    );
    const looks = (element: HTMLElement): string => {
      const { outline, boxShadow, borderColor } = getComputedStyle(element);
      return [outline, boxShadow, borderColor].join();
    };
    const isShown = (element: HTMLElement): string =>
      [element, element.parentElement, element.parentElement?.parentElement]
        .map((shown) => (shown ? looks(shown) : ''))
        .join(' / ');
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    for (const [place, element] of controls.entries()) {
      element.dataset['tabPlace'] = String(place);
      element.dataset['unfocused'] = isShown(element);
    }
    controls[0]?.focus();
    return controls.map((element) => element.outerHTML.slice(0, 120));
  }, within);
  assert.ok(expected.length > 2, 'there is nearly nothing to reach');
  for (const [place, element] of expected.entries()) {
    if (place > 0) await surface.press('Tab');
    await surface.waitFor(
      `the focus by Tab on ${element}, and a sign of it`,
      (wanted: string) => {
        const focused = document.activeElement;
        if (!(focused instanceof HTMLElement) || focused.dataset['tabPlace'] !== wanted) return false;
        // The button that leads to the end goes when the end is in view; then the way on is clear.
        const thread = document.querySelector('main');
        const isAtEnd = thread === null || thread.scrollHeight - thread.scrollTop - thread.clientHeight <= 4;
        if (isAtEnd && document.querySelector('.to-latest')) return false;
        // The first was focused by a script, which need not show it.
        if (wanted === '0') return true;
        const now = [focused, focused.parentElement, focused.parentElement?.parentElement].map((shown) => {
          if (!shown) return '';
          const { outline, boxShadow, borderColor } = getComputedStyle(shown);
          return [outline, boxShadow, borderColor].join();
        });
        return now.join(' / ') !== focused.dataset['unfocused'];
      },
      String(place),
    );
  }
  await surface.evaluate(() => {
    for (const element of document.querySelectorAll<HTMLElement>('[data-tab-place]')) {
      delete element.dataset['tabPlace'];
      delete element.dataset['unfocused'];
    }
  });
}

interface AxeResult {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly string[];
}

/** In light and in dark: the colours come from `color-scheme` alone, so setting it shows what the system's choice would. */
async function assertAccessible(surface: Surface, where = ''): Promise<void> {
  await surface.evaluate(`() => { if (!window.axe) { ${axeSource}\n } }`);
  for (const scheme of ['light', 'dark']) {
    const violations = await surface.evaluate(async (wanted: string) => {
      document.documentElement.style.colorScheme = wanted;
      // Colours may be on their way from one scheme to the other.
      for (const animation of document.getAnimations())
        if (animation instanceof CSSTransition) await animation.finished;
      const { axe } = window as unknown as {
        axe: {
          run(
            scope: Document,
            options: object,
          ): Promise<{
            violations: readonly {
              id: string;
              help: string;
              nodes: readonly { html: string; failureSummary: string }[];
            }[];
          }>;
        };
      };
      const result = await axe.run(document, { resultTypes: ['violations'] });
      document.documentElement.style.colorScheme = '';
      return result.violations.map(({ id, help, nodes }) => ({
        id,
        help,
        nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 200)} ${failureSummary}`),
      }));
    }, scheme);
    const found: readonly AxeResult[] = violations;
    assert.deepEqual(found, [], `axe-core finds faults in ${scheme} ${where}`);
  }
}

/** At 320 pixels nothing is wider than the page; what is wider by nature scrolls in a box of its own. */
async function assertFits(surface: Surface, picture: string): Promise<void> {
  await surface.evaluate(() => {
    const page = window as unknown as { tooWide?: readonly string[] };
    delete page.tooWide;
    const measure = (): void => {
      if (innerWidth !== 320) return;
      const scrollsItself = (element: Element): boolean =>
        element.parentElement !== null &&
        (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(element.parentElement).overflowX) &&
        element.parentElement.matches(
          'pre, .table, .visually-hidden, .code-lines, .history-open, .model-button, .chip, .history-actions',
        )
          ? true
          : scrollsItself(element.parentElement));
      page.tooWide = [...document.body.querySelectorAll('*')]
        .filter((element) => element.getBoundingClientRect().right > 321 && !scrollsItself(element))
        .map((element) => element.outerHTML.slice(0, 100));
      const { scrollWidth } = document.documentElement;
      if (scrollWidth > 320) page.tooWide = [...page.tooWide, `the page is ${scrollWidth} px wide`];
    };
    // Not the event `resize`: Firefox may send it after the picture, when the width is what it was.
    const timer = setInterval(() => {
      measure();
      if (page.tooWide) clearInterval(timer);
    }, 5);
  });
  await surface.screenshot(picture, { width: 320, height: 640 });
  const tooWide = await surface.evaluate(
    () => (window as unknown as { tooWide?: readonly string[] }).tooWide ?? ['it was never 320 pixels wide'],
  );
  assert.deepEqual(tooWide, [], 'wider than 320 pixels');
}

/** What questions and answers say is in the language they were written in; all the rest is the page's. */
async function assertRussian(surface: Surface, where: string): Promise<void> {
  const texts = await surface.evaluate(() => {
    const isContent =
      '[data-part], .message-facts, .notice-words, .history-title, .bar h1, .model-button, [role="option"], .picker-group, [data-endpoint-id] code, code, option, input, kbd, [lang]:not(html), dd';
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement;
      if (!element || element.matches('script, style')) continue;
      if (node instanceof Element) {
        const words = ['aria-label', 'title', 'placeholder'].map((attribute) => node.getAttribute(attribute) ?? '');
        if (!node.closest('.model-button, .picker-active, .bar h1, [role="group"], .history-row, [data-part]'))
          found.push(...words);
      } else if (!element.closest(isContent)) {
        found.push(node.textContent ?? '');
      }
    }
    return found.map((text) => text.trim()).filter((text) => text !== '');
  });
  assert.ok(
    texts.some((text) => /[а-яё]/i.test(text)),
    `${where}: there is nothing in Russian`,
  );
  const leftovers = texts.filter((text) =>
    (text.replaceAll(/req_\w+/g, '').match(/[A-Za-z][A-Za-z0-9]+/g) ?? []).some((word) => !names.has(word)),
  );
  // Addresses and examples of code are the same everywhere.
  assert.deepEqual(
    leftovers.filter((text) => !/https?:\/\/|^[\w.:-]+$|about:|chrome:/.test(text)),
    [],
    `${where}: English is left`,
  );
}
