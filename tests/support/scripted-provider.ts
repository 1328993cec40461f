import type { ModelRequest, Provider, ProviderIo, StreamPart } from '@/lib/providers/provider';

/**
 * A provider whose replies a test writes as it goes: parts wait until they are taken. The same promises as a real one:
 * it rejects with the signal's reason when it is aborted.
 */
export interface ScriptedProvider extends Provider {
  readonly requests: ModelRequest[];
  /** Writes the next part of the newest reply. */
  write(part: StreamPart): void;
  /** Ends the newest reply with an error. */
  fail(error: unknown): void;
}

export function createScriptedProvider(): ScriptedProvider {
  const requests: ModelRequest[] = [];
  let steps: (StreamPart | { readonly error: unknown })[] = [];
  let wake = (): void => undefined;

  async function* stream(
    request: ModelRequest,
    _endpoint: unknown,
    { signal }: ProviderIo,
  ): AsyncGenerator<StreamPart> {
    requests.push(request);
    const own: typeof steps = [];
    steps = own;
    const aborted = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
    });
    // Nobody may be waiting any more when it comes.
    aborted.catch(() => undefined);
    for (;;) {
      signal.throwIfAborted();
      const step = own.shift();
      if (!step) {
        const more = new Promise<void>((resolve) => {
          wake = resolve;
        });
        await Promise.race([more, aborted]);
        continue;
      }
      if ('error' in step) throw step.error;
      yield step;
      if (step.type === 'finish') return;
    }
  }

  const push = (step: StreamPart | { readonly error: unknown }): void => {
    steps.push(step);
    wake();
  };
  return {
    id: 'scripted',
    label: 'Scripted',
    baseUrl: 'http://127.0.0.1:9',
    key: { needed: 'no' },
    hasModels: true,
    requests,
    stream,
    listModels: () => Promise.resolve([{ id: 'm1', label: 'Model one' }]),
    write: push,
    fail: (error) => {
      push({ error });
    },
  };
}
