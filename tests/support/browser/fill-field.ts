import type { Surface } from './surface.ts';

/** Replaces what a field of a form holds by what is typed; lines are broken with Enter. */
export async function fillField(page: Surface, name: string, text: string): Promise<void> {
  const selector = `form [name="${name}"]`;
  await page.evaluate((wanted: string) => {
    const folded = document.querySelector(wanted)?.closest('details');
    if (folded) folded.open = true;
  }, selector);
  await page.click(selector);
  // What the form suggests is replaced by what is typed.
  await page.evaluate((wanted: string) => document.querySelector<HTMLInputElement>(wanted)?.select(), selector);
  const [first = '', ...rest] = text.split('\n');
  await page.type(first);
  for (const line of rest) {
    await page.press('Enter');
    await page.type(line);
  }
  await waitForField(page, name, text);
}

export async function waitForField(page: Surface, name: string, text: string): Promise<void> {
  await page.waitFor(
    `the field ${name} to hold "${text}"`,
    (selector: string, wanted: string) => document.querySelector<HTMLInputElement>(selector)?.value === wanted,
    `form [name="${name}"]`,
    text,
  );
}
