import { defined } from '@/lib/errors/defined';
import type { Endpoint, ModelMessage, Provider, ProviderIo, StreamPart } from './provider';
import { readOpenAiReply } from './wire/read-openai-reply';
import { sendRequest } from './wire/send-request';

const url = 'https://ava-ai-ef611.web.app';
const chatAddress = 'https://ava-alpha-api.codelink.io/api/chat';

export interface CodeLinkAva extends Provider {
  /** The web app whose API this is. */
  readonly url: string;
  readonly supportsGpt35Turbo: true;
  /** The public service was retired in 2023. Another address that speaks the same wire may be set. */
  readonly working: false;
  /**
   * Sends the messages and yields what comes. The body is exactly `messages`, `temperature: 0.6`, `stream: true` and the
   * extra arguments, which override; there is no model and no key. The contract is that of `Provider.stream`.
   */
  createAsyncGenerator(
    messages: readonly ModelMessage[],
    extra: Readonly<Record<string, unknown>>,
    endpoint: Endpoint,
    io: ProviderIo,
  ): AsyncGenerator<StreamPart>;
}

export const codeLinkAva: CodeLinkAva = {
  id: 'codelink-ava',
  label: 'CodeLink Ava',
  url,
  supportsGpt35Turbo: true,
  working: false,
  baseUrl: chatAddress,
  key: { needed: 'no' },
  hasModels: false,
  forcedHeaders: {
    Accept: '*/*',
    'Accept-Language': 'en,fr-FR;q=0.9,fr;q=0.8,es-ES;q=0.7,es;q=0.6,en-US;q=0.5,am;q=0.4,de;q=0.3',
    Origin: url,
    Referer: `${url}/`,
    'Sec-Fetch-Dest': 'empty',
    'Sec-Fetch-Mode': 'cors',
    'Sec-Fetch-Site': 'same-origin',
    'User-Agent':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/116.0.0.0 Safari/537.36',
  },
  chatUrl: (endpoint) => endpoint.baseUrl || chatAddress,
  stream(request, endpoint, io) {
    // What is undefined is not written into JSON.
    const extra = {
      temperature: request.temperature,
      max_tokens: request.maxTokens,
      ...endpoint.body,
    };
    return codeLinkAva.createAsyncGenerator(request.messages, extra, endpoint, io);
  },
  async *createAsyncGenerator(messages, extra, endpoint, io) {
    const address = codeLinkAva.chatUrl(endpoint);
    const sent = messages.map(({ role, content }) => ({ role, content }));
    const response = await sendRequest(
      address,
      {
        method: 'POST',
        headers: [['Content-Type', 'application/json'], ...Object.entries(endpoint.headers)],
        body: JSON.stringify({ messages: sent, temperature: 0.6, stream: true, ...defined(extra) }),
      },
      io,
    );
    // The key that somebody may have set is not sent; it is known here to be masked, should it come back.
    yield* readOpenAiReply(response, { url: address, ...io, model: '' }, io);
  },
  listModels: () => Promise.resolve([]),
};
