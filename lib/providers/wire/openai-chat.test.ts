import { describe, expect, it } from 'vitest';
import { inSteps, streamOf } from '../../../tests/vectors';
import { anEndpoint, anIo, aRequest, outcomeOf, textEvent, type Outcome } from '@/tests/support/build-requests';
import { openai, openaiCompatible } from '@/tests/support/providers';

import type { Endpoint, ModelRequest, ProviderIo } from '../provider';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const choice = (fields: Readonly<Record<string, unknown>>): string => event({ choices: [{ index: 0, ...fields }] });
const stop = choice({ delta: {}, finish_reason: 'stop' });
const done = 'data: [DONE]\n\n';

/** The outcome of a reply, which must be the same whole and byte by byte. */
async function outcomeOfReply(
  text: string,
  init: ResponseInit = {},
  endpoint: Partial<Endpoint> = {},
): Promise<Outcome> {
  const read = (size: number): Promise<Outcome> => {
    const response = new Response(streamOf(inSteps(encode(text), size)), init);
    const io = anIo({ fetch: () => Promise.resolve(response) });
    return outcomeOf(openaiCompatible.stream(aRequest(), anEndpoint(endpoint), io));
  };
  const whole = await read(Math.max(1, encode(text).length));
  expect(await read(1)).toEqual(whole);
  return whole;
}

async function sentBy(
  request: Partial<ModelRequest>,
  endpoint: Partial<Endpoint>,
  io: Partial<ProviderIo> = {},
  provider = openaiCompatible,
): Promise<{
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly method?: string | undefined;
}> {
  const sent = Promise.withResolvers<{ url: string; headers: Headers; body: unknown; method?: string | undefined }>();
  const fetch: ProviderIo['fetch'] = (url, init) => {
    const body = typeof init.body === 'string' ? (JSON.parse(init.body) as unknown) : undefined;
    sent.resolve({ url, headers: new Headers(init.headers), body, method: init.method });
    return Promise.resolve(new Response(done));
  };
  await outcomeOf(provider.stream(aRequest(request), anEndpoint(endpoint), anIo({ fetch, ...io })));
  return sent.promise;
}

describe('a request of the OpenAI wire', () => {
  it('asks for a stream with its usage, and carries the key', async () => {
    const sent = await sentBy({ temperature: 0.2, maxTokens: 9 }, { baseUrl: 'http://127.0.0.1:1/v1' }, { key: 'k1' });
    expect(sent).toMatchObject({ url: 'http://127.0.0.1:1/v1/chat/completions', method: 'POST' });
    expect(sent.body).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'Hello?' }],
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.2,
      max_tokens: 9,
    });
    expect(Object.fromEntries(sent.headers)).toEqual({
      authorization: 'Bearer k1',
      'content-type': 'application/json',
    });
  });

  it("leaves the last word to the endpoint's headers and body", async () => {
    const headers = { authorization: 'Basic x', 'X-Team': 'a' };
    const sent = await sentBy({}, { headers, body: { model: 'other', top_p: 1 } }, { key: 'k1' });
    expect(sent.body).toMatchObject({ model: 'other', top_p: 1, stream: true });
    expect(sent.headers.get('authorization')).toBe('Basic x');
    expect(sent.headers.get('x-team')).toBe('a');
  });

  it('asks for one JSON reply where streams are not wanted, and sends no key where there is none', async () => {
    const sent = await sentBy({}, { unstreamed: true });
    expect(sent.body).toEqual({ model: 'm', messages: [{ role: 'user', content: 'Hello?' }], stream: false });
    expect(sent.headers.has('authorization')).toBe(false);
  });

  it("names the limit of tokens as OpenAI's newer models do", async () => {
    const sent = await sentBy({ maxTokens: 9 }, {}, { key: 'k' }, openai);
    expect(sent.body).toMatchObject({ max_completion_tokens: 9 });
  });

  it.each([
    ['auth', { key: 'naïve…key' }, {}],
    ['bad-request', {}, { headers: { 'no header': 'x' } }],
    ['bad-request', {}, { headers: { a: 'line\nbreak' } }],
  ])('is not sent and fails with %s when a header cannot carry %j %j', async (kind, io, endpoint) => {
    const outcome = await outcomeOf(openaiCompatible.stream(aRequest(), anEndpoint(endpoint), anIo(io)));
    expect(outcome.failure?.kind).toBe(kind);
  });

  it('is not sent without a model', async () => {
    const outcome = await outcomeOf(openaiCompatible.stream(aRequest({ model: '' }), anEndpoint(), anIo()));
    expect(outcome.failure?.kind).toBe('no-model');
  });
});

describe('a reply of the OpenAI wire', () => {
  const text = (content: unknown): string => choice({ delta: { content } });

  it.each<readonly [string, string, Partial<Outcome>]>([
    [
      'parts as content',
      text([
        { type: 'text', text: 'a' },
        { type: 'thinking', thinking: [{ type: 'text', text: 'b' }] },
      ]),
      { text: 'a', thinking: 'b' },
    ],
    ['null content', text(null) + text('a'), { text: 'a' }],
    ['a choice without delta', choice({}) + text('a'), { text: 'a' }],
    [
      'a second choice',
      event({
        choices: [
          { index: 1, delta: { content: 'x' } },
          { index: 0, delta: { content: 'a' } },
        ],
      }),
      { text: 'a' },
    ],
    [
      'only a second choice',
      text('a') + event({ choices: [{ index: 1, delta: { content: 'x' }, finish_reason: 'length' }] }),
      { text: 'a' },
    ],
    [
      'no choices, first and last',
      event({ choices: [] }) + text('a') + event({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 2 } }),
      { text: 'a' },
    ],
    [
      'foreign objects',
      event({ type: 'ping' }) +
        event(null) +
        event(7) +
        event([1]) +
        'data: {"__proto__":{"choices":[{"delta":{"content":"x"}}]}}\n\n' +
        text('a'),
      { text: 'a' },
    ],
    ['an empty finish reason', choice({ delta: { content: 'a' }, finish_reason: '' }), { text: 'a' }],
    ['reasoning_content', choice({ delta: { reasoning_content: 'b' } }) + text('a'), { text: 'a', thinking: 'b' }],
    [
      'reasoning under two names',
      choice({ delta: { reasoning: 'b', reasoning_content: 'b' } }) + text('a'),
      { text: 'a', thinking: 'b' },
    ],
    ['thinking inside the text', text('<th') + text('ink>b</thi') + text('nk>a'), { text: 'a', thinking: 'b' }],
    ['the thinking tag later on', text('a <think>b</think>'), { text: 'a <think>b</think>' }],
    ['a start like the tag', text(' <thi') + text('s>'), { text: ' <this>' }],
    ['a tag cut off by the end', text('<thin'), { text: '<thin' }],
    [
      'a surrogate pair over two deltas',
      'data: {"choices":[{"delta":{"content":"\\ud83d"}}]}\n\ndata: {"choices":[{"delta":{"content":"\\ude00"}}]}\n\n',
      { text: '😀' },
    ],
    ['the answer talking about the sentinel', text('data: [DONE]\n\n') + text('a'), { text: 'data: [DONE]\n\na' }],
    ['one newline per event', (text('a') + text('b')).replaceAll('\n\n', '\n'), { text: 'ab' }],
    ['JSON over many lines', 'data: {"choices":\ndata: [{"delta":{"content":"a"}}]}\n\n', { text: 'a' }],
    ['comments and empty data', ': OPENROUTER PROCESSING\n\ndata:\n\n' + text('a'), { text: 'a' }],
    [
      'the whole answer again in the last frame',
      text('a') + event({ choices: [{ index: 0, message: { content: 'a' } }] }),
      { text: 'a' },
    ],
  ])('%s', async (_, body, wanted) => {
    expect(await outcomeOfReply(body + stop + done)).toMatchObject({ ending: 'complete', ...wanted });
    expect(await outcomeOfReply(body)).toMatchObject({ ending: 'cut', ...wanted });
  });

  it.each([
    ['length', 'length'],
    ['max_tokens', 'length'],
    ['content_filter', 'filtered'],
    ['SAFETY', 'filtered'],
    ['refusal', 'refused'],
    ['tool_calls', 'tool-calls'],
    ['eos', 'complete'],
    ['constructor', 'complete'],
    ['abort', 'cut'],
  ])('the finish reason %s is the ending %s, and nothing after it counts', async (reason, ending) => {
    const after = text('more') + event({ error: { message: 'too late' } });
    const outcome = await outcomeOfReply(
      text('a') + choice({ delta: { content: 'b' }, finish_reason: reason }) + after,
    );
    expect(outcome).toEqual({ text: 'ab', thinking: '', served: '', ending });
  });

  it('tool calls that nobody asked for end as such, whatever the finish reason says', async () => {
    const call = choice({ delta: { tool_calls: [{ index: 0, function: { name: 'x', arguments: '{}' } }] } });
    expect(await outcomeOfReply(call + stop + done)).toMatchObject({ ending: 'tool-calls', text: '' });
  });

  it('a refusal shows its words', async () => {
    const refusal = choice({ delta: { refusal: 'I cannot.' } });
    expect(await outcomeOfReply(refusal + stop)).toMatchObject({ ending: 'refused', text: 'I cannot.' });
  });

  it('usage and the model that served are told, also after the finish', async () => {
    const usage = { prompt_tokens: 3, completion_tokens: 5, completion_tokens_details: { reasoning_tokens: 2 } };
    const body =
      event({ model: 'real', choices: [{ delta: { content: 'a' } }] }) + stop + event({ choices: [], usage });
    expect(await outcomeOfReply(body)).toEqual({
      text: 'a',
      thinking: '',
      served: 'real',
      ending: 'complete',
      usage: { inputTokens: 3, outputTokens: 5, reasoningTokens: 2 },
    });
  });

  it.each<readonly [string, string, string, string | undefined]>([
    ['an error before the sentinel', event({ error: { message: 'Boom', code: 503 } }), 'overloaded', 'Boom'],
    [
      'a flat error object',
      event({ object: 'error', message: 'Boom', type: 'BadRequestError', code: 400 }),
      'bad-request',
      'Boom',
    ],
    ['a bare text as error', event({ error: 'Boom' }), 'server', 'Boom'],
    ["llama.cpp's error field", 'error: {"code":500,"message":"Boom"}\n\n', 'server', 'Boom'],
    [
      'event: error, nested',
      `event: error\n${event({ error: { type: 'rate_limit_exceeded', message: 'Boom' } })}`,
      'rate-limit',
      'Boom',
    ],
    ['event: error, flat', `event: error\n${event({ message: 'Boom' })}`, 'server', 'Boom'],
    ['event: error, no JSON', 'event: error\ndata: Boom\n\n', 'server', 'Boom'],
    [
      'an error with choices',
      event({ error: { code: 429, message: 'Boom' }, choices: [{ delta: { content: '' }, finish_reason: 'error' }] }),
      'rate-limit',
      'Boom',
    ],
    ['a list around an error', event([{ error: { code: 400, message: 'Boom' } }]), 'bad-request', 'Boom'],
    ['the finish reason error', choice({ delta: {}, finish_reason: 'error' }), 'server', undefined],
    [
      "the provider's own reason",
      choice({ delta: {}, finish_reason: 'stop', native_finish_reason: 'network_error' }),
      'server',
      undefined,
    ],
    ['an error in a tail without blank line', 'data: {"error":{"message":"Boom"}}', 'server', 'Boom'],
    ['a sentence of JSON in JSON', event({ error: { message: '{"error":{"message":"Boom"}}' } }), 'server', 'Boom'],
  ])('%s keeps the text and fails', async (_, frame, kind, message) => {
    const outcome = await outcomeOfReply(text('<thi') + frame + (frame.endsWith('\n\n') ? done : ''));
    expect(outcome.failure?.kind).toBe(kind);
    expect(outcome.failure?.message).toBe(message);
    expect(outcome.text).toBe('<thi');
    expect(outcome.ending).toBeUndefined();
  });

  it.each([
    ['nothing more', ''],
    ['a sentinel with more behind it', 'data: [DONE]x\n\n'],
    ['a sentinel inside data', 'data: [DONE]\ndata: {"x":1}\n\n'],
    ['a torn event', 'data: {"choices":[{"delta":{"content":"lost'],
    ['a broken event before the sentinel', 'data: {"choices":[{"delta":{"content":"lost"}]\n\ndata: [DONE]\n\n'],
    ['null and empty errors only', event({ error: null, choices: [] }) + event({ error: {}, choices: [] })],
  ])('%s after the text is a cut', async (_, tail) => {
    expect(await outcomeOfReply(text('a') + tail)).toEqual({ text: 'a', thinking: '', served: '', ending: 'cut' });
  });

  it('the sentinel counts without the blank line, and the last event when it is complete JSON', async () => {
    expect(await outcomeOfReply(`${text('a')}data: [DONE]`)).toMatchObject({ ending: 'complete' });
    expect(await outcomeOfReply(text('a') + stop.trimEnd())).toMatchObject({ ending: 'complete' });
  });

  it('a well-formed reply without text is complete, and the engine calls it empty', async () => {
    expect(await outcomeOfReply(stop + done)).toMatchObject({ ending: 'complete', text: '' });
  });
});

const json = (value: unknown): string => JSON.stringify(value, null, 2);

describe('what is no stream', () => {
  const reply = {
    model: 'r',
    choices: [{ index: 0, message: { content: 'a', reasoning_content: 'b' }, finish_reason: 'length' }],
  };

  it.each([
    ['one JSON reply', json(reply), 'application/json', { text: 'a', thinking: 'b', ending: 'length', served: 'r' }],
    ['one JSON reply called a stream', `\n\n${json(reply)}`, 'text/event-stream', { text: 'a', ending: 'length' }],
    ['a stream called JSON', textEvent('a') + done, 'application/json', { text: 'a', ending: 'complete' }],
    [
      'JSON line by line',
      ['a', 'b'].map((content) => JSON.stringify({ choices: [{ delta: { content } }] })).join('\n'),
      'application/json',
      { text: 'ab', ending: 'cut' },
    ],
    [
      'one JSON reply without a finish reason',
      json({ choices: [{ message: { content: 'a' } }] }),
      'application/json',
      { text: 'a', ending: 'complete' },
    ],
    ['half a JSON reply', json(reply).slice(0, -30), 'application/json', { text: '', ending: 'cut' }],
  ])('%s', async (_, body, type, wanted) => {
    expect(await outcomeOfReply(body, { headers: { 'content-type': type } })).toMatchObject(wanted);
  });

  it.each([
    ['an empty 200', '', 'empty-reply', undefined],
    ['blank lines', '\n \r\n', 'empty-reply', undefined],
    ['a web page', ' <!doctype html><title>Just a moment...</title>', 'not-an-api', undefined],
    ['some other JSON', '{"status":"ok"}', 'not-an-api', undefined],
    ['JSON with words', '{"note":"x","message":"Welcome"}', 'not-an-api', 'Welcome'],
    ['an error with status 200', '{"error":{"message":"No money","code":402}}', 'billing', 'No money'],
    ['events of another API', 'event: message_start\ndata: {"type":"message_start"}\n\n', 'not-an-api', undefined],
    ['plain text', 'It works!', 'not-an-api', 'It works!'],
  ])('%s', async (_, body, kind, message) => {
    const outcome = await outcomeOfReply(body, {
      headers: { 'content-type': 'text/event-stream', 'x-request-id': 'r1' },
    });
    expect(outcome).toMatchObject({ text: '', failure: { kind, requestId: 'r1', host: '127.0.0.1:1' } });
    expect(outcome.failure?.message).toBe(message);
  });

  it('a 204', async () => {
    const io = anIo({ fetch: () => Promise.resolve(new Response(null, { status: 204 })) });
    const outcome = await outcomeOf(openaiCompatible.stream(aRequest(), anEndpoint(), io));
    expect(outcome.failure).toMatchObject({ kind: 'empty-reply', status: 204 });
  });
});
