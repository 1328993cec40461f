import { describe, expect, it } from 'vitest';
import { anEndpoint, anIo, aRequest, outcomeOf } from '@/tests/support/build-requests';
import { ollama, openaiCompatible } from '@/tests/support/providers';
import type { Endpoint, ModelRequest, Provider } from '../provider';

async function bodySent(
  request: Partial<ModelRequest>,
  endpoint: Partial<Endpoint> = {},
  provider: Provider = ollama,
): Promise<unknown> {
  let sent = '';
  const fetch = (_url: string, { body }: RequestInit): Promise<Response> => {
    sent = typeof body === 'string' ? body : '';
    return Promise.resolve(new Response('', { status: 500 }));
  };
  const whole = anEndpoint({ baseUrl: 'http://127.0.0.1:1', ...endpoint });
  await outcomeOf(provider.stream(aRequest(request), whole, anIo({ fetch })));
  return JSON.parse(sent) as unknown;
}

const asked = { model: 'm', messages: [{ role: 'user', content: 'Hello?' }], stream: true };

describe('how Ollama loads a model', () => {
  it('is not said where nothing is set', async () => {
    expect(await bodySent({})).toEqual({ ...asked, options: {} });
  });

  it.each([
    ['5m', '5m'],
    ['1h30m', '1h30m'],
    ['-1', -1],
    ['0', 0],
    ['300', 300],
  ])('says "%s" as Ollama reads it', async (keepAlive, sent) => {
    expect(await bodySent({}, { contextSize: 16_384, keepAlive })).toEqual({
      ...asked,
      options: { num_ctx: 16_384 },
      keep_alive: sent,
    });
  });

  it('is the user’s own body field where there is one', async () => {
    const body = { options: { num_ctx: 1, seed: 7 }, keep_alive: '1s' };
    expect(await bodySent({ temperature: 0.5 }, { contextSize: 4096, keepAlive: '5m', body })).toEqual({
      ...asked,
      options: { num_ctx: 1, seed: 7, temperature: 0.5 },
      keep_alive: '1s',
    });
  });

  it('is said to nobody who speaks another wire', async () => {
    for (const provider of [ollama, openaiCompatible]) {
      const body = await bodySent(
        {},
        { contextSize: 4096, keepAlive: '5m', baseUrl: 'http://127.0.0.1:1/v1' },
        provider,
      );
      expect(JSON.stringify(body)).not.toMatch(/num_ctx|keep_?alive|context/iu);
    }
  });
});
