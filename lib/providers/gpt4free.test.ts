import { describe, expect, it } from 'vitest';
import { anEndpoint, anIo, aRequest, outcomeOf, textEvent } from '@/tests/support/build-requests';
import { wires } from './wire/index';
import { gpt4free } from './gpt4free';
import { connectPreset } from './index';
import { normalizeBaseUrl } from './normalize-base-url';

const provider = connectPreset(gpt4free, (name) => Promise.resolve(wires[name]));

/** The addresses that are asked at this base URL: for an answer, and for the models. */
async function askedAt(typed: string): Promise<readonly string[]> {
  const address = normalizeBaseUrl(typed, gpt4free);
  if (!address.ok) throw new Error(address.reason);
  const asked: string[] = [];
  const fetch = (url: string): Promise<Response> => {
    asked.push(url);
    return Promise.resolve(new Response('[]'));
  };
  const endpoint = anEndpoint({ baseUrl: address.url });
  await outcomeOf(provider.stream(aRequest(), endpoint, anIo({ fetch })));
  await provider.listModels(endpoint, anIo({ fetch }));
  return asked;
}

describe('gpt4free', () => {
  it.each([
    ['localhost:1337', 'http://localhost:1337/v1'],
    ['127.0.0.1:1337/api/PollinationsAI', 'http://127.0.0.1:1337/api/PollinationsAI'],
    ['http://127.0.0.1:1337/api/PollinationsAI/chat/completions', 'http://127.0.0.1:1337/api/PollinationsAI'],
    ['http://127.0.0.1:1337/api/PollinationsAI/models', 'http://127.0.0.1:1337/api/PollinationsAI'],
  ])('at %s is asked at %s, also where that is one of its providers', async (typed, base) => {
    expect(await askedAt(typed)).toEqual([`${base}/chat/completions`, `${base}/models`]);
  });

  it('that fails in mid-answer and says [DONE] all the same has failed, and what had come stays', async () => {
    const failure = { error: { message: 'RateLimitError: Too many requests' }, model: 'gpt-4o', provider: 'Auto' };
    const body = `${textEvent('Hello, ')}data: ${JSON.stringify(failure)}\n\ndata: [DONE]\n\n`;
    const io = anIo({ fetch: () => Promise.resolve(new Response(body)) });
    const outcome = await outcomeOf(provider.stream(aRequest(), anEndpoint(), io));
    expect(outcome).toMatchObject({
      text: 'Hello, ',
      failure: { kind: 'rate-limit', message: 'RateLimitError: Too many requests', mayRetry: false },
    });
  });

  it('says which field it did not like', async () => {
    const detail = [{ loc: ['body', 'messages'], message: 'Field required', type: 'missing' }];
    const io = anIo({ fetch: () => Promise.resolve(new Response(JSON.stringify({ detail }), { status: 422 })) });
    const { failure } = await outcomeOf(provider.stream(aRequest(), anEndpoint(), io));
    expect(failure).toMatchObject({ kind: 'bad-request', status: 422, message: 'body.messages: Field required' });
  });
});
