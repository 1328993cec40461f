import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import {
  anEndpoint,
  anIo,
  aRequest,
  outcomeOf,
  serve,
  textEvent,
  type Loopback,
  type Outcome,
} from '@/tests/support/build-requests';
import { openaiCompatible } from '@/tests/support/providers';
import type { ProviderIo } from '../provider';

const stop = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n';
const usage = 'data: {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}\n\n';

let loopback: Loopback | undefined;
afterEach(async () => {
  await loopback?.close();
  loopback = undefined;
});

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

async function ask(answer: Answer, io: Partial<ProviderIo> = {}): Promise<Outcome> {
  loopback = await serve((request, response) => answer(response, request));
  return outcomeOf(openaiCompatible.stream(aRequest(), anEndpoint({ baseUrl: loopback.url }), anIo(io)));
}

describe('a connection', () => {
  it('refused is a network failure that names the host', async () => {
    const gone = await serve(() => undefined);
    await gone.close();
    const outcome = await outcomeOf(openaiCompatible.stream(aRequest(), anEndpoint({ baseUrl: gone.url }), anIo()));
    expect(outcome.failure).toEqual({ kind: 'network', host: new URL(gone.url).host });
  });

  it('reset before the headers, or before any text, is a network failure', async () => {
    const before = await ask((response) => response.destroy());
    expect(before.failure?.kind).toBe('network');
    await loopback?.close();
    const after = await ask((response) => response.write(': wait\n\n', () => response.destroy()));
    expect(after.failure).toMatchObject({ kind: 'network', host: expect.stringContaining('127.0.0.1') });
  });

  it('reset in mid-answer, also inside a character, keeps the text as cut', async () => {
    const bytes = Buffer.from(textEvent('one ') + textEvent('é'));
    const torn = bytes.subarray(0, bytes.indexOf(0xc3) + 1);
    const outcome = await ask((response) => response.write(torn, () => response.destroy()));
    expect(outcome).toMatchObject({ text: 'one ', ending: 'cut' });
  });

  it('reset after the finish does not matter', async () => {
    const outcome = await ask((response) => response.write(textEvent('a') + stop, () => response.destroy()));
    expect(outcome).toMatchObject({ text: 'a', ending: 'complete' });
  });

  it('shorter than its content-length keeps the text as cut', async () => {
    const outcome = await ask((response) => {
      response.writeHead(200, { 'content-length': '5000' });
      response.write(textEvent('a'), () => response.destroy());
    });
    expect(outcome).toMatchObject({ text: 'a', ending: 'cut' });
  });

  it('gzipped and with trailers is read', async () => {
    const outcome = await ask((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', trailer: 'x-end' });
      response.write(gzipSync(textEvent('a') + stop));
      response.addTrailers({ 'x-end': '1' });
      response.end();
    });
    expect(outcome).toMatchObject({ text: 'a', ending: 'complete' });
  });

  it('silent in mid-answer but for comments is a cut after the allowed time', async () => {
    const outcome = await ask(
      (response) => {
        response.write(textEvent('a'));
        const pings = setInterval(() => response.write(': ping\n\n'), 10);
        response.on('close', () => clearInterval(pings));
      },
      { silenceMs: 80 },
    );
    expect(outcome).toMatchObject({ text: 'a', ending: 'cut' });
  });

  it('silent for long before the first byte is waited for', async () => {
    const outcome = await ask((response) => void setTimeout(() => response.end(textEvent('a') + stop), 150), {
      silenceMs: 20,
    });
    expect(outcome).toMatchObject({ text: 'a', ending: 'complete' });
  });

  it.each([
    ['the sentinel', `${textEvent('a')}data: [DONE]\n\n`, undefined],
    ['a finish', textEvent('a') + stop, undefined],
    ['a finish and the usage', textEvent('a') + stop + usage, { inputTokens: 1, outputTokens: 2 }],
  ])('left open after %s is complete within a second', async (_, text, counted) => {
    let sentAt = Number.NaN;
    const closed = Promise.withResolvers<void>();
    const outcome = await ask((response) => {
      sentAt = performance.now();
      response.write(text);
      const pings = setInterval(() => response.write(': ping\n\n'), 50);
      response.on('close', () => {
        clearInterval(pings);
        closed.resolve();
      });
    });
    expect(outcome).toMatchObject({ text: 'a', ending: 'complete' });
    expect(outcome.usage).toEqual(counted);
    expect(performance.now() - sentAt).toBeLessThan(1000);
    await closed.promise;
  });

  it.each([
    ['before the headers', (): void => undefined],
    ['before the first byte', (response: ServerResponse): void => response.flushHeaders()],
    ['after some text', (response: ServerResponse): void => void response.write(textEvent('a'))],
    ['inside a JSON reply', (response: ServerResponse): void => void response.write('{"choices":')],
    ['inside an error body', (response: ServerResponse): void => void response.writeHead(500).write('{"err')],
  ])('stopped %s rejects with the reason and closes the socket', async (_, answer) => {
    const controller = new AbortController();
    const closed = Promise.withResolvers<number>();
    let stoppedAt = Number.NaN;
    const outcome = await ask(
      (response, request) => {
        answer(response);
        request.socket.on('close', () => closed.resolve(performance.now() - stoppedAt));
        setTimeout(() => {
          stoppedAt = performance.now();
          controller.abort(new Error('stopped by the user'));
        }, 50);
      },
      { signal: controller.signal },
    );
    expect(performance.now() - stoppedAt).toBeLessThan(500);
    expect(outcome.failure).toEqual({ kind: 'bug', message: 'Error: stopped by the user' });
    expect(outcome.ending).toBeUndefined();
    expect(await closed.promise).toBeLessThan(500);
  });

  it('reads twenty thousand tiny deltas and one of a megabyte', async () => {
    const long = 'x'.repeat(1024 * 1024);
    const outcome = await ask((response) => response.end(textEvent('ab').repeat(20_000) + textEvent(long) + stop));
    expect(outcome.ending).toBe('complete');
    expect(outcome.text.length).toBe(40_000 + long.length);
  });

  it('that sends a line without end is cut off, with the text kept', async () => {
    const megabyte = 'x'.repeat(1024 * 1024);
    const outcome = await ask((response) => {
      response.write(`${textEvent('a')}data: `);
      const more = (): void => void (response.destroyed || response.write(megabyte, more));
      more();
    });
    expect(outcome).toMatchObject({ text: 'a', failure: { kind: 'too-much-data' } });
  });

  it('that sends blanks without end before the reply is cut off', async () => {
    const blanks = '\n'.repeat(256 * 1024);
    const outcome = await ask((response) => {
      const more = (): void => void (response.destroyed || response.write(blanks, more));
      more();
    });
    expect(outcome).toMatchObject({ text: '', failure: { kind: 'too-much-data' } });
  });

  it('that redirects is a failure which names the target', async () => {
    const outcome = await ask((response) => response.writeHead(302, { location: 'https://login.example/x' }).end());
    expect(outcome.failure).toMatchObject({ kind: 'redirect', status: 302, target: 'login.example' });
  });
});
