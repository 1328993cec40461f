import type { Effort } from '@/lib/chat/chat-defaults';
import { asRecord } from '@/lib/stream/json';
import type { Endpoint, ModelRequest, StreamPart, Wire } from '../provider';
import { ask, requireModel } from './ask';
import { listModels } from './list-models';
import { ollamaFormat } from './ollama-chunk';
import { pullFromOllama } from './ollama-pull';
import { openAiChat, openAiHeaders } from './openai-chat';

/**
 * Ollama's own API (https://docs.ollama.com/api/chat). The endpoint's own headers and body fields win over the wire's:
 * `{"options": {"num_gpu": 20}, "think": false}` sets how many layers are on the GPU, and that it doesn't think. An address that ends in `/v1` is that of OpenAI's chat, which other servers on
 * one's own computer speak, too, and which endpoints were saved with before this wire was there.
 */
export const ollamaChat: Wire = {
  async *stream(request, endpoint, io): AsyncGenerator<StreamPart> {
    if (isOpenAi(endpoint)) return yield* openAiChat.stream(request, endpoint, io);
    requireModel(request, endpoint);
    const url = `${rootOf(endpoint)}/api/chat`;
    const headers = openAiHeaders(endpoint, io);
    yield* ask({ url, headers, body: bodyOf(request, endpoint), model: request.model }, ollamaFormat, io);
  },
  listModels: (endpoint, io) =>
    isOpenAi(endpoint)
      ? openAiChat.listModels(endpoint, io)
      : listModels(`${rootOf(endpoint)}/api/tags`, openAiHeaders(endpoint, io), io),
  pullModel: (model, endpoint, io, tell) =>
    pullFromOllama({ url: `${rootOf(endpoint)}/api/pull`, headers: openAiHeaders(endpoint, io), model }, io, tell),
};

function isOpenAi({ baseUrl }: Endpoint): boolean {
  return baseUrl.endsWith('/v1');
}

function rootOf({ baseUrl }: Endpoint): string {
  return baseUrl.replace(/\/api$/, '');
}

function bodyOf({ messages, model, temperature, maxTokens, effort }: ModelRequest, endpoint: Endpoint): object {
  const { contextSize, keepAlive } = endpoint;
  const { options, ...body } = endpoint.body;
  return {
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    stream: !endpoint.unstreamed,
    // What is undefined is not written into JSON.
    options: { temperature, num_predict: maxTokens, num_ctx: contextSize, ...asRecord(options) },
    keep_alive: keepAlive && durationOf(keepAlive),
    think: effort && thinkOf(effort),
    ...body,
  };
}

/** Seconds are a number, anything with a unit is a text: `"-1"` is refused (https://github.com/ollama/ollama/blob/main/api/types.go). */
function durationOf(keepAlive: string): number | string {
  return /^-?\d+$/.test(keepAlive) ? Number(keepAlive) : keepAlive;
}

/** https://docs.ollama.com/capabilities/thinking: any other name is refused, and a model that has no levels takes one as "on". */
function thinkOf(effort: Effort): false | 'low' | 'medium' | 'high' | 'max' {
  switch (effort) {
    case 'none':
      return false;
    case 'minimal':
      return 'low';
    case 'xhigh':
      return 'high';
    case 'low':
    case 'medium':
    case 'high':
    case 'max':
      return effort;
  }
}
