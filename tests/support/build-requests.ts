import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Usage } from '@/lib/chat/types';
import { toFailure, type Failure } from '@/lib/errors/failure';
import type { Endpoint, ModelRequest, ProviderIo, StreamPart } from '@/lib/providers/provider';

/** Builders for tests of providers: endpoints, requests, and a world that is the loopback. */
export function anEndpoint(fields: Partial<Endpoint> = {}): Endpoint {
  return {
    id: 'endpoint',
    providerId: 'openai-compatible',
    label: 'Test',
    baseUrl: 'http://127.0.0.1:1/v1',
    headers: {},
    body: {},
    unstreamed: false,
    ...fields,
  };
}

export function aRequest(fields: Partial<ModelRequest> = {}): ModelRequest {
  return { messages: [{ role: 'user', content: 'Hello?' }], model: 'm', ...fields };
}

export function anIo(fields: Partial<ProviderIo> = {}): ProviderIo {
  return {
    fetch: (url, init) => fetch(url, { ...init, redirect: 'manual' }),
    key: '',
    now: () => 0,
    silenceMs: 60_000,
    signal: new AbortController().signal,
    ...fields,
  };
}

/** What came of a stream, with neighbouring text joined as it is shown. */
export interface Outcome {
  text: string;
  thinking: string;
  served: string;
  /** How far a download of the model was, each time that was told. */
  downloads?: number[];
  ending?: Extract<StreamPart, { type: 'finish' }>['ending'];
  usage?: Usage;
  failure?: Failure;
}

export async function outcomeOf(parts: AsyncIterable<StreamPart>): Promise<Outcome> {
  const outcome: Outcome = { text: '', thinking: '', served: '' };
  try {
    for await (const part of parts) {
      if (outcome.ending !== undefined) throw new Error('a part came after the finish');
      if (part.type === 'served') outcome.served = part.model;
      else if (part.type === 'download') (outcome.downloads ??= []).push(part.percent);
      else if (part.type === 'finish') {
        outcome.ending = part.ending;
        if (part.usage) outcome.usage = part.usage;
      } else outcome[part.type] += part.text;
    }
    if (outcome.ending === undefined) throw new Error('no finish came');
  } catch (error) {
    outcome.failure = toFailure(error);
  }
  return outcome;
}

export interface Loopback {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** A real server on this machine, for what only a real connection does. */
export async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Loopback> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** One event of an OpenAI-style stream with the given text. */
export function textEvent(content: string): string {
  return `data: ${JSON.stringify({ model: 'm', choices: [{ index: 0, delta: { content } }] })}\n\n`;
}
