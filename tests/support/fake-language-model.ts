/**
 * A `LanguageModel` for tests, written after the specification: its create, prompt and availability algorithms and its table
 * of errors (https://github.com/webmachinelearning/prompt-api, index.bs), and, where Chrome says more, after
 * https://developer.chrome.com/docs/ai/prompt-api. A token is a word.
 */
import type {
  Availability,
  CreateOptions,
  LanguageModelFactory,
  LanguageModelMessage,
  LanguageModelSession,
} from '@/lib/providers/wire/language-model';

export interface FakeModelOptions {
  readonly availability?: Availability;
  /** The languages that it is made for. */
  readonly languages?: readonly string[];
  readonly contextWindow?: number;
  /** The names of before: `inputQuota`, and errors without numbers. */
  readonly isOld?: boolean;
  /** Not those of extensions. */
  readonly hasParams?: boolean;
  /** A page that nobody has clicked in. */
  readonly wantsClick?: boolean;
  /** What it answers: piece by piece; where an error stands, that comes; where null stands, nothing for good. */
  readonly answer?: readonly (string | Error | null)[];
  /** What becomes of `create` in place of a session. */
  readonly createFails?: Error;
}

export interface FakeSession {
  readonly options: CreateOptions;
  readonly prompts: (readonly LanguageModelMessage[])[];
  /** How often it was destroyed, by its signal, too. */
  destroyed: number;
}

export interface FakeLanguageModel extends LanguageModelFactory {
  readonly sessions: readonly FakeSession[];
  /** A download that is under way is so far: of 1. */
  progress(loaded: number): void;
  finishDownload(): void;
  failDownload(error: Error): void;
  /** The browser ends the newest session by itself. */
  tear(): void;
}

export function createFakeLanguageModel({
  availability = 'available',
  languages = ['en', 'es', 'ja'],
  contextWindow = 100,
  isOld = false,
  hasParams = true,
  wantsClick = false,
  answer = ['Hello', ' there.'],
  createFails,
}: FakeModelOptions = {}): FakeLanguageModel {
  const sessions: FakeSession[] = [];
  const tears: (() => void)[] = [];
  const listeners = new Set<(event: { readonly loaded: number; readonly total: number }) => void>();
  let now = availability;
  const download = Promise.withResolvers<void>();
  download.promise.catch(() => undefined);

  const speaks = ({ expectedInputs = [], expectedOutputs = [] }: CreateOptions): boolean =>
    [...expectedInputs, ...expectedOutputs].every(({ languages: wanted }) =>
      wanted.every((language) => languages.includes(language)),
    );

  function quotaError(requested: number): Error {
    const error = new DOMException('The input is too large.', 'QuotaExceededError');
    return isOld ? error : Object.assign(error, { requested, quota: contextWindow });
  }

  async function waitForModel({ monitor, signal }: CreateOptions): Promise<void> {
    monitor?.({ addEventListener: (_type, listener) => listeners.add(listener) });
    if (now === 'downloadable') now = 'downloading';
    if (now === 'downloading') await abortable(download.promise, signal);
    // Also where nothing had to be downloaded.
    else for (const listener of listeners) [0, 1].map((loaded) => listener({ loaded, total: 1 }));
  }

  const model: FakeLanguageModel = {
    sessions,
    availability: async (options) => (speaks(options) ? now : 'unavailable'),
    create: async (options) => {
      options.signal?.throwIfAborted();
      const { initialPrompts, temperature, topK } = options;
      if (!speaks(options) || now === 'unavailable')
        throw new DOMException('The requested language options are not supported.', 'NotSupportedError');
      if (initialPrompts?.length === 0) throw new Error('an empty list counts as an empty question');
      if (initialPrompts?.some(({ role }, index) => role === 'system' && index > 0))
        throw new TypeError('The system prompt must be the first.');
      if ((temperature === undefined) !== (topK === undefined))
        throw new DOMException('Both topK and temperature, or neither.', 'NotSupportedError');
      if (temperature !== undefined && temperature < 0) throw new RangeError('Temperature must be 0 or more.');
      if (wantsClick && now === 'downloadable')
        throw new DOMException('Requires a user gesture when availability is "downloadable".', 'NotAllowedError');
      await waitForModel(options);
      if (createFails) throw createFails;
      const used = countTokens(initialPrompts ?? []);
      if (used > contextWindow) throw quotaError(used);
      return createSession(options, used);
    },
    ...(hasParams && { params: async () => ({ defaultTemperature: 1, defaultTopK: 3 }) }),
    progress: (loaded) => {
      for (const listener of listeners) listener({ loaded, total: 1 });
    },
    finishDownload: () => {
      now = 'available';
      download.resolve();
    },
    failDownload: (error) => {
      now = 'downloadable';
      download.reject(error);
    },
    tear: () => tears.at(-1)?.(),
  };

  function createSession(options: CreateOptions, used: number): LanguageModelSession {
    const session: FakeSession = { options, prompts: [], destroyed: 0 };
    const ending = new AbortController();
    const destroy = (reason: unknown): void => {
      session.destroyed += 1;
      ending.abort(reason);
    };
    const torn = (): void => destroy(new DOMException('The session was destroyed.', 'AbortError'));
    sessions.push(session);
    tears.push(torn);
    options.signal?.addEventListener('abort', () => destroy(options.signal?.reason));
    return {
      ...(isOld ? { inputQuota: contextWindow } : { contextWindow }),
      destroy: torn,
      promptStreaming: (messages, { signal }) => {
        session.prompts.push(messages);
        const ended = AbortSignal.any([signal, ending.signal]);
        const left = [...answer];
        const isTooLong = used + countTokens(messages) > contextWindow;
        return new ReadableStream<string>(
          {
            pull: async (controller) => {
              ended.throwIfAborted();
              if (isTooLong) throw quotaError(used + countTokens(messages));
              const next = left.shift();
              if (next === undefined) return controller.close();
              if (next === null) return abortable(new Promise<never>(() => undefined), ended);
              if (typeof next !== 'string') throw next;
              controller.enqueue(next);
            },
          },
          { highWaterMark: 0 },
        );
      },
    };
  }

  return model;
}

/** Rejects with the signal's reason when it is aborted. */
function abortable<Result>(coming: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  const aborted = Promise.withResolvers<never>();
  signal?.addEventListener('abort', () => aborted.reject(signal.reason));
  return Promise.race([coming, aborted.promise]);
}

function countTokens(messages: readonly LanguageModelMessage[]): number {
  return messages.reduce((sum, { content }) => sum + content.split(/\s+/u).length, 0);
}
