import { setTimeout as sleep } from 'node:timers/promises';
import type { Surface } from '../browser/surface.ts';
import { createAnswerPrinter } from './answer-printer.ts';
import { readAnswer, type ShownAnswer } from './read-answer.ts';

/** Types the question into the panel, sends it with Enter, and writes the answer out while it streams. Gives its end. */
export async function askInPanel(
  panel: Surface,
  question: string,
  write: (text: string) => void,
): Promise<ShownAnswer> {
  await panel.waitFor('the composer', focusComposer);
  await panel.type(question);
  await panel.press('Enter');
  await panel.waitFor('a reply to begin', () => document.querySelector('article[data-role="assistant"]') !== null);
  const printer = createAnswerPrinter(write);
  for (;;) {
    const answer = await panel.evaluate(readAnswer);
    if (answer.state !== 'streaming') {
      printer.finish(answer.text);
      return answer;
    }
    printer.show(answer.text);
    // The pace of looking, not a wait for something.
    await sleep(60);
  }
}

/** Runs in the panel: puts the keyboard focus into the textbox named "Message". */
function focusComposer(): boolean {
  const fields = document.querySelectorAll<HTMLElement>('textarea, input, [role="textbox"]');
  const composer = [...fields].find((field) => {
    const labels =
      field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement ? [...(field.labels ?? [])] : [];
    const labelledBy = (field.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => document.getElementById(id));
    const names = [
      field.getAttribute('aria-label'),
      ...[...labels, ...labelledBy].map((label) => label?.textContent.trim()),
    ];
    return names.includes('Message');
  });
  composer?.focus();
  return composer !== undefined && document.activeElement === composer;
}
