import fastCheck from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChatError } from '@/lib/errors/failure';
import { anEndpoint, anIo } from '@/tests/support/build-requests';
import { ollama } from '@/tests/support/providers';
import { type DemoServer, startDemoServer } from '@/tests/support/demo-server/start-demo-server';
import type { ProviderIo, PullEnd, PullProgress } from '../provider';
import { createPullProgress } from './pull-progress';

const large = 'sha256:1f2e3d4c5b6a';
const small = 'sha256:2a3b4c5d6e7f';

/** Written after https://docs.ollama.com/api/pull. */
const recording = [
  { status: 'pulling manifest' },
  { status: 'pulling 1f2e3d4c5b6a', digest: large, total: 1000 },
  { status: 'pulling 1f2e3d4c5b6a', digest: large, total: 1000, completed: 250 },
  { status: 'pulling 1f2e3d4c5b6a', digest: large, total: 1000, completed: 1000 },
  { status: 'pulling 2a3b4c5d6e7f', digest: small, total: 20, completed: 20 },
  { status: 'verifying sha256 digest' },
  { status: 'writing manifest' },
  { status: 'removing unused layers' },
  { status: 'success' },
]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join('');

const told: readonly PullProgress[] = [
  { step: 'preparing', completedBytes: 0, totalBytes: 0 },
  { step: 'downloading', percent: 0, completedBytes: 0, totalBytes: 1000 },
  { step: 'downloading', percent: 25, completedBytes: 250, totalBytes: 1000 },
  { step: 'downloading', percent: 99, completedBytes: 1000, totalBytes: 1000 },
  { step: 'checking', percent: 99, completedBytes: 1020, totalBytes: 1020 },
  { step: 'finishing', percent: 99, completedBytes: 1020, totalBytes: 1020 },
];

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

interface Pulled {
  readonly told: readonly PullProgress[];
  readonly end: PullEnd;
  readonly url: string;
  readonly init: RequestInit;
}

/** What becomes of these bytes, which come in these pieces; `isOpen`: the connection stays when all has come. */
async function pull(
  pieces: readonly (string | Uint8Array<ArrayBuffer>)[],
  {
    status = 200,
    isOpen = false,
    ...io
  }: Partial<ProviderIo> & { readonly status?: number; readonly isOpen?: boolean } = {},
): Promise<Pulled> {
  const seen: PullProgress[] = [];
  const request: { url: string; init: RequestInit } = { url: '', init: {} };
  const fetch: ProviderIo['fetch'] = (url, init) => {
    Object.assign(request, { url, init });
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        for (const piece of pieces) controller.enqueue(typeof piece === 'string' ? bytesOf(piece) : piece);
        if (!isOpen) controller.close();
      },
    });
    return Promise.resolve(new Response(body, { status }));
  };
  const end = await ollama.pullModel?.(
    'demo',
    anEndpoint({ baseUrl: 'http://127.0.0.1:1' }),
    anIo({ fetch, ...io }),
    (step) => seen.push(step),
  );
  if (!end) throw new Error('Ollama downloads models');
  return { told: seen, end, ...request };
}

describe('a download', () => {
  it('is asked for by name, with the key and the headers of its endpoint', async () => {
    const { url, init } = await pull([recording], { key: 'sk-1' });
    expect(url).toBe('http://127.0.0.1:1/api/pull');
    expect(init.method).toBe('POST');
    expect(init.body).toBe('{"model":"demo","stream":true}');
    expect(new Headers(init.headers).get('authorization')).toBe('Bearer sk-1');
  });

  it('is told of step by step, and of what has not changed nothing', async () => {
    const { told: seen, end } = await pull([recording.replaceAll('\n', '\n\n')]);
    expect(seen).toEqual(told);
    expect(end).toEqual({ isComplete: true });
  });

  it('is the same wherever its bytes are cut', async () => {
    const bytes = bytesOf(recording);
    for (let at = 0; at <= bytes.length; at += 1) {
      const { told: seen, end } = await pull([bytes.slice(0, at), bytes.slice(at)]);
      expect(seen, `cut at ${at}`).toEqual(told);
      expect(end).toEqual({ isComplete: true });
    }
    const each = Array.from(bytes, (byte) => new Uint8Array([byte]));
    expect((await pull(each)).told).toEqual(told);
  });

  it('is not whole at whatever byte it ends before its success', async () => {
    const bytes = bytesOf(recording);
    const whole = recording.lastIndexOf('}') + 1;
    for (let length = 0; length < whole; length += 1) {
      const { end, told: seen } = await pull([bytes.slice(0, length)]);
      expect(end, `ended after ${length}`).toEqual({
        isComplete: false,
        reason: 'cut',
        failure: { kind: 'network', host: '127.0.0.1:1', model: 'demo' },
      });
      expect(told.slice(0, seen.length)).toEqual(seen);
    }
    expect((await pull([bytes.slice(0, whole)])).end).toEqual({ isComplete: true });
  });

  it('ends with its success, though the connection stays, and the last line has no end', async () => {
    expect((await pull([recording.trimEnd()], { isOpen: true })).end).toEqual({ isComplete: true });
    expect((await pull([recording, recording], { isOpen: true })).told).toEqual(told);
  });

  it('that falls silent has been cut off', async () => {
    const { end } = await pull([recording.slice(0, 200)], { isOpen: true, silenceMs: 1 });
    expect(end).toMatchObject({ reason: 'cut' });
  });

  it('passes over a torn line, and one of words that nobody knows', async () => {
    const { told: seen, end } = await pull([
      recording.replace('{"status":"verifying', '{"status": "resting"}\n{"torn\n{"status":"verifying'),
    ]);
    expect(seen).toEqual(told);
    expect(end).toEqual({ isComplete: true });
  });

  it.each([
    ['pull model manifest: file does not exist', 'unknown-model'],
    ['write /root/.ollama/models/blobs/sha256-1f-partial: no space left on device', 'no-space'],
    ['max retries exceeded: write C:\\models\\x: There is not enough space on the disk.', 'no-space'],
    [
      'pull model manifest: Get "https://registry.ollama.ai/v2/": dial tcp: lookup registry.ollama.ai: no such host',
      'offline',
    ],
    ['max retries exceeded: unexpected EOF', 'offline'],
    [
      'pull model manifest: 412: The model you are attempting to pull requires a newer version of Ollama.',
      'old-server',
    ],
    ['digest mismatch, file must be downloaded again', 'other'],
  ])('that ends with the error "%s" is told as %s', async (error, reason) => {
    const line = `${JSON.stringify({ error })}\n`;
    const { end } = await pull([recording.slice(0, recording.indexOf('{"status":"verifying')), line]);
    expect(end).toMatchObject({ isComplete: false, reason, failure: { message: error.replaceAll(/\s+/g, ' ') } });
  });

  it.each([
    ['a name that is none', 400, '{"error":"invalid model name"}', 'unknown-model', 'model-not-found'],
    ['a server that refuses the origin', 403, '', 'other', 'origin-blocked'],
    ['a server that is no Ollama', 404, '404 page not found', 'other', 'not-found'],
    ['a server that fails', 500, '{"error":"open /root/.ollama: permission denied"}', 'other', 'server'],
    ['a web page', 200, '<!doctype html><p>Log in', 'other', 'not-an-api'],
    ['another API', 200, '{"hello":"world"}', 'other', 'not-an-api'],
    ['nothing', 200, '', 'cut', 'network'],
    ['a line without end', 200, '{'.repeat(70_000), 'cut', 'network'],
  ])('from %s is told as what it is', async (_what, status, body, reason, kind) => {
    const { end } = await pull([body], { status });
    expect(end).toMatchObject({ isComplete: false, reason, failure: { kind } });
  });

  it('that could not be asked for says why', async () => {
    const failure = { kind: 'permission', host: 'h', origin: 'http://h/*' } as const;
    const { end } = await pull([], { fetch: () => Promise.reject(new ChatError(failure)) });
    expect(end).toEqual({ isComplete: false, reason: 'other', failure });
  });

  it('rejects with the reason of its signal only', async () => {
    const stop = new AbortController();
    const pulling = pull([recording.slice(0, 100)], { isOpen: true, signal: stop.signal });
    stop.abort(new Error('cancelled'));
    await expect(pulling).rejects.toThrow('cancelled');
  });
});

describe('how far it is', () => {
  const layer = fastCheck.record({
    status: fastCheck.constantFrom('pulling 1', 'downloading'),
    digest: fastCheck.constantFrom('', 'a', 'b', 'c', 'd'),
    total: fastCheck.oneof(fastCheck.nat(), fastCheck.constant(undefined), fastCheck.constant('7')),
    completed: fastCheck.oneof(fastCheck.nat(), fastCheck.constant(undefined), fastCheck.constant(-1)),
  });

  it('never goes back, and is not all before the end, whatever sizes are told of and when', () => {
    fastCheck.assert(
      fastCheck.property(fastCheck.array(layer), (lines) => {
        const progressAfter = createPullProgress();
        let before = -1;
        for (const line of lines) {
          const { percent = before, completedBytes, totalBytes } = progressAfter(line);
          expect(percent).toBeGreaterThanOrEqual(before);
          expect(percent).toBeLessThanOrEqual(99);
          expect(completedBytes).toBeLessThanOrEqual(totalBytes);
          before = percent;
        }
      }),
    );
  });

  it('is the sum over all layers, the late one among them', () => {
    const progressAfter = createPullProgress();
    expect(progressAfter({ digest: 'a', total: 100, completed: 50 }).percent).toBe(50);
    // 50 of 200 would be less.
    expect(progressAfter({ digest: 'b', total: 100 })).toMatchObject({
      percent: 50,
      completedBytes: 50,
      totalBytes: 200,
    });
    expect(progressAfter({ digest: 'a', total: 100, completed: 100 }).percent).toBe(50);
    expect(progressAfter({ digest: 'b', total: 100, completed: 20 }).percent).toBe(60);
    // A part that has to be fetched again.
    expect(progressAfter({ digest: 'b', total: 100, completed: 10 })).toMatchObject({
      percent: 60,
      completedBytes: 110,
    });
  });
});

describe('over a real connection', () => {
  let server: DemoServer;
  beforeAll(async () => {
    server = await startDemoServer();
  });
  afterAll(() => server.close());

  async function pullReal(
    model: string,
    signal = new AbortController().signal,
    tell: (progress: PullProgress) => void = () => undefined,
  ) {
    const endpoint = anEndpoint({ baseUrl: `${server.url}/ollama-open` });
    return ollama.pullModel?.(model, endpoint, anIo({ signal }), tell);
  }
  const listed = async (): Promise<readonly string[]> =>
    (await ollama.listModels(anEndpoint({ baseUrl: `${server.url}/ollama-open` }), anIo())).map(({ id }) => id);

  it('a model is there when its download has ended, and not before', async () => {
    expect(await listed()).not.toContain('demo-pull-9-0:latest');
    expect(await pullReal('demo-pull-9-0')).toEqual({ isComplete: true });
    expect(await listed()).toContain('demo-pull-9-0:latest');
  });

  it('one that was cut off goes on when it is asked for again', async () => {
    const percents: (number | undefined)[] = [];
    const tell = ({ percent }: PullProgress): void => void percents.push(percent);
    expect(await pullReal('demo-pull-cut-after-40', undefined, tell)).toMatchObject({ reason: 'cut' });
    expect(await listed()).not.toContain('demo-pull-cut-after-40:latest');
    percents.splice(0);
    expect(await pullReal('demo-pull-cut-after-40', undefined, tell)).toEqual({ isComplete: true });
    expect(percents.find((percent) => percent !== undefined)).toBeGreaterThan(30);
  });

  it('Cancel closes the connection', async () => {
    const stop = new AbortController();
    const pulling = pullReal('demo-pull-stalls-after-5', stop.signal, ({ percent = 0 }) => {
      if (percent > 0) stop.abort(new Error('cancelled'));
    });
    await expect(pulling).rejects.toThrow('cancelled');
    const request = await server.waitForRequest(({ closedEarlyAt }) => closedEarlyAt !== undefined);
    expect(request.body).toEqual({ model: 'demo-pull-stalls-after-5', stream: true });
  });
});
