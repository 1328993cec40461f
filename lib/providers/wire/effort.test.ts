/** How much a model is to think, as each vendor's reference says it. */
import { createAnthropic } from '@ai-sdk/anthropic';
import { createGoogle } from '@ai-sdk/google';
import { createOpenAI } from '@ai-sdk/openai';
import { describe, expect, it } from 'vitest';
import { efforts, type Effort } from '@/lib/chat/chat-defaults';
import { connectPreset } from '@/lib/providers';
import { openaiCompatible as compatible } from '@/lib/providers/openai-compatible';
import { anEndpoint, anIo, aRequest, outcomeOf } from '@/tests/support/build-requests';
import {
  anthropic,
  codeLinkAva,
  google,
  ollama,
  openai,
  openaiCompatible,
  openaiResponses,
} from '@/tests/support/providers';
import type { Endpoint, ModelRequest, Provider } from '../provider';
import { wires } from './index';

type Body = Readonly<Record<string, unknown>>;

async function bodySent(
  provider: Provider,
  request: Partial<ModelRequest>,
  endpoint: Partial<Endpoint> = {},
): Promise<Body> {
  let sent: Body = {};
  const fetch = (_url: string, { body }: RequestInit): Promise<Response> => {
    sent = JSON.parse(typeof body === 'string' ? body : '{}') as Body;
    return Promise.resolve(new Response('', { status: 500 }));
  };
  const baseUrl = provider.baseUrl || 'http://127.0.0.1:1/v1';
  await outcomeOf(provider.stream(aRequest(request), anEndpoint({ baseUrl, ...endpoint }), anIo({ fetch })));
  return sent;
}

const one = (name: string, value: unknown): Body => (value === undefined ? {} : { [name]: value });

describe('nothing that is not set is sent', () => {
  it.each([
    ['OpenAI', openai, 'gpt-5'],
    ['OpenAI Responses', openaiResponses, 'gpt-5'],
    ['Anthropic', anthropic, 'claude-opus-5'],
    ['Gemini', google, 'gemini-3-flash'],
    ['Ollama', ollama, 'gpt-oss:20b'],
    ['another', openaiCompatible, 'm'],
    ['CodeLink Ava', codeLinkAva, ''],
  ])('to %s', async (_name, provider, model) => {
    const body = JSON.stringify(await bodySent(provider, { model }));
    expect(body.length).toBeGreaterThan(10);
    expect(body).not.toMatch(/reasoning|thinking|think|effort|output_config|max_(?:completion_|output_)?tokens":null/);
  });
});

describe("OpenAI's chat", () => {
  it.each([
    ['gpt-5.6', 'none', 'none'],
    ['gpt-5', 'minimal', 'minimal'],
    ['o3', 'low', 'low'],
    ['openai/gpt-5.2', 'xhigh', 'xhigh'],
    // Its chat knows no `max`.
    ['gpt-5.6', 'max', 'xhigh'],
    ['gpt-4o', 'low', undefined],
    ['gpt-5-chat-latest', 'low', undefined],
  ] as const)('%s is told %s as reasoning_effort: %s', async (model, effort, sent) => {
    expect(await bodySent(openai, { model, effort })).toMatchObject(one('reasoning_effort', sent));
    expect('reasoning_effort' in (await bodySent(openai, { model, effort }))).toBe(sent !== undefined);
  });

  it.each(efforts)('a server that is not known gets the name as it was chosen: %s', async (effort) => {
    expect(await bodySent(openaiCompatible, { model: 'qwen3', effort })).toMatchObject({ reasoning_effort: effort });
  });

  it('a vendor with names of its own gets those', async () => {
    const quirks = { effortNames: { minimal: 'low', xhigh: 'x-high', max: 'x-high' } };
    const vendor = connectPreset({ ...compatible, quirks }, (name) => Promise.resolve(wires[name]));
    const sent = await Promise.all(
      efforts.map(async (effort) => (await bodySent(vendor, { model: 'm', effort }))['reasoning_effort']),
    );
    expect(sent).toEqual(['none', 'low', 'low', 'medium', 'high', 'x-high', 'x-high']);
  });

  it.each([
    ['gpt-5', undefined, undefined],
    ['o3', 'high', undefined],
    ['gpt-5.2', 'none', 0.5],
    ['gpt-4.1', 'high', 0.5],
    ['llama3', 'high', 0.5],
  ] as const)('%s with the effort %s is sent the temperature %s', async (model, effort, temperature) => {
    for (const provider of [openai, openaiResponses]) {
      const body = await bodySent(provider, { model, temperature: 0.5, ...(effort && { effort }) });
      expect(body['temperature']).toBe(temperature);
    }
  });
});

describe("OpenAI's Responses", () => {
  it.each(efforts)('are told %s in reasoning, beside what the endpoint has there', async (effort) => {
    expect(await bodySent(openaiResponses, { model: 'gpt-5.6', effort })).toMatchObject({ reasoning: { effort } });
    const body = { reasoning: { summary: 'auto' } };
    expect(await bodySent(openaiResponses, { model: 'gpt-5.6', effort }, { body })).toMatchObject({
      reasoning: { effort, summary: 'auto' },
    });
    const own = { reasoning: { effort: 'own' } };
    expect(await bodySent(openaiResponses, { effort }, { body: own })).toMatchObject(own);
  });
});

describe('Anthropic', () => {
  const adaptive = { type: 'adaptive', display: 'summarized' };
  it.each([
    ['claude-opus-4-8', 'none', { type: 'disabled' }, undefined],
    ['claude-opus-4-8', 'minimal', adaptive, 'low'],
    ['claude-opus-5', 'medium', adaptive, 'medium'],
    ['claude-haiku-5-5', 'xhigh', adaptive, 'xhigh'],
    ['claude-sonnet-4-6', 'xhigh', adaptive, 'high'],
    ['claude-sonnet-4-6', 'max', adaptive, 'max'],
    ['claude-opus-5-5', 'none', undefined, 'low'],
    ['claude-fable-5', 'none', undefined, 'low'],
    ['claude-sonnet-5-5', 'none', { type: 'between_tools' }, undefined],
    ['claude-next-9', 'high', adaptive, 'high'],
    ['claude-sonnet-4-5', 'low', { type: 'enabled', budget_tokens: 1024 }, undefined],
    ['claude-opus-4-20250514', 'medium', { type: 'enabled', budget_tokens: 8192 }, undefined],
    ['claude-3-7-sonnet-20250219', 'max', { type: 'enabled', budget_tokens: 24_576 }, undefined],
    ['claude-haiku-4-5-20251001', 'none', { type: 'disabled' }, undefined],
    ['claude-3-5-haiku-20241022', 'high', undefined, undefined],
    ['kimi-k2', 'high', { type: 'enabled', budget_tokens: 8191 }, undefined],
  ] as const)('%s is told %s', async (model, effort, thinking, named) => {
    const { thinking: sent, output_config: config } = await bodySent(anthropic, { model, effort });
    expect(sent).toEqual(thinking);
    expect(config).toEqual(named && { effort: named });
  });

  it('thinks within the limit of the answer, or not at all', async () => {
    const asked = { model: 'claude-sonnet-4-5', effort: 'high' } as const;
    expect(await bodySent(anthropic, { ...asked, maxTokens: 2000 })).toMatchObject({
      max_tokens: 2000,
      thinking: { budget_tokens: 1999 },
    });
    expect(await bodySent(anthropic, { ...asked, maxTokens: 1000 })).not.toHaveProperty('thinking');
  });

  it.each([
    ['claude-sonnet-4-5', undefined, 0.5],
    ['claude-sonnet-4-5', 'none', 0.5],
    ['claude-sonnet-4-5', 'low', undefined],
    ['claude-opus-4-6', undefined, 0.5],
    ['claude-opus-4-6', 'low', undefined],
    ['claude-opus-4-8', undefined, undefined],
    ['claude-opus-4-8', 'none', 0.5],
    ['claude-3-haiku-20240307', 'low', 0.5],
  ] as const)('%s with the effort %s is sent the temperature %s', async (model, effort, temperature) => {
    const body = await bodySent(anthropic, { model, temperature: 0.5, ...(effort && { effort }) });
    expect(body['temperature']).toBe(temperature);
  });
});

describe('Gemini', () => {
  it.each([
    ['gemini-2.5-flash', 'none', { thinkingBudget: 0 }],
    ['gemini-2.5-pro', 'none', { thinkingBudget: 128, includeThoughts: true }],
    ['gemini-2.5-flash', 'low', { thinkingBudget: 1024, includeThoughts: true }],
    ['gemini-2.5-flash-lite', 'medium', { thinkingBudget: 8192 }],
    ['gemini-2.5-pro', 'max', { thinkingBudget: 24_576, includeThoughts: true }],
    ['gemini-3-flash-preview', 'none', { thinkingLevel: 'minimal' }],
    ['gemini-3-pro-preview', 'minimal', { thinkingLevel: 'low', includeThoughts: true }],
    ['gemini-3.1-flash-lite', 'medium', { thinkingLevel: 'medium' }],
    ['gemini-3.8-flash', 'none', { thinkingLevel: 'low' }],
    ['gemini-flash-latest', 'xhigh', { thinkingLevel: 'high', includeThoughts: true }],
    ['gemini-2.0-flash', 'high', undefined],
    ['gemma-3-27b-it', 'high', undefined],
    ['gemini-2.5-flash-image', 'high', undefined],
  ] as const)('%s is told %s: %o', async (model, effort, config) => {
    const { generationConfig } = await bodySent(google, { model, effort });
    expect(generationConfig).toEqual(config ? { thinkingConfig: config } : {});
  });

  it("is told what the endpoint's own fields say, where they do", async () => {
    const body = { generationConfig: { thinkingConfig: { thinkingBudget: 5 } } };
    expect(await bodySent(google, { model: 'gemini-2.5-pro', effort: 'low' }, { body })).toMatchObject(body);
  });
});

describe('Ollama', () => {
  it.each([
    ['none', false],
    ['minimal', 'low'],
    ['low', 'low'],
    ['medium', 'medium'],
    ['high', 'high'],
    ['xhigh', 'high'],
    ['max', 'max'],
  ] as const)('is told %s as think: %s', async (effort, think) => {
    expect(await bodySent(ollama, { effort })).toMatchObject({ think });
  });

  it("is told by OpenAI's name at OpenAI's address", async () => {
    const body = await bodySent(ollama, { effort: 'low' }, { baseUrl: 'http://127.0.0.1:11434/v1' });
    expect(body).toMatchObject({ reasoning_effort: 'low' });
  });
});

describe('the AI SDK sends the same', () => {
  const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hello?' }] }];
  type Model = ReturnType<ReturnType<typeof createOpenAI>['chat']>;

  async function bodyOfSdk(make: (fetch: typeof globalThis.fetch) => unknown, effort: Effort): Promise<Body> {
    let sent: Body = {};
    const model = make((_url, init) => {
      sent = JSON.parse(typeof init?.body === 'string' ? init.body : '{}') as Body;
      return Promise.resolve(new Response('{}', { status: 400 }));
    }) as Model;
    await Promise.resolve(model.doStream({ prompt, reasoning: effort })).catch(() => undefined);
    return sent;
  }

  const thinkingIn = ({ reasoning_effort, reasoning, thinking, output_config, generationConfig }: Body): unknown => ({
    reasoning_effort,
    effort: (reasoning as Body | undefined)?.['effort'],
    thinking,
    output_config,
    level: ((generationConfig as Body | undefined)?.['thinkingConfig'] as Body | undefined)?.['thinkingLevel'],
  });

  it.each([
    ['openai-chat', 'gpt-5.2', ['none', 'low', 'medium', 'high', 'xhigh']],
    ['openai-responses', 'gpt-5.6', ['none', 'low', 'medium', 'high', 'xhigh', 'max']],
    ['anthropic', 'claude-opus-5', ['none', 'low', 'medium', 'high', 'xhigh', 'max']],
    ['anthropic', 'claude-opus-5-5', ['none', 'low', 'medium', 'high', 'xhigh', 'max']],
    ['anthropic', 'claude-sonnet-5-5', ['none', 'low', 'high']],
    ['anthropic', 'claude-sonnet-4-6', ['none', 'low', 'medium', 'high', 'max']],
    ['gemini', 'gemini-3-flash-preview', ['minimal', 'low', 'medium', 'high']],
    ['gemini', 'gemini-3.8-flash', ['low', 'medium', 'high']],
  ] as const)('%s, to %s', async (wire, model, named) => {
    const providers = { 'openai-chat': openai, 'openai-responses': openaiResponses, anthropic, gemini: google };
    const makers = {
      'openai-chat': (fetch: typeof globalThis.fetch) => createOpenAI({ apiKey: 'k', fetch }).chat(model),
      'openai-responses': (fetch: typeof globalThis.fetch) => createOpenAI({ apiKey: 'k', fetch }).responses(model),
      anthropic: (fetch: typeof globalThis.fetch) => createAnthropic({ apiKey: 'k', fetch })(model),
      gemini: (fetch: typeof globalThis.fetch) => createGoogle({ apiKey: 'k', fetch })(model),
    };
    for (const effort of named) {
      const ours = thinkingIn(await bodySent(providers[wire], { model, effort }));
      const theirs = await bodyOfSdk(makers[wire], effort);
      expect(theirs).not.toEqual({});
      expect(ours, effort).toEqual(thinkingIn(theirs));
    }
  });
});
