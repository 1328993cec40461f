import { ChatError } from '@/lib/errors/failure';
import type { Endpoint, ModelRequest, ProviderIo, Quirks, StreamPart, Wire } from '../provider';
import type { FailureContext } from './http-failure';
import { listModels } from './list-models';
import { openAiFormat } from './openai-chunk';
import { readReply } from './read-reply';
import { sendRequest } from './send-request';

/**
 * OpenAI's Chat Completions (https://platform.openai.com/docs/api-reference/chat).
 * The endpoint's own headers and body fields win over the wire's.
 */
export const openAiChat: Wire = {
  async *stream(request, endpoint, io): AsyncGenerator<StreamPart> {
    if (request.model === '' && endpoint.body['model'] === undefined) throw new ChatError({ kind: 'no-model' });
    const url = `${endpoint.baseUrl}/chat/completions`;
    const context: FailureContext = { url, ...io, model: request.model };
    const body = JSON.stringify(bodyOf(request, endpoint, io.quirks));
    const headers = [['Content-Type', 'application/json'], ...openAiHeaders(endpoint, io)] as const;
    yield* readReply(await sendRequest(url, { method: 'POST', headers, body }, io), openAiFormat, context, io);
  },
  listModels: (endpoint, io) => listModels(`${endpoint.baseUrl}/models`, openAiHeaders(endpoint, io), io),
};

function bodyOf(request: ModelRequest, endpoint: Endpoint, quirks: Quirks): Readonly<Record<string, unknown>> {
  const { usageInStream = true, maxTokensField = 'max_tokens' } = quirks;
  return {
    model: request.model,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    stream: !endpoint.unstreamed,
    // What is undefined is not written into JSON.
    stream_options: usageInStream && !endpoint.unstreamed ? { include_usage: true } : undefined,
    temperature: request.temperature,
    [maxTokensField]: request.maxTokens,
    ...endpoint.body,
  };
}

/** The key and the endpoint's own headers. */
export function openAiHeaders(endpoint: Endpoint, io: ProviderIo): readonly (readonly [string, string])[] {
  const key: readonly (readonly [string, string])[] = io.key === '' ? [] : [['Authorization', `Bearer ${io.key}`]];
  return [...key, ...Object.entries(endpoint.headers)];
}
