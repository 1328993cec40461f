import type { Endpoint, ModelRequest, ProviderIo, Quirks, StreamPart, Wire } from '../provider';
import { ask, headersOf, requireModel } from './ask';
import { listModels } from './list-models';
import { fitToModel } from './fit-to-model';
import { openAiFormat } from './openai-chunk';
import type { RequestParts } from './send-request';

/**
 * OpenAI's Chat Completions (https://platform.openai.com/docs/api-reference/chat).
 * The endpoint's own headers and body fields win over the wire's.
 */
export const openAiChat: Wire = {
  async *stream(request, endpoint, io): AsyncGenerator<StreamPart> {
    requireModel(request, endpoint);
    const url = `${endpoint.baseUrl}/chat/completions`;
    const headers = openAiHeaders(endpoint, io);
    yield* ask({ url, headers, body: bodyOf(request, endpoint, io.quirks), model: request.model }, openAiFormat, io);
  },
  listModels: (endpoint, io) => listModels(`${endpoint.baseUrl}/models`, openAiHeaders(endpoint, io), io),
};

function bodyOf(request: ModelRequest, endpoint: Endpoint, quirks: Quirks): Readonly<Record<string, unknown>> {
  const { usageInStream = true, maxTokensField = 'max_tokens', effortNames = {} } = quirks;
  const { temperature, effort } = fitToModel(request);
  return {
    model: request.model,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    stream: !endpoint.unstreamed,
    // What is undefined is not written into JSON.
    stream_options: usageInStream && !endpoint.unstreamed ? { include_usage: true } : undefined,
    temperature,
    [maxTokensField]: request.maxTokens,
    reasoning_effort: effort && (effortNames[effort] ?? effort),
    ...endpoint.body,
  };
}

/** The key and the endpoint's own headers. */
export function openAiHeaders(endpoint: Endpoint, io: ProviderIo): RequestParts['headers'] {
  return headersOf(endpoint, io, ['Authorization', `Bearer ${io.key}`]);
}
