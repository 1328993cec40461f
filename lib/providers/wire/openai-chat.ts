import type { Endpoint, ModelRequest, Quirks, StreamPart, Wire, WireIo } from '../provider';
import { ask, headersOf, requireModel } from './ask';
import { listModels } from './list-models';
import { fitToModel } from './fit-to-model';
import { openAiFormat } from './openai-chunk';
import { resolveMedia } from './resolve-media';
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
    const body = bodyOf(request, endpoint, io.quirks);
    const parts = ask({ url, headers, body, model: request.model }, openAiFormat, io);
    yield* io.quirks.hasOwnMedia ? resolveMedia(parts, new URL(url).origin) : parts;
  },
  async listModels(endpoint, io) {
    const { models, modelsPath = 'models' } = io.quirks;
    if (models) return models.map((id) => ({ id }));
    return listModels(new URL(modelsPath, `${endpoint.baseUrl}/`).href, openAiHeaders(endpoint, io), io);
  },
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
export function openAiHeaders(endpoint: Endpoint, io: WireIo): RequestParts['headers'] {
  const { keyHeader } = io.quirks;
  return headersOf(endpoint, io, keyHeader ? [keyHeader, io.key] : ['Authorization', `Bearer ${io.key}`]);
}
