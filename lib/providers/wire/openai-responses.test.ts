import { describe, expect, it } from 'vitest';
import { anEndpoint, anIo, aRequest, outcomeOf, type Outcome } from '@/tests/support/build-requests';
import { openaiResponses } from '@/tests/support/providers';
import type { Endpoint, StreamPart } from '../provider';

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  readonly key: string | null;
}

type Answer = () => Response | Promise<Response>;

/** A vendor that gives these answers in their order, and then nothing but failures of the network. */
function vendor(...answers: readonly Answer[]) {
  const rest = [...answers];
  const sent: Sent[] = [];
  const fetch = async (url: string, { method = 'GET', body, headers }: RequestInit): Promise<Response> => {
    const { pathname, search } = new URL(url);
    const fields: unknown = typeof body === 'string' ? JSON.parse(body) : undefined;
    sent.push({ method, path: pathname + search, body: fields, key: new Headers(headers).get('authorization') });
    const answer = rest.shift();
    if (!answer) throw new TypeError('network');
    return answer();
  };
  return { sent, fetch };
}

const background = { body: { background: true } };
let sequence = 0;
const event = (type: string, fields: object = {}): string =>
  `data: ${JSON.stringify({ type, sequence_number: (sequence += 1), ...fields })}\n\n`;
const created = (isBackground = true): string => {
  sequence = -1;
  return event('response.created', { response: { id: 'resp_1', status: 'queued', background: isBackground } });
};
const text = (delta: string): string => event('response.output_text.delta', { delta });
const completed = (): string => {
  const output = [{ type: 'message', content: [{ type: 'output_text', text: 'Hello, world.' }] }];
  return event('response.completed', { response: { id: 'resp_1', status: 'completed', model: 'm', output } });
};
const stream = (body: string): Response => new Response(body);
const brokenStream = (body: string): Response =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(body));
      },
      pull: (controller) => controller.error(new TypeError('reset')),
    }),
  );

function ask(fetch: ReturnType<typeof vendor>['fetch'], endpoint: Partial<Endpoint> = background): Promise<Outcome> {
  const io = anIo({ fetch, key: 'k' });
  return outcomeOf(openaiResponses.stream(aRequest(), anEndpoint(endpoint), io));
}

describe('Responses', () => {
  it('asks that nothing is kept, with the system prompt as instructions', async () => {
    const { sent, fetch } = vendor(() => stream(created(false) + text('Hello, world.') + completed()));
    const messages = [
      { role: 'system', content: 'Be short.' },
      { role: 'user', content: 'Hello?' },
    ] as const;
    const request = aRequest({ messages, maxTokens: 90 });
    await outcomeOf(openaiResponses.stream(request, anEndpoint(), anIo({ fetch, key: 'k' })));
    expect(sent).toEqual([
      {
        method: 'POST',
        path: '/v1/responses',
        key: 'Bearer k',
        body: {
          model: 'm',
          instructions: 'Be short.',
          input: [{ role: 'user', content: 'Hello?' }],
          stream: true,
          store: false,
          max_output_tokens: 90,
        },
      },
    ]);
  });

  it('asks for no fewer tokens than the vendor takes', async () => {
    const { sent, fetch } = vendor(() => stream(created(false) + text('Hello, world.') + completed()));
    await outcomeOf(openaiResponses.stream(aRequest({ maxTokens: 1 }), anEndpoint(), anIo({ fetch, key: 'k' })));
    expect(sent[0]?.body).toMatchObject({ max_output_tokens: 16 });
  });

  it('joins a reply in the background again behind its last event, as often as that brings something', async () => {
    const { sent, fetch } = vendor(
      () => stream(created() + text('Hel')),
      () => brokenStream(text('lo, ')),
      () => stream(text('world.') + completed()),
    );
    expect(await ask(fetch)).toMatchObject({ text: 'Hello, world.', ending: 'complete' });
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /v1/responses',
      'GET /v1/responses/resp_1?stream=true&starting_after=1',
      'GET /v1/responses/resp_1?stream=true&starting_after=2',
    ]);
    expect(sent[0]?.body).toMatchObject({ background: true, store: true });
    expect(sent[2]?.key).toBe('Bearer k');
  });

  it('joins one that broke before its first word', async () => {
    const { fetch } = vendor(
      () => brokenStream(created()),
      () => stream(text('Hello') + completed()),
    );
    expect(await ask(fetch)).toMatchObject({ text: 'Hello', ending: 'complete' });
  });

  it('tells nothing twice that the last event repeats', async () => {
    const { fetch } = vendor(
      () => stream(created() + text('Hello, world.')),
      () => stream(completed()),
    );
    expect(await ask(fetch)).toMatchObject({ text: 'Hello, world.', ending: 'complete' });
  });

  it('is cut after a few tries when it is not to be had again, and keeps what has come', async () => {
    const gone = (): Response => new Response('{"error":{"message":"not found"}}', { status: 404 });
    const { sent, fetch } = vendor(() => stream(created() + text('Hello')), gone);
    expect(await ask(fetch)).toMatchObject({ text: 'Hello', ending: 'cut' });
    expect(sent.length).toBe(4);
  }, 20_000);

  it('is cut at once where the vendor does not go on without us', async () => {
    const { sent, fetch } = vendor(() => stream(created(false) + text('Hello')));
    expect(await ask(fetch, {})).toMatchObject({ text: 'Hello', ending: 'cut' });
    expect(sent.length).toBe(1);
  });

  it('joins nothing behind an error or an end', async () => {
    const failed = vendor(() => stream(created() + text('Hello') + event('error', { code: 'x', message: 'Boom' })));
    expect(await ask(failed.fetch)).toMatchObject({ text: 'Hello', failure: { kind: 'server', message: 'Boom' } });
    const cancelled = vendor(() => stream(created() + event('response.cancelled', { response: { id: 'resp_1' } })));
    expect(await ask(cancelled.fetch)).toMatchObject({ text: '', ending: 'cut' });
    expect([failed.sent.length, cancelled.sent.length]).toEqual([1, 1]);
  });

  it('is cancelled at the vendor, too, when it is stopped', async () => {
    const controller = new AbortController();
    const open = new ReadableStream<Uint8Array>({
      start: (body) => body.enqueue(new TextEncoder().encode(created() + text('Hello'))),
    });
    const { sent, fetch } = vendor(
      () => new Response(open),
      () => new Response('{}'),
    );
    const io = anIo({ fetch, key: 'k', signal: controller.signal });
    const parts: StreamPart[] = [];
    const reading = (async () => {
      for await (const part of openaiResponses.stream(aRequest(), anEndpoint(background), io)) {
        parts.push(part);
        controller.abort(new Error('stopped'));
      }
    })();
    await expect(reading).rejects.toThrow('stopped');
    expect(parts).toEqual([{ type: 'text', text: 'Hello' }]);
    expect(sent[1]).toMatchObject({ method: 'POST', path: '/v1/responses/resp_1/cancel', key: 'Bearer k' });
  });
});
