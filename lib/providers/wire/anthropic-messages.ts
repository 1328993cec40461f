import type { Endpoint, ModelMessage, ModelRequest, ProviderIo, StreamPart, Wire } from '../provider';
import { anthropicFormat } from './anthropic-chunk';
import { thinkingOf } from './anthropic-thinking';
import { ask, headersOf, requireModel } from './ask';
import { listModels } from './list-models';
import type { RequestParts } from './send-request';

/** Anthropic's Messages (https://platform.claude.com/docs/en/api/messages). The endpoint's own headers and body fields win over the wire's. */
export const anthropicMessages: Wire = {
  async *stream(request, endpoint, io): AsyncGenerator<StreamPart> {
    requireModel(request, endpoint);
    const url = `${endpoint.baseUrl}/messages`;
    const headers = anthropicHeaders(endpoint, io);
    yield* ask({ url, headers, body: bodyOf(request, endpoint), model: request.model }, anthropicFormat, io);
  },
  listModels: (endpoint, io) => listModels(`${endpoint.baseUrl}/models?limit=1000`, anthropicHeaders(endpoint, io), io),
};

function bodyOf({ messages, model, temperature, maxTokens, effort }: ModelRequest, endpoint: Endpoint): object {
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  const longest = maxTokens ?? longestAnswerOf(model);
  const { takesTemperature, ...thinking } = thinkingOf(model, effort, longest);
  return {
    model,
    max_tokens: longest,
    // What is undefined is not written into JSON.
    system: system.length === 0 ? undefined : system.join('\n\n'),
    messages: messages.filter(isSent).map(({ role, content }) => ({ role, content })),
    stream: !endpoint.unstreamed,
    temperature: takesTemperature ? temperature : undefined,
    ...thinking,
    ...endpoint.body,
  };
}

/** A message without text is refused, and with it the whole request. */
function isSent({ role, content }: ModelMessage): boolean {
  return role !== 'system' && content.trim() !== '';
}

/**
 * The wire wants a limit, and refuses one that is more than the model can do: what each can do. Of names that nobody
 * knows yet, as much as all models since 2025 can.
 */
function longestAnswerOf(model: string): number {
  return longestAnswers.find(([names]) => names.test(model))?.[1] ?? 64_000;
}

const longestAnswers: readonly (readonly [names: RegExp, tokens: number])[] = [
  [/claude-(?:3-(?:opus|sonnet|haiku)|2|instant)/, 4096],
  [/claude-3-5/, 8192],
  [/claude-(?:opus-4(?:-[01](?!\d))?(?:-\d{8}|$|@)|4-opus)/, 32_000],
  // Other vendors' models behind the same wire.
  [/^(?!.*claude)/, 8192],
];

function anthropicHeaders(endpoint: Endpoint, io: ProviderIo): RequestParts['headers'] {
  return [
    ['anthropic-version', '2023-06-01'],
    // Without it, requests that carry an origin are refused. The key is the user's own, and stays in this browser.
    ['anthropic-dangerous-direct-browser-access', 'true'],
    ...headersOf(endpoint, io, ['x-api-key', io.key]),
  ];
}
