import { defined } from '@/lib/errors/defined';
import type { Endpoint, ModelMessage, ProviderIo, StreamPart, Wire } from '../provider';
import { ask } from './ask';
import { openAiFormat } from './openai-chunk';

export interface CodeLinkAvaChat extends Wire {
  /**
   * Sends the messages and yields what comes. The body is exactly `messages`, `temperature: 0.6`, `stream: true` and the
   * extra arguments, which override; there is no model and no key. The contract is that of `Wire.stream`.
   */
  createAsyncGenerator(
    messages: readonly ModelMessage[],
    extra: Readonly<Record<string, unknown>>,
    endpoint: Endpoint,
    io: ProviderIo,
  ): AsyncGenerator<StreamPart>;
}

export const codeLinkAvaChat: CodeLinkAvaChat = {
  stream(request, endpoint, io) {
    // What is undefined is not written into JSON.
    const extra = {
      temperature: request.temperature,
      max_tokens: request.maxTokens,
      ...endpoint.body,
    };
    return codeLinkAvaChat.createAsyncGenerator(request.messages, extra, endpoint, io);
  },
  async *createAsyncGenerator(messages, extra, endpoint, io) {
    const sent = messages.map(({ role, content }) => ({ role, content }));
    const body = { messages: sent, temperature: 0.6, stream: true, ...defined(extra) };
    // The key that somebody may have set is not sent; it is known here to be masked, should it come back.
    yield* ask({ url: endpoint.baseUrl, headers: Object.entries(endpoint.headers), body, model: '' }, openAiFormat, io);
  },
  listModels: () => Promise.resolve([]),
};
