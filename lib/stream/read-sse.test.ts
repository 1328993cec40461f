import { describe, expect, it } from 'vitest';
import { cutAt, inRandomPieces, inSteps, readVectors, streamOf, vectorsAbsent } from '../../tests/vectors';
import { openBytes } from './byte-reader';
import type { SseItem } from './parse-sse';
import { readSse, type ReadSseOptions } from './read-sse';

interface FramingCase {
  readonly id: string;
  readonly bytes_b64: string;
  readonly also_cut_at?: readonly number[];
  readonly expect: {
    readonly events: readonly { readonly event: string; readonly data: string; readonly id?: string }[];
  };
}

const cases = readVectors<FramingCase>('sse-framing');
const randomCuts = process.env['AVA_FAULTS'] === 'all' ? 10_000 : 1000;
const firstSeed = Number(process.env['AVA_SEED'] ?? (Date.now() % 1_000_000) + 1);
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

async function read(pieces: Iterable<Uint8Array>, options: Partial<ReadSseOptions> = {}): Promise<readonly SseItem[]> {
  return Array.fromAsync(itemsOf(open(streamOf(pieces)), options));
}

/** Every message with data is progress, as it is to a reader that knows nothing of the data. */
async function* itemsOf(
  bytes: ReturnType<typeof openBytes>,
  options: Partial<ReadSseOptions> = {},
): AsyncGenerator<SseItem> {
  let messages = 0;
  const progress = (): number => messages;
  for await (const item of readSse(bytes, { until: (since) => since + 60_000, progress, ...options })) {
    if (item.type === 'message' && item.data !== '') messages += 1;
    yield item;
  }
}

const open = (body: ReadableStream<Uint8Array>): ReturnType<typeof openBytes> =>
  openBytes(body, new AbortController().signal);

function messagesOf(items: readonly SseItem[]): readonly Extract<SseItem, { type: 'message' }>[] {
  return items.filter((item) => item.type === 'message');
}

describe.skipIf(cases.length === 0)(
  `the public vectors of event streams${cases.length ? '' : ` (${vectorsAbsent})`}`,
  { timeout: 60_000 },
  () => {
    it.each(cases)(
      '$id is read as the standard says, however it is cut',
      async ({ bytes_b64, also_cut_at, expect: wanted }) => {
        const bytes = Buffer.from(bytes_b64, 'base64');
        const ways = [
          [bytes],
          inSteps(bytes, 1),
          inSteps(bytes, 2),
          inSteps(bytes, 3),
          cutAt(bytes, also_cut_at ?? []),
          ...(also_cut_at ?? []).map((place) => cutAt(bytes, [place])),
          ...Array.from({ length: Math.min(bytes.length, 200) }, (_, place) => cutAt(bytes, [place])),
        ];
        for (const pieces of ways) {
          const got = messagesOf(await read(pieces)).filter(({ terminated }) => terminated);
          expect(got.map(({ event, data }) => ({ event, data }))).toEqual(
            wanted.events.map(({ event, data }) => ({ event, data })),
          );
          for (const [at, { id }] of wanted.events.entries()) if (id !== undefined) expect(got[at]?.id).toBe(id);
        }
      },
    );

    it(`${randomCuts} random cuts make no difference (AVA_SEED=${firstSeed})`, async () => {
      for (let at = 0; at < randomCuts; at += 1) {
        const one = cases[at % cases.length];
        if (!one) break;
        const seed = firstSeed + at;
        const pieces = inRandomPieces(Buffer.from(one.bytes_b64, 'base64'), seed, 1 + (seed % 24));
        const got = messagesOf(await read(pieces)).filter(({ terminated }) => terminated);
        expect(
          got.map(({ event, data }) => [event, data]),
          `${one.id}, AVA_SEED=${seed}`,
        ).toEqual(one.expect.events.map(({ event, data }) => [event, data]));
      }
    });
  },
);

describe('readSse', () => {
  it('ends lines at LF, CR and CRLF only', async () => {
    const items = await read([encode('data: a\u2028b\u0085c\vd\fe\n\n')]);
    expect(messagesOf(items).map(({ data }) => data)).toEqual(['a\u2028b\u0085c\vd\fe']);
  });

  it('turns bytes that are no UTF-8 into U+FFFD and keeps all others', async () => {
    const bytes = Uint8Array.from([...encode('data: a'), 0xff, ...encode('b\n\n')]);
    for (const pieces of [[bytes], inSteps(bytes, 1)]) {
      expect(messagesOf(await read(pieces))[0]?.data).toBe('a\ufffdb');
    }
  });

  it('takes off one byte order mark, not the same three characters written as text', async () => {
    expect(
      messagesOf(await read([encode('\u00ef\u00bb\u00bfdata: a\n\ndata: b\n\n')])).map(({ data }) => data),
    ).toEqual(['b']);
  });

  it('gives a line of no known field whole, however it is cut', async () => {
    const bytes = encode('data: a\n\nerror: {"message":"ö"}\n\nx');
    for (const pieces of [[bytes], inSteps(bytes, 1), inSteps(bytes, 7)]) {
      const lines = (await read(pieces)).filter((item) => item.type === 'line');
      expect(lines.map(({ text }) => text)).toEqual(['error: {"message":"ö"}', 'x']);
    }
  });

  it('says of the last event that its blank line did not come', async () => {
    const items = messagesOf(await read([encode('data: a\n\ndata: b')]));
    expect(items.map(({ data, terminated }) => [data, terminated])).toEqual([
      ['a', true],
      ['b', false],
    ]);
  });

  it.each(['\n', '\r', '\r\n'])(
    'reads one newline (%j) per event live when asked to, and JSON over many lines whole',
    async (newline) => {
      const lines = [
        'data: {"a":1}',
        'data: {"a":2}',
        'data: [DONE]',
        '',
        'data: {"b":',
        'data: {"c":1}',
        'data: }',
        '',
        '',
      ];
      const bytes = encode(lines.join(newline));
      for (const pieces of [[bytes], inSteps(bytes, 1), inSteps(bytes, 3)]) {
        const found = messagesOf(await read(pieces, { splitJsonLines: true })).map(({ data }) => data);
        // A carriage return at the end of a piece may leave two values in one event.
        expect(found.join('\n')).toBe('{"a":1}\n{"a":2}\n[DONE]\n{"b":\n{"c":1}\n}');
      }
      const whole = messagesOf(await read([bytes], { splitJsonLines: true })).map(({ data }) => data);
      expect(whole).toEqual(['{"a":1}', '{"a":2}', '[DONE]', '{"b":\n{"c":1}\n}']);
    },
  );

  it('ends at a line over the limit, also a comment, and at an event over it, and keeps what came before', async () => {
    const long = 'x'.repeat(60);
    const lines = [`data: ${long}`, `: ${long}`, long, `data: ${long}\n\n`, `data: ${long.slice(0, 30)}\n`.repeat(4)];
    for (const text of lines) {
      const bytes = encode(`data: a\n\n${text}`);
      for (const pieces of [[bytes], inSteps(bytes, 10), inSteps(bytes, 1)]) {
        const items = await read(pieces, { maxLineCharacters: 50 });
        expect(items.map((item) => (item.type === 'message' ? item.data : item))).toEqual([
          'a',
          { type: 'end', reason: 'too-long' },
        ]);
      }
    }
  });

  it('falls silent when comments are all that comes after the first message', async () => {
    let timer: ReturnType<typeof setInterval> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(encode('data: a\n\n'));
        timer = setInterval(() => controller.enqueue(encode(': ping\n\n')), 5);
      },
      cancel: () => clearInterval(timer),
    });
    const items = await Array.fromAsync(itemsOf(open(body), { until: (since) => since + 40 }));
    expect(items.map(({ type }) => type)).toEqual(['message', 'end']);
    expect(items.at(-1)).toEqual({ type: 'end', reason: 'silent' });
  });

  it('falls silent also when comments come without a pause', async () => {
    const started = performance.now();
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          if (performance.now() - started > 2000) controller.error(new Error('still read after two seconds'));
          else controller.enqueue(encode(': ping\n\n'));
        },
      },
      { highWaterMark: 0 },
    );
    const bytes = open(body);
    bytes.unread([encode('data: a\n\n')]);
    const items = await Array.fromAsync(itemsOf(bytes, { until: (since) => since + 30 }));
    expect(items.at(-1)).toEqual({ type: 'end', reason: 'silent' });
  });

  it('does not call a message silent that grows, however long it takes', async () => {
    const pieces = ['data: a\n\n', 'data: ', ...Array.from({ length: 12 }, () => 'b'), '\n', 'data: c\n', '\n'];
    const rest = pieces[Symbol.iterator]();
    const body = new ReadableStream<Uint8Array>(
      {
        async pull(controller) {
          const next = rest.next();
          if (next.done) return controller.close();
          await new Promise((resolve) => void setTimeout(resolve, 20));
          controller.enqueue(encode(next.value));
        },
      },
      { highWaterMark: 0 },
    );
    const items = await Array.fromAsync(itemsOf(open(body), { until: (since) => since + 200 }));
    expect(messagesOf(items).map(({ data }) => data)).toEqual(['a', `${'b'.repeat(12)}\nc`]);
    expect(items.at(-1)).toEqual({ type: 'end', reason: 'end' });
  });

  it('waits for the first message longer than for the next ones', async () => {
    let send: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (send = controller) });
    const until = (since: number): number => (hasBegun ? since + 10 : Number.POSITIVE_INFINITY);
    let hasBegun = false;
    const items = itemsOf(open(body), { until });
    setTimeout(() => send?.enqueue(encode('data: a\n\n')), 60);
    expect((await items.next()).value).toMatchObject({ type: 'message', data: 'a' });
    hasBegun = true;
    expect((await items.next()).value).toEqual({ type: 'end', reason: 'silent' });
  });

  it('gives what was whole when the transport breaks, and says so', async () => {
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(encode('data: a\n\ndata: b'));
        controller.error(new TypeError('reset'));
      },
    });
    const items = await Array.fromAsync(itemsOf(open(body)));
    expect(items.at(-1)).toEqual({ type: 'end', reason: 'broken' });
  });

  it('lets the body go and rejects with the reason when it is aborted in the middle of a read', async () => {
    const cancelled = Promise.withResolvers<void>();
    const body = new ReadableStream<Uint8Array>({ cancel: () => cancelled.resolve() });
    const controller = new AbortController();
    const next = itemsOf(openBytes(body, controller.signal)).next();
    controller.abort(new Error('stopped'));
    await expect(next).rejects.toThrow('stopped');
    await cancelled.promise;
  });

  it('lets the body go when the reader wants no more', async () => {
    const cancelled = Promise.withResolvers<void>();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(encode('data: a\n\n')),
      cancel: () => cancelled.resolve(),
    });
    for await (const item of itemsOf(open(body))) {
      expect(item.type).toBe('message');
      break;
    }
    await cancelled.promise;
  });
});
