import { ChatError } from '@/lib/errors/failure';
import { asArray, asRecord, asText } from '@/lib/stream/json';
import type { Endpoint, ModelListing, ModelRequest, ProviderIo, StreamPart, Wire } from '../provider';
import { ask, headersOf } from './ask';
import { geminiFormat } from './gemini-chunk';
import { thinkingConfigOf } from './gemini-thinking';
import { listModels } from './list-models';
import type { RequestParts } from './send-request';

/** Google's Gemini (https://ai.google.dev/api/generate-content). The endpoint's own headers and body fields win over the wire's. */
export const gemini: Wire = {
  async *stream(request, endpoint, io): AsyncGenerator<StreamPart> {
    if (request.model === '') throw new ChatError({ kind: 'no-model' });
    const method = endpoint.unstreamed ? 'generateContent' : 'streamGenerateContent?alt=sse';
    // Tuned models have a path of their own: `tunedModels/…`.
    const model = request.model.includes('/') ? request.model : `models/${request.model}`;
    const path = model.split('/').map(encodeURIComponent).join('/');
    const url = `${endpoint.baseUrl}/${path}:${method}`;
    const headers = geminiHeaders(endpoint, io);
    yield* ask({ url, headers, body: bodyOf(request, endpoint), model: request.model }, geminiFormat, io);
  },
  listModels: (endpoint, io) =>
    listModels(`${endpoint.baseUrl}/models?pageSize=1000`, geminiHeaders(endpoint, io), io, readModel),
};

function bodyOf({ messages, model, temperature, maxTokens, effort }: ModelRequest, endpoint: Endpoint): object {
  const system = messages.filter(({ role }) => role === 'system');
  const { generationConfig, ...body } = endpoint.body;
  return {
    // What is undefined is not written into JSON.
    systemInstruction: system.length === 0 ? undefined : { parts: system.map(({ content }) => ({ text: content })) },
    contents: messages
      .filter(({ role, content }) => role !== 'system' && content !== '')
      .map(({ role, content }) => ({ role: role === 'assistant' ? 'model' : 'user', parts: [{ text: content }] })),
    generationConfig: {
      temperature,
      maxOutputTokens: maxTokens,
      thinkingConfig: thinkingConfigOf(model, effort),
      ...asRecord(generationConfig),
    },
    ...body,
  };
}

function geminiHeaders(endpoint: Endpoint, io: ProviderIo): RequestParts['headers'] {
  return headersOf(endpoint, io, ['x-goog-api-key', io.key]);
}

function readModel(value: unknown): ModelListing {
  const model = asRecord(value) ?? {};
  const methods = asArray(model['supportedGenerationMethods']);
  const id = asText(model['name']).replace(/^models\//, '');
  // Of those that make no text, such as embeddings, nothing can be asked here.
  if (methods.length > 0 && !methods.includes('generateContent')) return { id: '' };
  const label = asText(model['displayName']);
  return label === '' || label === id ? { id } : { id, label };
}
