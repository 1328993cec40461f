import { ChatError } from '@/lib/errors/failure';
import type { Endpoint, ModelRequest, Provider, ProviderIo, StreamPart } from '../provider';
import type { FailureContext } from './http-failure';
import { listOpenAiModels } from './openai-models';
import { readOpenAiReply } from './read-openai-reply';
import { sendRequest } from './send-request';

/** How vendors of this wire differ. */
export interface Quirks {
  /** Knows `stream_options: {include_usage: true}`; others refuse a field that they don't know. */
  readonly usageInStream: boolean;
  /** What the limit of an answer's tokens is called. OpenAI's newer models refuse the old name. */
  readonly maxTokensField: 'max_tokens' | 'max_completion_tokens';
}

const usualQuirks: Quirks = { usageInStream: true, maxTokensField: 'max_tokens' };

/**
 * A provider that speaks OpenAI's Chat Completions (https://platform.openai.com/docs/api-reference/chat).
 * The endpoint's own headers and body fields win over the wire's.
 */
export function openAiChat(
  vendor: Pick<Provider, 'id' | 'label' | 'baseUrl' | 'key'>,
  quirks: Partial<Quirks> = {},
): Provider {
  return {
    ...vendor,
    hasModels: true,
    chatUrl,
    async *stream(request, endpoint, io): AsyncGenerator<StreamPart> {
      if (request.model === '' && endpoint.body['model'] === undefined) throw new ChatError({ kind: 'no-model' });
      const body = bodyOf(request, endpoint, { ...usualQuirks, ...quirks });
      const context: FailureContext = { url: chatUrl(endpoint), ...io, model: request.model };
      const response = await sendRequest(
        context.url,
        {
          method: 'POST',
          headers: [['Content-Type', 'application/json'], ...openAiHeaders(endpoint, io)],
          body: JSON.stringify(body),
        },
        io,
      );
      yield* readOpenAiReply(response, context, io);
    },
    listModels: (endpoint, io) => listOpenAiModels(`${endpoint.baseUrl}/models`, openAiHeaders(endpoint, io), io),
  };
}

function chatUrl(endpoint: Endpoint): string {
  return `${endpoint.baseUrl}/chat/completions`;
}

function bodyOf(request: ModelRequest, endpoint: Endpoint, quirks: Quirks): Readonly<Record<string, unknown>> {
  return {
    model: request.model,
    messages: request.messages.map(({ role, content }) => ({ role, content })),
    stream: !endpoint.unstreamed,
    // What is undefined is not written into JSON.
    stream_options: quirks.usageInStream && !endpoint.unstreamed ? { include_usage: true } : undefined,
    temperature: request.temperature,
    [quirks.maxTokensField]: request.maxTokens,
    ...endpoint.body,
  };
}

function openAiHeaders(endpoint: Endpoint, io: ProviderIo): readonly (readonly [string, string])[] {
  const key: readonly (readonly [string, string])[] = io.key === '' ? [] : [['Authorization', `Bearer ${io.key}`]];
  return [...key, ...Object.entries(endpoint.headers)];
}
