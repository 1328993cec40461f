/**
 * The model server of the benchmark, on 127.0.0.1, over the OpenAI wire. The question says what is answered:
 * `mixed 2000 1000` is 2,000 tokens of that kind at 1,000 a second; 0 for as fast as they can be written. It keeps the
 * time at which each token went out. https://platform.openai.com/docs/api-reference/chat
 */
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AnswerKind, makeAnswer } from './bench-answer.ts';

export interface BenchAsk {
  readonly kind: AnswerKind;
  readonly tokens: number;
  /** Tokens a second; 0: all at once. */
  readonly rate: number;
}

export interface BenchRequest {
  /** Epoch milliseconds, as all times here: pages read the same clock. */
  readonly arrivedAt: number;
  /** When each token was written; shorter than the answer until that has ended. */
  readonly sentAt: number[];
}

export interface BenchServer {
  readonly url: string;
  readonly requests: readonly BenchRequest[];
  close(): Promise<void>;
}

export const questionOf = ({ kind, tokens, rate }: BenchAsk): string => `${kind} ${tokens} ${rate}`;

export async function startBenchServer(): Promise<BenchServer> {
  const requests: BenchRequest[] = [];
  const server = createServer((request, response) => {
    const arrivedAt = Date.now();
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      if (request.url?.endsWith('/models')) {
        const listed = { object: 'list', data: [{ id: 'bench', object: 'model' }] };
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(listed));
      } else if (request.url?.endsWith('/chat/completions')) {
        const entry = { arrivedAt, sentAt: [] };
        requests.push(entry);
        void answer(response, readAsk(body), entry);
      } else {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Bench</title><p>Bench');
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the bench server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function readAsk(body: string): BenchAsk {
  const { messages } = JSON.parse(body) as { messages: readonly { content: string }[] };
  const [kind, tokens, rate] = (messages.at(-1)?.content ?? '').split(' ');
  return { kind: kind as AnswerKind, tokens: Number(tokens), rate: Number(rate) };
}

const frames = new Map<string, readonly string[]>();

/** Made once for each answer: what is measured is the browser. */
function framesOf({ kind, tokens }: BenchAsk): readonly string[] {
  const key = `${kind} ${tokens}`;
  const made = frames.get(key) ?? makeAnswer(kind, tokens).map(frameOf);
  frames.set(key, made);
  return made;
}

function frameOf(content: string): string {
  return `data: ${JSON.stringify({ id: 'bench', object: 'chat.completion.chunk', choices: [{ index: 0, delta: { content }, finish_reason: null }] })}\n\n`;
}

const lastFrames = `data: ${JSON.stringify({ id: 'bench', object: 'chat.completion.chunk', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`;

/** Against the clock, so that the mean rate is right in spite of slack in the timers; each token is a write of its own. */
async function answer(response: ServerResponse, ask: BenchAsk, { sentAt }: BenchRequest): Promise<void> {
  const all = framesOf(ask);
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
  if (ask.rate === 0) {
    const now = Date.now();
    for (let sent = 0; sent < all.length; sent += 1) sentAt.push(now);
    response.end(all.join('') + lastFrames);
    return;
  }
  const startedAt = performance.now();
  while (sentAt.length < all.length && !response.destroyed) {
    const elapsedMs = performance.now() - startedAt;
    const due = Math.min(all.length, Math.floor((elapsedMs * ask.rate) / 1000) + 1);
    while (sentAt.length < due) {
      response.write(all[sentAt.length]);
      sentAt.push(Date.now());
    }
    if (sentAt.length < all.length) await sleep((sentAt.length * 1000) / ask.rate - elapsedMs);
  }
  response.end(lastFrames);
}
