/** What an answer may hold besides words: formulas, footnotes, links and images, in the real panel. */
import assert from 'node:assert/strict';
import { before, beforeEach, it } from 'node:test';
import type { Surface } from '../support/browser/surface.ts';
import { markdownSample } from '../support/markdown-sample.ts';
import { askLong, chooseModel, forEachBrowser, newChat, startSession, waitForState } from './session.ts';

forEachBrowser((name) => {
  const session = startSession(name);
  let panel: Surface;
  before(async () => {
    panel = await session.browser.openPanel();
  });
  beforeEach(async () => {
    await newChat(panel);
    await chooseModel(panel, 'demo-repeats');
    await askLong(panel, markdownSample);
    await waitForState(panel, 'complete');
    await panel.waitFor('the formulas', () => document.querySelectorAll('.math math').length > 3);
  });

  it('formulas are drawn without an inline style, in the font of the extension, and copied as TeX', async () => {
    assert.equal(await panel.count('[data-part="text"] [style]'), 0);
    assert.ok(
      await panel.waitFor('the font', () =>
        [...document.fonts].some(({ family, status }) => family.includes('STIX Two Math') && status === 'loaded'),
      ),
    );
    // The color is Temml's own style, which came as a class.
    const colors = await panel.evaluate(() =>
      [...document.querySelectorAll('.math [class*="math-style"]')].map((element) => getComputedStyle(element).color),
    );
    assert.ok(colors.includes('rgb(255, 0, 0)'), `no red in ${colors.join(' ')}`);

    await panel.evaluate(() => {
      // What is copied is the selection of what has the focus.
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      const answer = document.querySelector('[data-part="text"] .markdown');
      if (answer) getSelection()?.selectAllChildren(answer);
    });
    await panel.press('Control+c');
    await panel.focus('textarea');
    await panel.press('Control+v');
    const pasted = await panel.waitFor('something pasted', () => document.querySelector('textarea')?.value);
    for (const source of [
      String.raw`a formula $e^{i\pi} + 1 = 0$`,
      String.raw`and $\alpha_1 \le \beta$.`,
      String.raw`$$\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}$$`,
      String.raw`$\unknown{x}$`,
    ]) {
      assert.ok(pasted.includes(source), `${source} is not in:\n${pasted}`);
    }
    assert.doesNotMatch(pasted, /∫|√|π/u);
  });

  it('a long address is shown as a whole before it opens', async () => {
    await panel.focus('[data-part="text"] a[href*="q=secret"]');
    await panel.press('Enter');
    await panel.waitFor('the address', () => document.querySelector('dialog[open] .long-address-text') !== null);
    assert.equal(await panel.text('dialog[open] .long-address-text'), `https://evil.example/?q=${'secret'.repeat(20)}`);
    await panel.press('Escape');
    await panel.waitFor('the question to go', () => document.querySelector('dialog') === null);
  });

  it('a footnote is reached from its mark, and its mark from the footnote', async () => {
    await panel.click('.footnote-mark');
    await panel.waitFor('the footnote to have the focus', () => document.activeElement?.matches('.footnotes li'));
    await panel.click('.footnote-back');
    await panel.waitFor('the mark to have the focus', () => document.activeElement?.matches('.footnote-mark'));
  });
});
