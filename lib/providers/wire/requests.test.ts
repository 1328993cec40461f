import { describe, expect, it } from 'vitest';
import { toFailure } from '@/lib/errors/failure';
import { anEndpoint, anIo, aRequest, outcomeOf } from '@/tests/support/build-requests';
import { anthropic, google, ollama } from '@/tests/support/providers';
import type { Endpoint, ModelListing, ModelRequest, Provider } from '../provider';

interface Sent {
  readonly url: string;
  readonly method: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
}

const key = 'key-1234';
const messages: ModelRequest['messages'] = [
  { role: 'system', content: 'Be short.' },
  { role: 'user', content: 'Hello?' },
  { role: 'assistant', content: 'Hi.' },
  { role: 'user', content: 'And then?' },
];

async function sentBy(
  provider: Provider,
  request: Partial<ModelRequest> = {},
  endpoint: Partial<Endpoint> = {},
): Promise<Sent> {
  const sent: Sent[] = [];
  const fetch = (url: string, { method, headers, body }: RequestInit): Promise<Response> => {
    const text = typeof body === 'string' ? body : '{}';
    const fields = JSON.parse(text) as Sent['body'];
    sent.push({ url, method, headers: Object.fromEntries(new Headers(headers)), body: fields });
    return Promise.resolve(new Response('', { status: 500 }));
  };
  const asked = aRequest({ messages, ...request });
  await outcomeOf(provider.stream(asked, anEndpoint({ baseUrl: provider.baseUrl, ...endpoint }), anIo({ fetch, key })));
  const [only] = sent;
  if (!only || sent.length > 1) throw new Error(`${sent.length} requests`);
  return only;
}

interface Listed {
  readonly url: string;
  readonly headers: Headers;
  readonly models: readonly ModelListing[];
}

async function listedBy(provider: Provider, answer: unknown, endpoint: Partial<Endpoint> = {}): Promise<Listed> {
  const asked = Promise.withResolvers<Omit<Listed, 'models'>>();
  const fetch = (url: string, { headers }: RequestInit): Promise<Response> => {
    asked.resolve({ url, headers: new Headers(headers) });
    return Promise.resolve(new Response(JSON.stringify(answer)));
  };
  const models = await provider.listModels(
    anEndpoint({ baseUrl: provider.baseUrl, ...endpoint }),
    anIo({ fetch, key }),
  );
  return { ...(await asked.promise), models };
}

describe('Anthropic is asked', () => {
  it('with the key in its header, the version, the system prompt apart, and a limit', async () => {
    const { url, method, headers, body } = await sentBy(anthropic, { model: 'claude-sonnet-4-5', temperature: 0.5 });
    expect([method, url]).toEqual(['POST', 'https://api.anthropic.com/v1/messages']);
    expect(headers).toEqual({
      'content-type': 'application/json',
      'x-api-key': key,
      'anthropic-version': '2023-06-01',
      'anthropic-dangerous-direct-browser-access': 'true',
    });
    expect(body).toEqual({
      model: 'claude-sonnet-4-5',
      max_tokens: 64_000,
      system: 'Be short.',
      messages: messages.slice(1),
      stream: true,
      temperature: 0.5,
    });
  });

  it.each([
    ['claude-3-haiku-20240307', 4096],
    ['claude-3-opus-latest', 4096],
    ['claude-3-5-sonnet-20241022', 8192],
    ['claude-3-7-sonnet-20250219', 64_000],
    ['claude-opus-4-20250514', 32_000],
    ['claude-opus-4-0', 32_000],
    ['claude-opus-4-1-20250805', 32_000],
    ['claude-opus-4-5-20251101', 64_000],
    ['claude-opus-4-10', 64_000],
    ['claude-haiku-4-5', 64_000],
    ['claude-next-9', 64_000],
    ['kimi-k2', 8192],
  ])('for no more of %s than it can write: %i tokens', async (model, tokens) => {
    expect((await sentBy(anthropic, { model })).body['max_tokens']).toBe(tokens);
    expect((await sentBy(anthropic, { model, maxTokens: 9 })).body['max_tokens']).toBe(9);
  });

  it('without messages that have no text, and with the fields and headers of the endpoint', async () => {
    const { body, headers } = await sentBy(
      anthropic,
      {
        messages: [
          { role: 'user', content: 'Hello?' },
          { role: 'assistant', content: ' \n' },
        ],
      },
      { body: { thinking: { type: 'adaptive' }, max_tokens: 5 }, headers: { 'anthropic-beta': 'x' }, unstreamed: true },
    );
    expect(body).toEqual({
      model: 'm',
      max_tokens: 5,
      messages: [{ role: 'user', content: 'Hello?' }],
      stream: false,
      thinking: { type: 'adaptive' },
    });
    expect(headers['anthropic-beta']).toBe('x');
  });

  it('for its models', async () => {
    const data = [
      { type: 'model', id: 'claude-b', display_name: 'Claude B' },
      { type: 'model', id: 'claude-a' },
    ];
    const { url, headers, models } = await listedBy(anthropic, { data, has_more: false });
    expect(url).toBe('https://api.anthropic.com/v1/models?limit=1000');
    expect(headers.get('x-api-key')).toBe(key);
    expect(models).toEqual([{ id: 'claude-a' }, { id: 'claude-b', label: 'Claude B' }]);
  });
});

describe('Gemini is asked', () => {
  it('with the key in its header and never in the address, in its roles', async () => {
    const { url, method, headers, body } = await sentBy(google, { model: 'gemini-2.0-flash', maxTokens: 9 });
    expect([method, url]).toEqual([
      'POST',
      'https://generativelanguage.googleapis.com/v1beta/models/gemini-2.0-flash:streamGenerateContent?alt=sse',
    ]);
    expect(headers).toEqual({ 'content-type': 'application/json', 'x-goog-api-key': key });
    expect(body).toEqual({
      systemInstruction: { parts: [{ text: 'Be short.' }] },
      contents: [
        { role: 'user', parts: [{ text: 'Hello?' }] },
        { role: 'model', parts: [{ text: 'Hi.' }] },
        { role: 'user', parts: [{ text: 'And then?' }] },
      ],
      generationConfig: { maxOutputTokens: 9 },
    });
  });

  it.each([
    ['gemini-2.5-pro', true],
    ['gemini-2.5-flash', true],
    ['gemini-2.5-flash-preview-09-2025', true],
    ['gemini-3-pro-preview', true],
    ['gemini-flash-latest', true],
    ['gemini-2.5-flash-lite', false],
    ['gemini-2.5-flash-image', false],
    ['gemini-2.5-flash-preview-tts', false],
    ['gemini-2.0-flash', false],
    ['gemma-3-27b-it', false],
  ])('for the thoughts of %s: %s', async (model, tells) => {
    const { body } = await sentBy(google, { model });
    expect(body['generationConfig']).toEqual(tells ? { thinkingConfig: { includeThoughts: true } } : {});
  });

  it('with the fields of the endpoint, at once where streams are not wanted, and for tuned models by their path', async () => {
    const { url, body } = await sentBy(
      google,
      { model: 'tunedModels/a b' },
      { body: { generationConfig: { topK: 3 }, safetySettings: [] }, unstreamed: true },
    );
    expect(url).toBe('https://generativelanguage.googleapis.com/v1beta/tunedModels/a%20b:generateContent');
    expect(body).toMatchObject({ generationConfig: { topK: 3 }, safetySettings: [] });
  });

  it('for its models that write text', async () => {
    const models = [
      { name: 'models/embedding-1', supportedGenerationMethods: ['embedContent'] },
      { name: 'models/gemini-b', displayName: 'Gemini B', supportedGenerationMethods: ['generateContent'] },
      { name: 'models/gemini-a' },
    ];
    const listed = await listedBy(google, { models });
    expect(listed.url).toBe('https://generativelanguage.googleapis.com/v1beta/models?pageSize=1000');
    expect(listed.headers.get('x-goog-api-key')).toBe(key);
    expect(listed.models).toEqual([{ id: 'gemini-a' }, { id: 'gemini-b', label: 'Gemini B' }]);
  });
});

describe('Ollama is asked', () => {
  it("by OpenAI's chat where the address is that of it", async () => {
    const baseUrl = 'http://127.0.0.1:1234/v1';
    const { url, body } = await sentBy(ollama, {}, { baseUrl });
    expect(url).toBe('http://127.0.0.1:1234/v1/chat/completions');
    expect(body).toMatchObject({ messages, stream_options: { include_usage: true } });
    expect((await listedBy(ollama, { data: [] }, { baseUrl })).url).toBe('http://127.0.0.1:1234/v1/models');
  });

  it.each(['http://127.0.0.1:11434', 'http://127.0.0.1:11434/api'])('at its own API: %s', async (baseUrl) => {
    const { url, method, headers, body } = await sentBy(ollama, {}, { baseUrl });
    expect([method, url]).toEqual(['POST', 'http://127.0.0.1:11434/api/chat']);
    expect(headers).toEqual({ 'content-type': 'application/json', authorization: `Bearer ${key}` });
    expect(body).toEqual({ model: 'm', messages, stream: true, options: {} });
    expect((await listedBy(ollama, { models: [] }, { baseUrl })).url).toBe('http://127.0.0.1:11434/api/tags');
  });

  it('with the size of the context, how long the model stays, and options beside the own ones', async () => {
    const { body } = await sentBy(
      ollama,
      { temperature: 0.5, maxTokens: 9 },
      { body: { options: { num_ctx: 16_384, temperature: 1 }, keep_alive: '30m', think: false }, unstreamed: true },
    );
    expect(body).toMatchObject({
      stream: false,
      options: { temperature: 1, num_predict: 9, num_ctx: 16_384 },
      keep_alive: '30m',
      think: false,
    });
  });

  it('for its models', async () => {
    const { models } = await listedBy(ollama, {
      models: [
        { name: 'qwen3:8b', model: 'qwen3:8b', size: 1 },
        { name: 'nomic-embed-text:latest', model: 'nomic-embed-text:latest' },
        { name: 'gemma3:4b', model: 'gemma3:4b' },
      ],
    });
    expect(models).toEqual([{ id: 'gemma3:4b' }, { id: 'qwen3:8b' }, { id: 'nomic-embed-text:latest' }]);
  });
});

it.each([
  ['Anthropic', anthropic],
  ['Gemini', google],
  ['Ollama', ollama],
])('%s is not asked without a model, and says what its list of models is not', async (_name, provider) => {
  const fetch = (): Promise<Response> => Promise.resolve(new Response('<html></html>'));
  const outcome = await outcomeOf(provider.stream(aRequest({ model: '' }), anEndpoint(), anIo({ fetch })));
  expect(outcome.failure?.kind).toBe('no-model');
  expect(await provider.listModels(anEndpoint(), anIo({ fetch })).catch(toFailure)).toMatchObject({
    kind: 'not-an-api',
  });
});
