import type { ModelRequest, Provider, StreamPart } from '@/lib/providers/provider';

/** A request that reached the model server. */
export interface SeenRequest {
  /** Counts from 1: every token of its answer carries it. */
  readonly number: number;
  readonly request: ModelRequest;
}

/**
 * A model server that answers by itself with tokens that say whose they are: `‹3:1›‹3:2›…` is the answer to the third
 * request. What is lost, doubled or in the wrong place can be read from the text alone.
 */
export interface NumberedProvider {
  readonly requests: readonly SeenRequest[];
  /** The provider as a worker sees it: it goes silent when that worker is dead. */
  forWorker(isDead: () => boolean): Provider;
}

export interface NumberedProviderOptions {
  readonly tokens: number;
  /** How many tokens come at once, and how long the next ones take. */
  readonly burst: (request: number) => { readonly tokens: number; readonly ms: number };
}

export const token = (request: number, index: number): string => `‹${request}:${index}›`;

/** What of an answer's text is not as the server wrote it; [] when all is well. `runs`: its first run and each continuation. */
export function findWrongTokens(text: string, runs: number, mustBeWhole: number | undefined): readonly string[] {
  const wrong: string[] = [];
  const tokens = [...text.matchAll(/‹(\d+):(\d+)›/gu)].map(([, request, index]) => [Number(request), Number(index)]);
  if (tokens.map(([request, index]) => token(request ?? 0, index ?? 0)).join('') !== text) wrong.push('torn text');
  const requests: number[] = [];
  let last = 0;
  for (const [request = 0, index = 0] of tokens) {
    if (request !== requests.at(-1)) {
      if (requests.includes(request)) wrong.push(`tokens of request ${request} in two places`);
      requests.push(request);
      last = 0;
    }
    if (index !== last + 1) wrong.push(`${token(request, index)} after token ${last}`);
    last = index;
  }
  if (requests.length > runs) wrong.push(`${requests.length} answers in a reply that was asked for ${runs} times`);
  if (mustBeWhole !== undefined && last !== mustBeWhole) wrong.push(`${last} tokens of ${mustBeWhole}`);
  return wrong;
}

export function createNumberedProvider({ tokens, burst }: NumberedProviderOptions): NumberedProvider {
  const requests: SeenRequest[] = [];

  async function* answer(
    request: ModelRequest,
    signal: AbortSignal,
    isDead: () => boolean,
  ): AsyncGenerator<StreamPart> {
    if (isDead()) await forEver();
    const number = requests.length + 1;
    requests.push({ number, request });
    for (let index = 1; index <= tokens;) {
      const next = burst(number);
      await pause(next.ms, signal);
      if (isDead()) await forEver();
      for (const end = Math.min(tokens, index + next.tokens - 1); index <= end; index += 1) {
        yield { type: 'text', text: token(number, index) };
      }
    }
    yield { type: 'finish', ending: 'complete', usage: { outputTokens: tokens } };
  }

  return {
    requests,
    forWorker: (isDead) => ({
      id: 'scripted',
      label: 'Numbered',
      baseUrl: 'http://127.0.0.1:9',
      key: { needed: 'no' },
      hasModels: true,
      stream: (request, _endpoint, { signal }) => answer(request, signal, isDead),
      listModels: () => Promise.resolve([{ id: 'm1' }]),
    }),
  };
}

function forEver(): Promise<never> {
  return new Promise(() => undefined);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}
