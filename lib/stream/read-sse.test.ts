import { describe, expect, it } from 'vitest';
import { cutAt, inRandomPieces, inSteps, readVectors, streamOf, vectorsAbsent } from '../../tests/vectors';
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
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

async function read(pieces: Iterable<Uint8Array>, options: Partial<ReadSseOptions> = {}): Promise<readonly SseItem[]> {
  const body = streamOf(pieces);
  return Array.fromAsync(readSse(body, { silenceMs: () => 60_000, ...options }, new AbortController().signal));
}

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
          ...Array.from({ length: 20 }, (_, seed) => inRandomPieces(bytes, seed + 1, 9)),
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

  it('refuses a line over the limit, also a comment, and an event over it', async () => {
    const long = 'x'.repeat(60);
    for (const text of [`data: ${long}`, `: ${long}`, long, `data: ${long.slice(0, 30)}\n`.repeat(4)]) {
      const reading = read(inSteps(encode(text), 10), { maxLineCharacters: 50 });
      await expect(reading).rejects.toMatchObject({ failure: { kind: 'too-much-data' } });
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
    const items = await Array.fromAsync(readSse(body, { silenceMs: () => 40 }, new AbortController().signal));
    expect(items.map(({ type }) => type)).toEqual(['message', 'silence']);
  });

  it('waits for the first message longer than for the next ones', async () => {
    let send: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (send = controller) });
    const items = readSse(body, { silenceMs: () => 10 }, new AbortController().signal);
    setTimeout(() => send?.enqueue(encode('data: a\n\n')), 60);
    expect((await items.next()).value).toMatchObject({ type: 'message', data: 'a' });
    expect((await items.next()).value).toEqual({ type: 'silence' });
  });

  it('lets the body go and rejects with the reason when it is aborted in the middle of a read', async () => {
    const cancelled = Promise.withResolvers<void>();
    const body = new ReadableStream<Uint8Array>({ cancel: () => cancelled.resolve() });
    const controller = new AbortController();
    const next = readSse(body, { silenceMs: () => 60_000 }, controller.signal).next();
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
    for await (const item of readSse(body, { silenceMs: () => 60_000 }, new AbortController().signal)) {
      expect(item.type).toBe('message');
      break;
    }
    await cancelled.promise;
  });
});
