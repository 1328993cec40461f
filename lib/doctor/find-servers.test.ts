import { describe, expect, test } from 'vitest';
import { presets } from '@/lib/providers';
import { imitations } from '@/tests/support/local-servers/imitations';
import { findServers } from './find-servers';
import { localPorts } from './local-ports';
import { localServers } from './local-servers';

interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Looks at a computer on which these ports answer; every other one refuses. */
async function look(answers: Readonly<Record<number, Answer>>) {
  const requests: { url: string; init: RequestInit }[] = [];
  const servers = await findServers({
    fetch: (url, init) => {
      requests.push({ url, init });
      const answer = answers[Number(new URL(url).port)];
      if (!answer) return Promise.reject(new TypeError('Failed to fetch'));
      return Promise.resolve(
        new Response(answer.body, { status: answer.status ?? 200, headers: answer.headers ?? {} }),
      );
    },
  });
  return { servers, requests };
}

describe('finding local servers', () => {
  test('tells every kind, and how many models it lists', async () => {
    const { servers } = await look(Object.fromEntries(imitations.map((each) => [each.port, each])));
    expect(servers.map(({ kind, modelCount }) => [kind, modelCount])).toEqual(
      imitations.map(({ kind, models }) => [kind, models]),
    );
    expect(servers.map(({ kind }) => kind).toSorted()).toEqual(localServers.map(({ kind }) => kind).toSorted());
  });

  test.each(imitations.filter(({ kind }) => kind !== 'ollama' && kind !== 'lm-studio'))(
    'tells $kind on any port by what it says',
    async ({ kind, status, headers, body }) => {
      const { servers } = await look({ 8000: { ...(status && { status }), headers, body } });
      expect(servers).toMatchObject([{ kind, baseUrl: 'http://127.0.0.1:8000/v1' }]);
    },
  );

  test('says of those that pass on what they are asked, and of those that nobody knows, that it may leave this computer', async () => {
    const { servers } = await look({
      ...Object.fromEntries(imitations.map((each) => [each.port, each])),
      1234: { body: '{"data":[{"id":"m","object":"model"}]}' },
    });
    expect(servers.filter(({ runsHere }) => !runsHere).map(({ kind }) => kind)).toEqual(['gpt4free', 'litellm']);
    const cloud = '{"object":"list","data":[{"id":"gpt-oss:120b-cloud","object":"model","owned_by":"library"}]}';
    const others = await look({ 8000: { body: '{"data":[{"id":"m"}]}' }, 11434: { body: cloud } });
    expect(others.servers.map(({ runsHere }) => runsHere)).toEqual([false, false]);
  });

  test('asks each port once, without a key, and changes nothing', async () => {
    const { requests } = await look({});
    expect(requests.map(({ url }) => url)).toEqual(localPorts.map((port) => `http://127.0.0.1:${port}/v1/models`));
    for (const { init } of requests) {
      expect(init).toMatchObject({ method: 'GET' });
      expect(init.headers).toBeUndefined();
    }
  });

  test('Ollama without a model, and Ollama that refuses this extension, are still Ollama', async () => {
    const { servers } = await look({
      8080: { body: '{"object":"list","data":null}\n' },
      11434: { status: 403, body: '' },
    });
    expect(servers).toEqual([
      {
        kind: 'ollama',
        label: 'Ollama',
        providerId: 'ollama',
        baseUrl: 'http://127.0.0.1:11434',
        runsHere: true,
        refusal: 'origin',
      },
      {
        kind: 'ollama',
        label: 'Ollama',
        providerId: 'ollama',
        baseUrl: 'http://127.0.0.1:8080',
        runsHere: true,
        modelCount: 0,
      },
    ]);
  });

  test('a list of nobody known is an OpenAI-compatible server', async () => {
    const { servers } = await look({ 8000: { body: '{"object":"list","data":[{"id":"m","object":"model"}]}' } });
    expect(servers).toEqual([
      {
        kind: 'unknown',
        label: '',
        providerId: 'openai-compatible',
        baseUrl: 'http://127.0.0.1:8000/v1',
        runsHere: false,
        modelCount: 1,
      },
    ]);
  });

  test.each<readonly [string, Answer]>([
    ['a web page', { body: '<!doctype html><title>A blog</title>' }],
    ['a page that is not there', { status: 404, body: '{"detail":"Not Found"}' }],
    ['a login page', { status: 401, body: '<html>Sign in</html>' }],
    ['a refusal in words', { status: 403, body: 'Forbidden' }],
    ['JSON that is no list', { body: '{"ok":true}' }],
    ['a list that is no list', { body: '{"data":"soon"}' }],
    ['nothing', { body: '' }],
  ])('%s is no model server', async (_what, answer) => {
    expect((await look({ 8080: answer })).servers).toEqual([]);
  });

  test('each kind is added as a provider that is there', () => {
    const ids = presets.map(({ id }) => id);
    for (const { kind } of localServers) expect(ids).toContain(kind);
  });
});
