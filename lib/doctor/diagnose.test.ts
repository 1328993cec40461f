import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ChatError, type Failure } from '@/lib/errors/failure';
import type { Endpoint, Provider } from '@/lib/providers/provider';
import { anEndpoint } from '@/tests/support/build-requests';
import { codeLinkAva, ollama, openai, openaiCompatible, providerNamed } from '@/tests/support/providers';
import type { ConnectionFault, Diagnosis } from './diagnosis';
import { diagnose } from './diagnose';
import type { Complaint } from './doctor';

interface Sent {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | null;
  readonly body: unknown;
}

type Answer = (sent: Sent, signal: AbortSignal) => Response | Promise<Response>;

interface CheckUpOptions {
  readonly endpoint?: Partial<Endpoint>;
  readonly provider?: Provider;
  readonly key?: string;
  readonly complaint?: Pick<Complaint, 'failure' | 'model' | 'mayAsk'>;
  readonly fault?: ConnectionFault;
  readonly now?: () => number;
}

const base = 'http://127.0.0.1:8080/v1';
const models = (...ids: readonly string[]): Response => Response.json({ data: ids.map((id) => ({ id })) });
const notThere = (): Response => Response.json({ detail: 'Not Found' }, { status: 404 });
const page = (): Response =>
  new Response('<!doctype html><title>Hello</title>', { headers: { 'content-type': 'text/html' } });
const broken =
  (kind: Failure['kind'], more: Partial<Failure> = {}): Answer =>
  () =>
    Promise.reject(new ChatError({ kind, host: '127.0.0.1:8080', ...more }));

/** Looks into it, against a server that answers like this. */
async function checkUp(answer: Answer, options: CheckUpOptions = {}): Promise<{ diagnosis: Diagnosis; sent: Sent[] }> {
  const sent: Sent[] = [];
  const stop = vi.fn();
  const watched: string[] = [];
  const diagnosis = await diagnose(
    {
      endpoint: anEndpoint({ baseUrl: base, ...options.endpoint }),
      provider: options.provider ?? openaiCompatible,
      ...options.complaint,
    },
    {
      key: options.key ?? '',
      now: options.now ?? (() => 0),
      watchFault: (url) => {
        watched.push(url);
        return { fault: () => Promise.resolve(options.fault), stop };
      },
      fetch: async (url, { method = 'GET', headers, body, signal }) => {
        const request: Sent = {
          method,
          url,
          authorization: new Headers(headers).get('authorization'),
          body: typeof body === 'string' ? (JSON.parse(body) as unknown) : undefined,
        };
        sent.push(request);
        return answer(request, signal ?? new AbortController().signal);
      },
    },
  );
  // Nothing goes on listening.
  expect(stop).toHaveBeenCalledTimes(watched.length);
  return { diagnosis, sent };
}

const healthy: Answer = ({ method }) =>
  method === 'OPTIONS' ? new Response(null, { status: 204 }) : models('one', 'two');

describe('what a look costs', () => {
  test('a server of one’s own that is fine costs its list and one OPTIONS without a key', async () => {
    const { diagnosis, sent } = await checkUp(healthy, { key: 'secret' });
    expect(diagnosis).toMatchObject({ kind: 'fine', host: '127.0.0.1:8080', models: [{ id: 'one' }, { id: 'two' }] });
    expect(sent.map(({ method, url, authorization }) => [method, url, authorization])).toEqual([
      ['GET', `${base}/models`, 'Bearer secret'],
      ['OPTIONS', base, null],
    ]);
  });

  test('a vendor that is fine costs its list', async () => {
    const { diagnosis, sent } = await checkUp(healthy, { endpoint: { baseUrl: 'https://api.example.com/v1' } });
    expect(diagnosis.kind).toBe('fine');
    expect(sent).toHaveLength(1);
  });

  test.each<readonly [Failure, Diagnosis['kind']]>([
    [{ kind: 'auth' }, 'no-key'],
    [{ kind: 'billing' }, 'no-credit'],
    [{ kind: 'permission', origin: 'http://127.0.0.1/*' }, 'no-access'],
    [{ kind: 'redirect', target: 'login.example' }, 'redirect'],
    [{ kind: 'origin-blocked' }, 'origin-refused'],
    [{ kind: 'rate-limit' }, 'other'],
    [{ kind: 'context-length' }, 'other'],
    [{ kind: 'bad-request' }, 'other'],
  ])('what a failure says already (%j) costs nothing', async (failure, kind) => {
    const { diagnosis, sent } = await checkUp(healthy, { complaint: { failure } });
    expect(diagnosis).toMatchObject({ kind, failure });
    expect(sent).toEqual([]);
  });

  test('no look asks a model anything unless it may', async () => {
    const answers: readonly Answer[] = [healthy, notThere, page, broken('network'), () => models()];
    for (const answer of answers) {
      for (const failure of [undefined, { kind: 'not-found' }, { kind: 'model-not-found' }] as const) {
        const { sent } = await checkUp(answer, { complaint: { ...(failure && { failure }) } });
        expect(sent.filter(({ method }) => method === 'POST')).toEqual([]);
      }
    }
  });
});

describe('what a list of models tells', () => {
  test('a key that is refused is not one that is missing', async () => {
    const refuse = (): Response => Response.json({ error: { message: 'Incorrect API key' } }, { status: 401 });
    expect((await checkUp(refuse, { key: 'secret-key' })).diagnosis.kind).toBe('bad-key');
    expect((await checkUp(refuse)).diagnosis.kind).toBe('no-key');
    const own = await checkUp(refuse, { endpoint: { headers: { 'X-Api-Key': 'mine' } } });
    expect(own.diagnosis.kind).toBe('bad-key');
  });

  test('an empty account leads to where credit is bought', async () => {
    const broke = (): Response => Response.json({ error: { message: 'Insufficient credits' } }, { status: 402 });
    expect((await checkUp(broke, { provider: openai })).diagnosis).toMatchObject({
      kind: 'no-credit',
      page: 'https://platform.openai.com/api-keys',
    });
    expect((await checkUp(broke)).diagnosis).toMatchObject({ kind: 'no-credit', page: 'http://127.0.0.1:8080' });
  });

  test('a server without a model says so', async () => {
    expect((await checkUp(() => models())).diagnosis.kind).toBe('no-models');
  });

  test('a model that is not there is answered by those that are', async () => {
    const complaint = { failure: { kind: 'model-not-found', model: 'three' }, model: 'three' } as const;
    const { diagnosis, sent } = await checkUp(healthy, { complaint });
    expect(diagnosis).toMatchObject({ kind: 'model-missing', model: 'three', models: [{ id: 'one' }, { id: 'two' }] });
    expect(sent).toHaveLength(1);
  });

  test('a model that is in the list is not said to be missing', async () => {
    const failure = { kind: 'model-not-found', message: 'This is not a chat model' } as const;
    const { diagnosis } = await checkUp(healthy, { complaint: { failure, model: 'two' } });
    expect(diagnosis).toMatchObject({ kind: 'other', failure });
    expect(diagnosis.models).toBeUndefined();
  });

  describe.each([
    ['a list that is no request', providerNamed('perplexity'), 'sonar'],
    ['a list that stands beside every address', providerNamed('github-models'), 'one'],
  ])('%s proves nothing', (_what, provider, listed) => {
    const endpoint = { baseUrl: 'https://api.example.com/inference' };

    test('so somebody is looked for, and only a question tells the rest', async () => {
      const { diagnosis, sent } = await checkUp(healthy, { provider, endpoint, complaint: { model: listed } });
      expect(diagnosis).toMatchObject({ kind: 'unlisted', model: listed });
      expect(sent.map(({ method }) => method)).toEqual(['OPTIONS']);
      const unchosen = await checkUp(healthy, { provider, endpoint });
      expect(unchosen.diagnosis.kind).toBe('unlisted');
      expect(unchosen.diagnosis.models?.map(({ id }) => id)).toContain(listed);
      const gone = await checkUp(broken('network'), { provider, endpoint, fault: 'unknown-host' });
      expect(gone.diagnosis.kind).toBe('unknown-host');
    });

    test('so no address is offered for one that is wrong', async () => {
      for (const [kind, found] of [
        ['not-found', 'no-api'],
        ['not-an-api', 'web-page'],
      ] as const) {
        const complaint = { failure: { kind }, model: listed };
        const { diagnosis } = await checkUp(healthy, { provider, endpoint, complaint });
        expect(diagnosis.kind).toBe(found);
        expect(diagnosis.address).toBeUndefined();
      }
    });

    test('but of a model that is not in it, it tells those that are', async () => {
      const complaint = { failure: { kind: 'model-not-found' }, model: 'three' } as const;
      const { diagnosis } = await checkUp(healthy, { provider, endpoint, complaint });
      expect(diagnosis.kind).toBe('model-missing');
      expect(diagnosis.models?.map(({ id }) => id)).toContain(listed);
    });

    test('nor does it of a question that was kept waiting', async () => {
      const complaint = { failure: { kind: 'timeout' } } as const;
      expect((await checkUp(healthy, { provider, endpoint, complaint })).diagnosis.kind).toBe('no-token');
    });
  });

  test('a server that lists its models, and refuses everything that carries an origin, is found out', async () => {
    const ollamaLike: Answer = ({ method }) => (method === 'GET' ? models('one') : new Response('', { status: 403 }));
    expect((await checkUp(ollamaLike)).diagnosis.kind).toBe('origin-refused');
    const { diagnosis, sent } = await checkUp(ollamaLike, { endpoint: { hidesOrigin: true } });
    expect(diagnosis.kind).toBe('fine');
    expect(sent).toHaveLength(1);
  });

  test.each([
    ['Origin https://x not allowed', 'origin-refused'],
    ['<h1>Forbidden</h1>', 'fine'],
  ])('an OPTIONS that is forbidden with the words %j means %s', async (words, kind) => {
    const { diagnosis } = await checkUp(({ method }) =>
      method === 'GET' ? models('one') : new Response(words, { status: 403 }),
    );
    expect(diagnosis.kind).toBe(kind);
  });

  test('an OPTIONS that fails refuses no origin', async () => {
    const answer: Answer = (sent, signal) =>
      sent.method === 'OPTIONS' ? broken('network')(sent, signal) : models('one');
    expect((await checkUp(answer)).diagnosis.kind).toBe('fine');
  });

  test('the refusal of an origin may meet the list, too', async () => {
    const { diagnosis } = await checkUp(() => new Response('', { status: 403 }));
    expect(diagnosis.kind).toBe('origin-refused');
  });

  test('whatever else it is keeps its failure', async () => {
    const { diagnosis } = await checkUp(() => Response.json({ error: { message: 'boom' } }, { status: 500 }));
    expect(diagnosis).toMatchObject({ kind: 'other', failure: { kind: 'server', message: 'boom' } });
  });

  test('one that lists its models, and kept a question waiting, is there', async () => {
    const { diagnosis } = await checkUp(healthy, { complaint: { failure: { kind: 'timeout' } } });
    expect(diagnosis).toMatchObject({ kind: 'no-token', models: [{ id: 'one' }, { id: 'two' }] });
  });
});

describe('a path that is wrong', () => {
  test('the likely ones are tried until one lists models', async () => {
    const { diagnosis, sent } = await checkUp(({ url }) => (url === `${base}/models` ? models('one') : notThere()), {
      endpoint: { baseUrl: 'http://127.0.0.1:8080/chat' },
      key: 'secret',
    });
    expect(diagnosis).toMatchObject({ kind: 'wrong-path', address: base });
    expect(sent.map(({ url }) => url)).toEqual([
      'http://127.0.0.1:8080/chat/models',
      'http://127.0.0.1:8080/chat/v1/models',
      'http://127.0.0.1:8080/v1/models',
    ]);
  });

  test('a path at which the key is asked for is one, too', async () => {
    const locked: Answer = ({ url }) =>
      url === `${base}/models` ? Response.json({ error: { message: 'no' } }, { status: 401 }) : page();
    const { diagnosis } = await checkUp(locked, { endpoint: { baseUrl: 'http://127.0.0.1:8080' } });
    expect(diagnosis).toMatchObject({ kind: 'wrong-path', address: base });
  });

  test('Ollama’s own API is found under an address that was pasted too long', async () => {
    const answer: Answer = ({ url }) => (url === 'http://127.0.0.1:11434/api/tags' ? models('one') : notThere());
    const { diagnosis } = await checkUp(answer, {
      provider: ollama,
      endpoint: { baseUrl: 'http://127.0.0.1:11434/api/generate' },
    });
    expect(diagnosis).toMatchObject({ kind: 'wrong-path', address: 'http://127.0.0.1:11434' });
  });

  test('where a question found no API, a list at the same address proves nothing', async () => {
    const complaint = { failure: { kind: 'not-found' } } as const;
    const { diagnosis } = await checkUp(
      ({ url }) => (/:8080\/(?:v1\/)?models$/.test(url) ? models('one') : notThere()),
      {
        endpoint: { baseUrl: 'http://127.0.0.1:8080' },
        complaint,
      },
    );
    expect(diagnosis).toMatchObject({ kind: 'wrong-path', address: base });
  });

  test('nowhere a list: only a question can tell; one that has failed has told', async () => {
    expect((await checkUp(notThere, { complaint: { model: 'm' } })).diagnosis.kind).toBe('unlisted');
    expect((await checkUp(notThere)).diagnosis.kind).toBe('no-api');
    const asked = await checkUp(notThere, { complaint: { model: 'm', failure: { kind: 'not-found' } } });
    expect(asked.diagnosis.kind).toBe('no-api');
  });

  test('nothing but web pages is a web page', async () => {
    const { diagnosis, sent } = await checkUp(page);
    expect(diagnosis.kind).toBe('web-page');
    expect(sent.length).toBeLessThanOrEqual(9);
    for (const { url } of sent) expect(new URL(url).origin).toBe('http://127.0.0.1:8080');
  });
});

describe('a connection that fails', () => {
  const https = { baseUrl: 'https://127.0.0.1:8080/v1' };

  test.each<readonly [ConnectionFault | undefined, Partial<Endpoint>, Partial<Diagnosis>]>([
    ['refused', {}, { kind: 'nothing-listening' }],
    ['unknown-host', {}, { kind: 'unknown-host' }],
    ['certificate', https, { kind: 'certificate', page: 'https://127.0.0.1:8080' }],
    ['insecure', https, { kind: 'insecure', page: 'https://127.0.0.1:8080' }],
    ['no-tls', https, { kind: 'no-tls', address: 'http://127.0.0.1:8080/v1' }],
    ['no-tls', { baseUrl: 'https://api.example.com/v1' }, { kind: 'insecure', page: 'https://api.example.com' }],
    ['closed', {}, { kind: 'needs-tls', address: 'https://127.0.0.1:8080/v1' }],
    ['closed', https, { kind: 'unreachable' }],
    [undefined, {}, { kind: 'unreachable' }],
  ])('for the reason %s at %j is %j', async (fault, endpoint, expected) => {
    const { diagnosis, sent } = await checkUp(broken('network'), { endpoint, ...(fault && { fault }) });
    expect(diagnosis).toMatchObject(expected);
    expect(sent).toHaveLength(1);
  });

  test('words about https in a plain answer are taken at their word', async () => {
    const go = (): Response => new Response('Client sent an HTTP request to an HTTPS server.\n', { status: 400 });
    expect((await checkUp(go)).diagnosis).toMatchObject({ kind: 'needs-tls', address: 'https://127.0.0.1:8080/v1' });
    expect((await checkUp(() => new Response('Bad', { status: 400 }))).diagnosis.kind).toBe('other');
    const failure = { kind: 'bad-request', message: 'The plain HTTP request was sent to HTTPS port' } as const;
    const asked = await checkUp(healthy, { complaint: { failure } });
    expect([asked.diagnosis.kind, asked.sent.length]).toEqual(['needs-tls', 0]);
  });

  test('a wire without a list is looked at without a question', async () => {
    const options: CheckUpOptions = { provider: codeLinkAva, endpoint: { baseUrl: 'http://127.0.0.1:8080/api/chat' } };
    const there = await checkUp(() => notThere(), options);
    expect(there.diagnosis.kind).toBe('unlisted');
    expect(there.sent.map(({ method }) => method)).toEqual(['OPTIONS']);
    const gone = await checkUp(broken('network'), { ...options, fault: 'refused' });
    expect(gone.diagnosis.kind).toBe('nothing-listening');
    const locked = await checkUp(broken('permission', { origin: 'http://127.0.0.1/*' }), options);
    expect(locked.diagnosis).toMatchObject({ kind: 'no-access', origin: 'http://127.0.0.1/*' });
  });
});

describe('a server that takes its time', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('and lists no models is silent', async () => {
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(new DOMException('late', 'TimeoutError')), ms);
      return controller.signal;
    });
    const hang: Answer = (_sent, signal) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    const looking = checkUp(hang);
    await vi.advanceTimersByTimeAsync(8000);
    expect((await looking).diagnosis.kind).toBe('silent');
    const knocking = checkUp(hang, { provider: codeLinkAva });
    await vi.advanceTimersByTimeAsync(8000);
    expect((await knocking).diagnosis.kind).toBe('silent');
    const asking = checkUp(hang, { complaint: { mayAsk: true, model: 'm' } });
    await vi.advanceTimersByTimeAsync(60_000 + 8000);
    expect((await asking).diagnosis).toMatchObject({ kind: 'no-token', model: 'm' });
    vi.restoreAllMocks();
  });
});

describe('a question that may be asked', () => {
  const chat = (text: string): Response =>
    new Response(`data: {"choices":[{"delta":{"content":"${text}"}}]}\n\ndata: [DONE]\n\n`);

  test.each([
    ['network', broken('network')],
    ['empty-reply', () => new Response('')],
  ] as const)('and fails with %s where all else looks well, is not asked for again', async (kind, answer) => {
    for (const provider of [openaiCompatible, codeLinkAva]) {
      const { diagnosis, sent } = await checkUp(
        (request, signal) => (request.method === 'POST' ? answer(request, signal) : healthy(request, signal)),
        { provider, complaint: { mayAsk: true, model: 'one' } },
      );
      expect(diagnosis).toMatchObject({ kind: 'other', failure: { kind } });
      expect(sent.filter(({ method }) => method === 'POST')).toHaveLength(1);
    }
  });

  test('and answered late, or not at all, leads to the models that are there', async () => {
    let time = 0;
    const late = await checkUp(
      (request, signal) => (request.method === 'POST' ? chat('Hello') : healthy(request, signal)),
      {
        complaint: { mayAsk: true, model: 'one' },
        now: () => (time += 9000),
      },
    );
    expect(late.diagnosis).toMatchObject({ kind: 'slow', models: [{ id: 'one' }, { id: 'two' }] });
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
      const controller = new AbortController();
      if (ms === 60_000) controller.abort(new DOMException('late', 'TimeoutError'));
      return controller.signal;
    });
    const never = await checkUp(healthy, { complaint: { mayAsk: true, model: 'one' } });
    vi.restoreAllMocks();
    expect(never.diagnosis).toMatchObject({ kind: 'no-token', models: [{ id: 'one' }, { id: 'two' }] });
  });

  test('is one request for one token, and holds nothing of a conversation', async () => {
    let time = 0;
    const { diagnosis, sent } = await checkUp(() => chat('Hello'), {
      complaint: { mayAsk: true, model: 'one' },
      now: () => (time += 400),
    });
    expect(diagnosis).toMatchObject({ kind: 'answers', model: 'one', firstTokenMs: 400 });
    expect(sent).toMatchObject([
      {
        method: 'POST',
        url: `${base}/chat/completions`,
        body: { model: 'one', messages: [{ role: 'user', content: 'Hi' }], max_tokens: 1 },
      },
    ]);
  });

  test('whose first token takes long is slow', async () => {
    let time = 0;
    const { diagnosis } = await checkUp(() => chat('Hello'), {
      complaint: { mayAsk: true, model: 'one' },
      now: () => (time += 9000),
    });
    expect(diagnosis).toMatchObject({ kind: 'slow', firstTokenMs: 9000 });
  });

  test('is answered, too, by an end without a word', async () => {
    const silent = (): Response =>
      new Response('data: {"choices":[{"delta":{},"finish_reason":"length"}]}\n\ndata: [DONE]\n\n');
    const { diagnosis } = await checkUp(silent, { complaint: { mayAsk: true, model: 'one' } });
    expect(diagnosis.kind).toBe('answers');
  });

  test('is answered by a model that finds one token too few to think with', async () => {
    const tooFew = (): Response =>
      Response.json(
        { error: { message: 'Could not finish the message because max_tokens or model output limit was reached.' } },
        { status: 400 },
      );
    const { diagnosis } = await checkUp(tooFew, { complaint: { mayAsk: true, model: 'one' } });
    expect(diagnosis.kind).toBe('answers');
  });

  test('that fails is looked into like any other', async () => {
    const answer: Answer = ({ method }) =>
      method === 'POST'
        ? Response.json(
            { error: { message: 'The model `one` does not exist', code: 'model_not_found' } },
            { status: 404 },
          )
        : models('two');
    const { diagnosis } = await checkUp(answer, { complaint: { mayAsk: true, model: 'one' } });
    expect(diagnosis).toMatchObject({ kind: 'model-missing', models: [{ id: 'two' }] });
  });
});
