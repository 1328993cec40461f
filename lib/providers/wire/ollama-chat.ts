import { ChatError } from '@/lib/errors/failure';
import { asRecord } from '@/lib/stream/json';
import type { Endpoint, ModelRequest, StreamPart, Wire } from '../provider';
import type { FailureContext } from './http-failure';
import { listModels } from './list-models';
import { ollamaFormat } from './ollama-chunk';
import { openAiChat, openAiHeaders } from './openai-chat';
import { readReply } from './read-reply';
import { sendRequest } from './send-request';

/**
 * Ollama's own API (https://docs.ollama.com/api/chat). The endpoint's own headers and body fields win over the wire's:
 * `{"options": {"num_ctx": 16384}, "keep_alive": "30m", "think": false}` sets the size of the context, how long the model
 * stays in memory, and whether it thinks. An address that ends in `/v1` is that of OpenAI's chat, which other servers on
 * one's own computer speak, too, and which endpoints were saved with before this wire was there.
 */
export const ollamaChat: Wire = {
  async *stream(request, endpoint, io): AsyncGenerator<StreamPart> {
    if (isOpenAi(endpoint)) return yield* openAiChat.stream(request, endpoint, io);
    if (request.model === '' && endpoint.body['model'] === undefined) throw new ChatError({ kind: 'no-model' });
    const url = `${rootOf(endpoint)}/api/chat`;
    const context: FailureContext = { url, ...io, model: request.model };
    const body = JSON.stringify(bodyOf(request, endpoint));
    const headers = [['Content-Type', 'application/json'], ...openAiHeaders(endpoint, io)] as const;
    yield* readReply(await sendRequest(url, { method: 'POST', headers, body }, io), ollamaFormat, context, io);
  },
  listModels: (endpoint, io) =>
    isOpenAi(endpoint)
      ? openAiChat.listModels(endpoint, io)
      : listModels(`${rootOf(endpoint)}/api/tags`, openAiHeaders(endpoint, io), io),
};

function isOpenAi({ baseUrl }: Endpoint): boolean {
  return baseUrl.endsWith('/v1');
}

function rootOf({ baseUrl }: Endpoint): string {
  return baseUrl.replace(/\/api$/, '');
}

function bodyOf({ messages, model, temperature, maxTokens }: ModelRequest, endpoint: Endpoint): object {
  const { options, ...body } = endpoint.body;
  return {
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    stream: !endpoint.unstreamed,
    // What is undefined is not written into JSON.
    options: { temperature, num_predict: maxTokens, ...asRecord(options) },
    ...body,
  };
}
