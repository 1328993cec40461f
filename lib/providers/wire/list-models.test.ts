import { describe, expect, it } from 'vitest';
import { toFailure } from '@/lib/errors/failure';
import { anEndpoint, anIo } from '@/tests/support/build-requests';
import { openaiCompatible } from '@/tests/support/providers';
import type { ModelListing } from '../provider';

async function modelsIn(body: unknown, status = 200): Promise<readonly ModelListing[]> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const fetch = (): Promise<Response> => Promise.resolve(new Response(text, { status }));
  return openaiCompatible.listModels(anEndpoint(), anIo({ fetch }));
}

describe('listModels', () => {
  it('puts models that chat first, numbers by size, and names each once', async () => {
    const data = ['text-embedding-3', 'gpt-10', 'gpt-9', 'whisper-1', 'GPT-9b', 'gpt-9'].map((id) => ({ id }));
    expect((await modelsIn({ object: 'list', data })).map(({ id }) => id)).toEqual([
      'gpt-9',
      'GPT-9b',
      'gpt-10',
      'text-embedding-3',
      'whisper-1',
    ]);
  });

  it('reads a bare list, names for identifiers, and labels', async () => {
    expect(await modelsIn([{ id: 'b', name: 'Big B' }, 'a', null, { x: 1 }])).toEqual([
      { id: 'a' },
      { id: 'b', label: 'Big B' },
    ]);
    expect(await modelsIn({ models: [{ name: 'llama:8b', model: 'llama:8b' }] })).toEqual([{ id: 'llama:8b' }]);
    expect(await modelsIn({ object: 'list', data: null })).toEqual([]);
  });

  it.each(['<html></html>', '{"status":"ok"}', '', 'OK'])('says that %j is no list of models', async (body) => {
    const failure = await modelsIn(body).catch(toFailure);
    expect(failure).toMatchObject({ kind: 'not-an-api', host: '127.0.0.1:1' });
  });

  it('says why a server refused', async () => {
    expect(await modelsIn({ error: 'no' }, 401).catch(toFailure)).toMatchObject({ kind: 'auth', message: 'no' });
  });

  it('asks with the key and the headers of the endpoint', async () => {
    const asked = Promise.withResolvers<readonly [string, RequestInit]>();
    const fetch = (url: string, init: RequestInit): Promise<Response> => {
      asked.resolve([url, init]);
      return Promise.resolve(new Response('[]'));
    };
    await openaiCompatible.listModels(anEndpoint({ headers: { 'X-Team': 'a' } }), anIo({ fetch, key: 'k' }));
    const [url, init] = await asked.promise;
    expect([url, init.method]).toEqual(['http://127.0.0.1:1/v1/models', 'GET']);
    expect(Object.fromEntries(new Headers(init.headers))).toEqual({ authorization: 'Bearer k', 'x-team': 'a' });
  });
});
