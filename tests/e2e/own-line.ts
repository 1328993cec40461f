/** A line to the background from a page of the extension, for what a test has to say without a hand on the page. */
import type { Surface } from '../support/browser/surface.ts';
import type { FromPage, ToPage } from '../../lib/protocol/messages.ts';

interface RuntimeScope {
  readonly chrome: {
    readonly runtime: {
      connect(options: { name: string }): {
        postMessage(message: unknown): void;
        disconnect(): void;
        readonly onMessage: { addListener(listener: (message: { type: string }) => void): void };
        readonly onDisconnect: { addListener(listener: () => void): void };
      };
    };
  };
}

/** Says all of it on one line, in order; settles with the first answer of that type to the last message. */
export function say<Type extends ToPage['type']>(
  page: Surface,
  messages: readonly unknown[],
  answer: Type,
): Promise<Extract<ToPage, { readonly type: Type }>> {
  return page.evaluate(sayInPage, messages, answer) as Promise<Extract<ToPage, { readonly type: Type }>>;
}

/** Runs in the page. */
function sayInPage(messages: readonly unknown[], answer: string): Promise<{ type: string }> {
  const { chrome } = globalThis as unknown as RuntimeScope;
  const port = chrome.runtime.connect({ name: 'ava/1' });
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${answer} within 40 s`)), 40_000);
    port.onMessage.addListener((message) => {
      if (message.type !== answer) return;
      clearTimeout(timer);
      port.disconnect();
      resolve(message);
    });
    port.onDisconnect.addListener(() => reject(new Error('the line was cut')));
    for (const message of messages) port.postMessage(message);
  });
}

export const hello: FromPage = { type: 'hello', surface: 'options', windowId: -1 };

/** Chooses the model of the next question; settles when the panel shows it. */
export async function chooseByLine(panel: Surface, endpointId: string, model: string): Promise<void> {
  const label = `${model} of ${endpointId.slice(0, 8)}`;
  await say(panel, [hello, { type: 'choose', settings: { model: { endpointId, model, label } } }], 'settings');
  await panel.waitFor(
    `the model ${label} to be chosen`,
    (wanted: string) => document.querySelector('.model-button')?.textContent.trim() === wanted,
    label,
  );
}
