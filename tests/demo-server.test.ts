import { request as sendRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCodeLinkAvaRequest } from './support/demo-server/codelink-ava-wire.ts';
import { startDemoServer, type DemoServer } from './support/demo-server/start-demo-server.ts';

let server: DemoServer;
beforeEach(async () => {
  server = await startDemoServer();
});
afterEach(() => server.close());

const question = [{ role: 'user', content: 'What is backpressure?' }];

const post = (
  path: string,
  body: unknown,
  { headers, signal }: { headers?: Record<string, string>; signal?: AbortSignal } = {},
): Promise<Response> =>
  fetch(server.url + path, {
    method: 'POST',
    body: JSON.stringify(body),
    redirect: 'manual',
    headers: { 'content-type': 'application/json', ...headers },
    ...(signal && { signal }),
  });

const ask = (model: string, more: object = {}, init: { signal?: AbortSignal } = {}): Promise<Response> =>
  post('/v1/chat/completions', { model, messages: question, stream: true, ...more }, init);

/** How many tokens the server had sent when the headers arrived. */
const tokensAtHeaders = async (model: string): Promise<number | undefined> => {
  const response = await ask(model);
  const { sentTokens } = server.requests.at(-1) ?? {};
  await response.body?.cancel();
  return sentTokens;
};

interface Chunk {
  readonly error?: unknown;
  readonly usage?: Record<string, number>;
  readonly choices: readonly {
    readonly delta: { readonly content?: string; readonly reasoning_content?: string };
    readonly finish_reason: string | null;
  }[];
}

interface Streamed {
  readonly text: string;
  readonly thinking: string;
  readonly finish: string | null | undefined;
  readonly chunks: readonly Chunk[];
  readonly isDone: boolean;
}

async function readStream(response: Response): Promise<Streamed> {
  const lines = (await response.text()).split('\n').filter((line) => line.startsWith('data: '));
  const isDone = lines.at(-1) === 'data: [DONE]';
  const chunks = lines.slice(0, isDone ? -1 : undefined).map((line): Chunk => JSON.parse(line.slice(6)));
  const deltas = chunks.flatMap((chunk) => chunk.choices ?? []);
  return {
    text: deltas.map(({ delta }) => delta.content ?? '').join(''),
    thinking: deltas.map(({ delta }) => delta.reasoning_content ?? '').join(''),
    finish: deltas.map((choice) => choice.finish_reason).findLast((reason) => typeof reason === 'string'),
    chunks,
    isDone,
  };
}

describe('the OpenAI wire', () => {
  test('the first listed model is "demo", and the list says that it is no AI', async () => {
    const { data } = await (await fetch(`${server.url}/v1/models`)).json();
    expect(data[0]).toMatchObject({ id: 'demo', owned_by: expect.stringContaining('not an AI') });
  });

  test('an answer streams, is about its question, says what it is, and ends with its mark', async () => {
    const { text, finish, isDone } = await readStream(await ask('demo-fast'));
    expect(text).toContain('not an AI');
    expect(text).toContain('highWaterMark');
    expect([finish, isDone]).toEqual(['stop', true]);
  });

  test('an unstreamed reply has the same text as a streamed one', async () => {
    const { choices, usage } = await (await ask('demo-fast', { stream: false })).json();
    const streamed = await readStream(await ask('demo-fast'));
    expect(choices[0].message.content).toBe(streamed.text);
    expect(usage.completion_tokens).toBeGreaterThan(100);
  });

  test('usage comes in a frame of its own, only when asked for', async () => {
    const without = await readStream(await ask('demo-numbered-3-0'));
    expect(without.chunks.some((chunk) => chunk.usage)).toBe(false);
    const { chunks } = await readStream(await ask('demo-numbered-3-0', { stream_options: { include_usage: true } }));
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 3 } });
  });

  test('a numbered answer has each of its tokens once, at its rate', async () => {
    const startedAt = performance.now();
    const { text } = await readStream(await ask('demo-numbered-100-400'));
    expect(text.split(' ')).toEqual(Array.from({ length: 100 }, (_, index) => `t${index}`));
    expect(performance.now() - startedAt).toBeGreaterThan(240);
    expect(server.requests).toMatchObject([{ sentTokens: 100, finished: true, path: '/v1/chat/completions' }]);
  });

  test('a model that thinks reasons before it answers', async () => {
    const { thinking, text, chunks } = await readStream(await ask('demo-thinks-fast'));
    expect(thinking).toContain('What is backpressure?');
    expect(text).toContain('highWaterMark');
    expect(chunks[1]?.choices[0]?.delta).toHaveProperty('reasoning_content');
  });

  test('"demo-echo" says what it was sent', async () => {
    const messages = [...question, { role: 'assistant', content: 'A pipe.' }, { role: 'user', content: 'And then?' }];
    const { text } = await readStream(await ask('demo-echo', { messages }));
    expect(text).toMatch(/3 messages.*And then\?$/s);
  });

  test('a silent model sends its headers at once, or with the first token', async () => {
    expect(await tokensAtHeaders('demo-silent-1')).toBe(0);
    expect(await tokensAtHeaders('demo-silent-headers-1')).toBeGreaterThan(0);
  });

  test('a silent model says nothing for as long as its name says', async () => {
    const startedAt = performance.now();
    await readStream(await ask('demo-slow-start-1s'));
    expect(performance.now() - startedAt).toBeGreaterThan(990);
  });

  test('an answer that is left is recorded as closed early', async () => {
    const leaving = new AbortController();
    const response = await ask('demo-numbered-1000-100', {}, { signal: leaving.signal });
    await server.waitForRequest((request) => request.sentTokens >= 5);
    leaving.abort();
    await response.text().catch(() => '');
    const { finished, sentTokens } = await server.waitForRequest((request) => request.closedEarlyAt !== undefined);
    expect(finished).toBe(false);
    expect(sentTokens).toBeLessThan(1000);
  });

  test('waiting for a request that does not come says what came instead', async () => {
    await (await ask('demo-empty')).text();
    await expect(server.waitForRequest((request) => request.path === '/never', 50)).rejects.toThrow(/demo-empty/);
  });
});

describe('endings that are not complete', () => {
  test.each([
    ['demo-length', 'length', true],
    ['demo-cut-after-7', undefined, false],
    ['demo-error-frame-after-7', undefined, true],
  ])('%s ends with the finish reason %s', async (model, reason, done) => {
    const { finish, isDone, chunks } = await readStream(await ask(model));
    expect([finish, isDone]).toEqual([reason, done]);
    expect(chunks.some((chunk) => chunk.error)).toBe(model.includes('error-frame'));
  });

  test('"demo-empty" is well-formed and has no text', async () => {
    expect(await readStream(await ask('demo-empty'))).toMatchObject({ text: '', finish: 'stop', isDone: true });
  });

  test('"demo-reset" tears the connection down after its tokens', async () => {
    const response = await ask('demo-reset-after-7');
    let received = '';
    const reading = async (): Promise<void> => {
      for await (const bytes of response.body ?? []) received += new TextDecoder().decode(bytes);
    };
    await expect(reading()).rejects.toThrow();
    expect(received).toContain('t6');
    expect(received).not.toContain('[DONE]');
  });
});

describe('failures', () => {
  test.each([
    ['401', 401, 'invalid_api_key'],
    ['402', 402, 'Insufficient credits'],
    ['403', 403, 'unsupported_country'],
    ['404-model', 404, 'model_not_found'],
    ['404-path', 404, 'Not Found'],
    ['429', 429, 'rate_limit_exceeded'],
    ['500', 500, 'server_error'],
    ['503', 503, 'overloaded'],
    ['html', 200, '<!doctype html>'],
    ['redirect', 307, ''],
  ])('demo-fails-%s', async (which, status, words) => {
    const response = await ask(`demo-fails-${which}`);
    expect(response.status).toBe(status);
    expect(await response.text()).toContain(words);
  });

  test('a rate limit says how long to wait', async () => {
    expect((await ask('demo-fails-429')).headers.get('retry-after')).toBe('30');
    expect((await ask('demo-fails-429-2')).headers.get('retry-after')).toBe('2');
  });

  test('a model that recovers fails as often as its name says', async () => {
    const statuses = [];
    for (let attempt = 0; attempt < 3; attempt += 1) statuses.push((await ask('demo-recovers-after-2')).status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  test('any other model is unknown', async () => {
    expect((await ask('gpt-4o')).status).toBe(404);
  });
});

const modelsStatus = async (headers: Record<string, string>): Promise<number> =>
  (await fetch(`${server.url}/keyed/v1/models`, { headers })).status;

describe('base addresses', () => {
  test('the keyed one wants its key', async () => {
    expect(await modelsStatus({})).toBe(401);
    expect(await modelsStatus({ authorization: 'Bearer demo-key-' })).toBe(401);
    expect(await modelsStatus({ authorization: 'Bearer demo-key-1' })).toBe(200);
  });

  test('the one like Ollama refuses a foreign origin with an empty body', async () => {
    const response = await post('/ollama/v1/chat/completions', {}, { headers: { origin: 'chrome-extension://abc' } });
    expect([response.status, await response.text()]).toEqual([403, '']);
    expect((await fetch(`${server.url}/ollama/v1/models`)).status).toBe(200);
  });

  test.each([
    ['/anthropic/v1/messages', { 'x-api-key': 'demo-key-1', 'anthropic-version': '2023-06-01' }, { max_tokens: 9 }],
    ['/gemini/v1beta/models/demo-thinks-fast:streamGenerateContent', { 'x-goog-api-key': 'demo-key-1' }, {}],
    ['/ollama-open/api/chat', { origin: 'chrome-extension://abc' }, {}],
    ['/ollama/api/chat', {}, {}],
  ])('%s answers in its own words', async (path, headers: Record<string, string>, more) => {
    const contents = [{ role: 'user', parts: [{ text: 'What is backpressure?' }] }];
    const body = { model: 'demo-thinks-fast', messages: question, contents, stream: true, ...more };
    const said = await (await post(path, body, { headers })).text();
    const words = [...said.matchAll(/"(?:text|content)":("(?:[^"\\]|\\.)*")/g)].map(([, word = '']) =>
      JSON.parse(word),
    );
    expect(words.join('')).toContain('highWaterMark');
    expect(said).toMatch(/"thinking"|"thought":true/);
    expect(said).not.toContain('choices');
  });

  test('the wires of their own want their keys and headers', async () => {
    const statuses = await Promise.all(
      ['/anthropic/v1/models', '/gemini/v1beta/models', '/ollama/api/tags', '/ollama/api/none'].map(
        async (path) => (await fetch(server.url + path)).status,
      ),
    );
    expect(statuses).toEqual([401, 403, 200, 404]);
    const foreign = await post('/ollama/api/chat', {}, { headers: { origin: 'chrome-extension://abc' } });
    expect([foreign.status, await foreign.text()]).toEqual([403, '']);
  });

  test('no answer carries a CORS header, and a preflight is refused', async () => {
    const preflight = await fetch(`${server.url}/v1/chat/completions`, { method: 'OPTIONS' });
    expect(preflight.status).toBe(405);
    for (const response of [preflight, await ask('demo-empty')]) {
      expect([...response.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });
});

/** fetch() sets some of these headers itself, so the check is asked as the server asks it. */
const refusal = (sentHeaders: Record<string, string | undefined>, sentBody: unknown): string | undefined => {
  const answer = readCodeLinkAvaRequest(sentHeaders, sentBody);
  return 'reason' in answer ? answer.reason : undefined;
};

describe('the CodeLinkAva wire', () => {
  const site = 'https://ava-ai-ef611.web.app';
  const headers: Readonly<Record<string, string>> = {
    origin: site,
    referer: `${site}/`,
    accept: '*/*',
    'accept-language': 'en,fr-FR;q=0.9,fr;q=0.8',
    'user-agent':
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/118.0.0.0 Safari/537.36',
    'sec-fetch-dest': 'empty',
    'sec-fetch-mode': 'cors',
    'sec-fetch-site': 'same-origin',
  };
  const body = { messages: question, temperature: 0.6, stream: true, demo: 'demo-numbered-3-0' };

  test('a faithful request is answered in its own frames', async () => {
    const text = await new Promise<string>((resolve, reject) => {
      const outgoing = sendRequest(`${server.url}/api/chat`, { method: 'POST', headers }, (response) => {
        let received = '';
        response.on('data', (bytes: Buffer) => (received += bytes.toString()));
        response.on('end', () => resolve(received));
      });
      outgoing.on('error', reject).end(JSON.stringify(body));
    });
    expect(text.split('\n').slice(0, 2)).toEqual([
      'data: {"choices":[{"delta":{"content":"t0"}}]}',
      'data: {"choices":[{"delta":{"content":" t1"}}]}',
    ]);
    expect(text).toMatch(/data: \[DONE\]\n$/);
  });

  test.each(Object.keys(headers))('a request without its %s is refused with the reason', (name) => {
    expect(refusal(headers, body)).toBeUndefined();
    expect(refusal({ ...headers, [name]: undefined }, body)).toContain(name);
    expect(refusal({ ...headers, [name]: 'other' }, body)).toContain(name);
  });

  test.each([
    ['a model', { ...body, model: 'demo' }],
    ['no messages', { ...body, messages: [] }],
    ['no temperature', { messages: question, stream: true }],
    ['no stream', { messages: question, temperature: 0.6 }],
  ])('a body with %s is refused', (_what, wrong) => {
    expect(refusal(headers, wrong)).toEqual(expect.any(String));
  });

  test('over the network, too, a plain request is refused with status 400', async () => {
    const response = await post('/api/chat', body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ error: expect.stringContaining('header') });
  });
});

test('the web pages are there, one of them closed to scripts and styles', async () => {
  expect(await (await fetch(`${server.url}/page`)).text()).toContain('<title>Backpressure in Node streams</title>');
  expect((await fetch(`${server.url}/page-no-inject`)).headers.get('content-security-policy')).toContain("'none'");
  expect(server.requests).toEqual([]);
});
