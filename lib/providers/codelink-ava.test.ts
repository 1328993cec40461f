import { describe, expect, it } from 'vitest';
import { anEndpoint, anIo, aRequest, outcomeOf } from '@/tests/support/build-requests';
import { codeLinkAva } from './codelink-ava';
import { codeLinkAvaChat } from './wire/codelink-ava-chat';
import { findPreset, presets } from './index';
import * as withWire from '@/tests/support/providers';
import type { Endpoint, ModelMessage } from './provider';

const reply =
  'data: {"choices":[{"delta":{"content":"Hel"}}]}\n\ndata: {"choices":[{"delta":{"content":"lo"}}]}\n\ndata: [DONE]\n\n';
const messages: readonly ModelMessage[] = [
  { role: 'system', content: 'Be short.' },
  { role: 'user', content: 'Hello?' },
];

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

function recording(answer: () => Response): {
  readonly sent: Sent[];
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
} {
  const sent: Sent[] = [];
  return {
    sent,
    fetch: (url, init) => {
      sent.push({ url, init });
      return Promise.resolve(answer());
    },
  };
}

function bodyOf(init: RequestInit | undefined): unknown {
  if (typeof init?.body !== 'string') throw new Error('the body is no text');
  return JSON.parse(init.body);
}

async function sentTo(endpoint: Partial<Endpoint>, extra: Readonly<Record<string, unknown>> = {}): Promise<Sent> {
  const { sent, fetch } = recording(() => new Response(reply));
  const io = anIo({ fetch, key: 'never-to-be-sent' });
  const outcome = await outcomeOf(codeLinkAvaChat.createAsyncGenerator(messages, extra, anEndpoint(endpoint), io));
  expect(outcome).toMatchObject({ text: 'Hello', ending: 'complete' });
  const [only] = sent;
  if (!only || sent.length !== 1) throw new Error('not one request');
  return only;
}

describe('CodeLinkAva', () => {
  it('says what it is', () => {
    expect(codeLinkAva).toMatchObject({
      url: 'https://ava-ai-ef611.web.app',
      supportsGpt35Turbo: true,
      working: false,
      hasModels: false,
      forcedHeaders: {
        Origin: 'https://ava-ai-ef611.web.app',
        Referer: 'https://ava-ai-ef611.web.app/',
        Accept: '*/*',
      },
    });
  });

  it('posts exactly the messages, the temperature and the stream flag, without model and key', async () => {
    const { url, init } = await sentTo({ baseUrl: codeLinkAva.baseUrl });
    expect(url).toBe('https://ava-alpha-api.codelink.io/api/chat');
    expect(init.method).toBe('POST');
    expect(init.body).toBe(JSON.stringify({ messages, temperature: 0.6, stream: true }));
    expect(Object.fromEntries(new Headers(init.headers))).toEqual({
      'content-type': 'application/json',
    });
  });

  it('lets extra arguments override, and posts to another address as it is given', async () => {
    const { url, init } = await sentTo({ baseUrl: 'http://127.0.0.1:8787/ava?n=1' }, { temperature: 1, top_p: 0.5 });
    expect(url).toBe('http://127.0.0.1:8787/ava?n=1');
    expect(bodyOf(init)).toEqual({ messages, temperature: 1, stream: true, top_p: 0.5 });
  });

  it("takes the endpoint's body fields as extra arguments, and never the model of a request", async () => {
    const { sent, fetch } = recording(() => new Response(reply));
    await outcomeOf(
      withWire.codeLinkAva.stream(aRequest({ model: 'm' }), anEndpoint({ body: { temperature: 0 } }), anIo({ fetch })),
    );
    expect(bodyOf(sent[0]?.init)).toEqual({
      messages: aRequest().messages,
      temperature: 0,
      stream: true,
    });
  });

  it('raises HTTP errors with their status', async () => {
    const { fetch } = recording(() => new Response('gone', { status: 410 }));
    const outcome = await outcomeOf(withWire.codeLinkAva.stream(aRequest(), anEndpoint(), anIo({ fetch })));
    expect(outcome.failure).toMatchObject({ kind: 'bad-request', status: 410, message: 'gone' });
  });

  it('has no models to choose from', async () => {
    expect(await withWire.codeLinkAva.listModels(anEndpoint(), anIo())).toEqual([]);
  });
});

it('every provider is found by its identifier, which is its own', () => {
  expect(new Set(presets.map(({ id }) => id)).size).toBe(presets.length);
  for (const preset of presets) expect(findPreset(preset.id)).toBe(preset);
  expect(findPreset('none')).toBeUndefined();
});
