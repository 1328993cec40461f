// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import type { Reply } from '@/lib/chat/types';
import { onDeviceAddress } from '@/lib/providers/provider';
import type { SentRecord, SentRequest } from '@/lib/store/sent';
import type { Settings } from '@/lib/store/settings';
import { makeQuestion, makeReply, readySettings, startPanel } from '../testing/start-panel';
import { SentButton } from './sent-button';
import { tokensPerSecond } from './tokens-per-second';

afterEach(() => {
  cleanup();
  document.querySelector('dialog')?.close();
});

function request(rest: Partial<SentRequest> = {}): SentRequest {
  return {
    at: new Date(2026, 10, 24, 18, 2, 11).getTime(),
    method: 'POST',
    url: 'https://api.example.com/v1/chat/completions',
    headers: [
      ['authorization', 'Bearer •••4fQ2'],
      ['content-type', 'application/json'],
    ],
    body: { start: '{"model":"m","messages":[]}', left: 0, end: '' },
    status: 200,
    requestId: 'req-1',
    headersMs: 210,
    firstTokenMs: 412,
    endMs: 2412,
    bytesOut: 27,
    bytesIn: 50_000,
    usage: { inputTokens: 1000, outputTokens: 126 },
    frames: { start: '', left: 17_232, end: 'data: [DONE]' },
    ...rest,
  };
}

interface OpenOptions {
  readonly requests?: readonly SentRequest[];
  readonly dropped?: number;
  readonly record?: SentRecord | null;
  readonly settings?: Settings;
  readonly reply?: Partial<Reply>;
}

async function open({ requests = [request()], dropped = 0, settings = readySettings, ...more }: OpenOptions = {}) {
  const reply = makeReply(more.reply);
  const started = startPanel({ messages: [makeQuestion(), reply], settings });
  await waitFor(() => expect(started.panel.thread.messages.value).toHaveLength(2));
  await waitFor(() => expect(started.panel.models.settings.value).toBeDefined());
  render(<SentButton reply={reply} panel={started.panel} />);
  const button = screen.getByRole('button', { name: 'What was sent' });
  button.focus();
  fireEvent.click(button);
  await waitFor(() =>
    expect(started.sentOf('read-sent')).toEqual([{ type: 'read-sent', conversationId: 'c1', messageId: 'r1' }]),
  );
  const record = more.record === undefined ? { v: 1 as const, requests, dropped } : more.record;
  started.reply({ type: 'sent', messageId: 'r1', record, failure: null });
  return { ...started, button, dialog: await screen.findByRole('dialog', { name: 'What was sent' }) };
}

const fact = (name: string): string | undefined =>
  [...document.querySelectorAll('dt')].find(({ textContent }) => textContent === name)?.nextElementSibling?.textContent;

describe('what was sent', () => {
  test('is the request, its headers, its body as people read it, and when what came', async () => {
    await open();
    expect(await screen.findByRole('heading', { name: 'POST api.example.com/v1/chat/completions' })).toBeTruthy();
    expect(screen.getByText('200 · first token 412 ms · 63 tokens/s')).toBeTruthy();
    expect(fact('Headers came')).toBe('after 210 ms');
    expect(fact('First token')).toBe('after 412 ms');
    expect(fact('End')).toBe('after 2.4 sec');
    expect(fact('Tokens')).toBe('1,000 in · 126 out');
    expect(fact('Bytes')).toBe('27 bytes out · 50 kB in');
    expect(fact('Request ID')).toBe('req-1');
    const [headers, body] = document.querySelectorAll('.sent pre');
    expect(headers?.textContent).toBe('authorization: Bearer •••4fQ2\ncontent-type: application/json');
    expect(body?.textContent).toBe('{\n  "model": "m",\n  "messages": []\n}');
  });

  test('has no cost without a price, and one with it', async () => {
    await open();
    await screen.findByText(/^200/u);
    expect(fact('Cost')).toBeUndefined();
    cleanup();
    document.querySelector('dialog')?.close();
    const model = makeReply().model.model;
    await open({ settings: { ...readySettings, prices: [{ model, input: 3, output: 15 }] } });
    await waitFor(() => expect(fact('Cost')).toBe('0.00489 by your prices'));
  });

  test('parts are copied as they are shown', async () => {
    const { calls } = await open();
    fireEvent.click(await screen.findByRole('button', { name: 'Copy: Headers' }));
    fireEvent.click(screen.getByRole('button', { name: 'Copy: Body' }));
    expect(calls).toEqual([
      'copy authorization: Bearer •••4fQ2\ncontent-type: application/json',
      'copy {\n  "model": "m",\n  "messages": []\n}',
    ]);
  });

  test('what came is drawn on demand, and says how much of it is there', async () => {
    const { calls } = await open();
    await screen.findByText('What came, as it came');
    const frames = document.querySelector<HTMLDetailsElement>('.sent-frames');
    expect(frames?.querySelector('pre')).toBeNull();
    if (frames) frames.open = true;
    expect(await screen.findByText('The last 32.8 kB of 50 kB')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Copy: What came, as it came' }));
    expect(calls).toEqual(['copy data: [DONE]']);
  });

  test('a body of which a part is missing says so, in its place', async () => {
    await open({ requests: [request({ body: { start: '{"a":"x', left: 1234, end: 'y"}' } })] });
    expect(await screen.findByText(/\{"a":"x\s+… 1,234 characters are not kept …\s+y"\}/u)).toBeTruthy();
  });

  test.each<[string, SentRequest, string]>([
    ['failed', request({ failure: 'network' }), 'Nothing answers at api.example.com.'],
    ['was stopped', request(), 'Stopped before an answer came'],
  ])('a request that %s says so', async (_what, { status: _none, usage: _no, firstTokenMs: _not, ...rest }, words) => {
    await open({ requests: [rest] });
    expect(await screen.findByText(words)).toBeTruthy();
  });

  test('every request for a reply is there, and how many are not', async () => {
    await open({ requests: [request(), request({ at: 5, url: 'https://second.example/v1' })], dropped: 3 });
    expect(await screen.findByRole('heading', { name: 'POST second.example/v1' })).toBeTruthy();
    expect(screen.getByText('3 earlier requests for this answer are not kept.')).toBeTruthy();
  });

  test('a reply of which nothing is kept says so', async () => {
    await open({ record: null });
    expect(await screen.findByText('Nothing is kept of this request.')).toBeTruthy();
  });

  test('of the browser’s own model is nothing, and says that all stayed here', async () => {
    const { endpointId } = makeReply().model;
    const endpoints = readySettings.endpoints.map((endpoint) =>
      endpoint.id === endpointId ? { ...endpoint, baseUrl: onDeviceAddress } : endpoint,
    );
    await open({ record: null, settings: { ...readySettings, endpoints } });
    expect(
      await screen.findByText(/^Nothing was sent\. The browser’s own model answered on this device/u),
    ).toBeTruthy();
    expect(screen.queryByText('Nothing is kept of this request.')).toBeNull();
  });

  test('it closes, and can be opened again', async () => {
    const { button, sentOf } = await open();
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(document.querySelector('body > div > dialog')).toBeNull();
    fireEvent.click(button);
    await waitFor(() => expect(sentOf('read-sent')).toHaveLength(2));
  });
});

test.each([
  ['is not known without a count', request({ usage: {} }), [], undefined],
  ['is that from the first token on', request(), [], 63],
  ['leaves out reasoning that was not shown', request({ usage: { outputTokens: 126, reasoningTokens: 100 } }), [], 13],
  [
    'counts reasoning that was shown',
    request({ usage: { outputTokens: 126, reasoningTokens: 100 } }),
    [{ type: 'thinking', text: 'hm' }] as const,
    63,
  ],
])('the rate of tokens %s', (_what, sent, parts, rate) => {
  expect(tokensPerSecond(sent, makeReply({ parts }))).toBe(rate);
});
