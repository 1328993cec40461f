/**
 * The model that a browser brings along, as far as Ava uses it: the Prompt API
 * (https://webmachinelearning.github.io/prompt-api/, https://developer.chrome.com/docs/ai/prompt-api). Chrome has it in
 * pages of extensions and in their workers; Firefox has none.
 */
declare global {
  var LanguageModel: LanguageModelFactory | undefined;
}

export type Availability = 'unavailable' | 'downloadable' | 'downloading' | 'available';

export interface LanguageModelFactory {
  availability(options: LanguageOptions): Promise<Availability>;
  /** In a page that nobody has clicked in, `NotAllowedError` while it is `downloadable`. A worker has no clicks, and needs none. */
  create(options: CreateOptions): Promise<LanguageModelSession>;
  /** Only in extensions; null where there is no model. */
  params?(): Promise<{ readonly defaultTemperature: number; readonly defaultTopK: number } | null>;
}

export interface LanguageOptions {
  readonly expectedInputs?: readonly ExpectedText[];
  readonly expectedOutputs?: readonly ExpectedText[];
}

export interface ExpectedText {
  readonly type: 'text';
  readonly languages: readonly string[];
}

export interface CreateOptions extends LanguageOptions {
  readonly temperature?: number;
  readonly topK?: number;
  /** The system prompt may only be the first. Never dropped when the context overflows. */
  readonly initialPrompts?: readonly LanguageModelMessage[];
  readonly monitor?: (monitor: DownloadMonitor) => void;
  /** Aborted later, it destroys the session. */
  readonly signal?: AbortSignal;
}

export interface DownloadMonitor {
  /** `loaded` of `total`: 0 to 1 of 1, in all; also where nothing has to be downloaded. */
  addEventListener(
    type: 'downloadprogress',
    listener: (event: { readonly loaded: number; readonly total: number }) => void,
  ): void;
}

export interface LanguageModelMessage {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

export interface LanguageModelSession {
  /** Of pieces, not of the text so far: https://github.com/GoogleChromeLabs/web-ai-demos/pull/89 */
  promptStreaming(
    messages: readonly LanguageModelMessage[],
    options: { readonly signal: AbortSignal },
  ): ReadableStream<string>;
  /** How many tokens it takes; before it was renamed, `inputQuota`. */
  readonly contextWindow?: number;
  readonly inputQuota?: number;
  destroy(): void;
}

export interface BuiltInWorld {
  /** undefined where the browser has none. */
  readonly find: () => LanguageModelFactory | undefined;
  /** The browser's language, BCP 47. */
  readonly language: () => string;
}

export type FoundModel =
  | { readonly availability: 'unavailable' }
  | {
      readonly availability: Exclude<Availability, 'unavailable'>;
      readonly factory: LanguageModelFactory;
      /** With which it is available so: `create` wants the same. */
      readonly options: LanguageOptions;
    };

/**
 * Looks for the model: for the user's language, and where it is not made for that one, for no language in particular. Never
 * throws: a browser that can't tell has none for us.
 */
export async function findModel({ find, language }: BuiltInWorld): Promise<FoundModel> {
  const factory = find();
  if (!factory) return { availability: 'unavailable' };
  for (const options of [optionsFor(language()), {}]) {
    const availability = await factory.availability(options).catch(() => 'unavailable' as const);
    if (availability !== 'unavailable') return { availability, factory, options };
  }
  return { availability: 'unavailable' };
}

/** Much that is asked about is English, whatever language it is asked in. */
function optionsFor(tag: string): LanguageOptions {
  const language = tag.split('-')[0] ?? 'en';
  return {
    expectedInputs: [{ type: 'text', languages: [...new Set(['en', language])] }],
    expectedOutputs: [{ type: 'text', languages: [language] }],
  };
}

/** Tells each new whole percent of a download, never one twice. */
export function monitorDownload(onPercent: (percent: number) => void): NonNullable<CreateOptions['monitor']> {
  let told = 0;
  return (monitor) => {
    monitor.addEventListener('downloadprogress', ({ loaded, total }) => {
      const percent = Math.floor((100 * loaded) / (total || 1));
      if (percent <= told) return;
      told = percent;
      onPercent(percent);
    });
  };
}
