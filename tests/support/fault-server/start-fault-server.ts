/**
 * A loopback server that speaks every wire and plays any reply with any fault (plays.ts): whole, one byte per write
 * or at random cuts, with delays, resets, hangs, without headers, with trailers. Nothing in it is left to chance.
 */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { patienceMs } from '../browser/wait-until.ts';
import { findPlay } from './plays.ts';
import { writePlay } from './write-play.ts';

/** The model that it lists, and that the replies of the cases name. */
export const faultModel = 'm';

/** A request for an answer. Times are epoch milliseconds. */
export interface PlayedRequest {
  /** The whole last message of the user. */
  readonly question: string;
  readonly authorization: string;
  readonly headers: IncomingHttpHeaders;
  readonly startedAt: number;
  sentTokens: number;
  /** When the client went away before all was written. */
  closedEarlyAt?: number;
  isFinished: boolean;
}

export interface FaultServer {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly requests: readonly PlayedRequest[];
  /** The requests whose question ends with that. */
  requestsFor(question: string): readonly PlayedRequest[];
  /** Polls until such a request is there. */
  waitFor(matches: (request: PlayedRequest) => boolean, timeoutMs?: number): Promise<PlayedRequest>;
  clearRequests(): void;
  /** Ends the connections that wait for another request: the next one comes on a new connection. */
  closeIdleConnections(): void;
  /** Breaks every connection and takes no new one, as when the network is gone; `listenAgain` ends that. */
  disappear(): Promise<void>;
  listenAgain(): Promise<void>;
  close(): Promise<void>;
}

export async function startFaultServer(): Promise<FaultServer> {
  const requests: PlayedRequest[] = [];
  const server = createServer({ noDelay: true }, (request, response) => {
    answer(request, response, requests).catch((error: unknown) => {
      // The client has gone, or the server is closing; anything else is a fault of this server and must be seen.
      if (!response.destroyed) console.error('fault server:', error);
      response.destroy();
    });
  });
  const listen = (port: number): Promise<number> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        const address = server.address();
        if (address === null || typeof address === 'string') reject(new Error('the fault server has no port'));
        else resolve(address.port);
      });
    });
  const disappear = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const port = await listen(0);

  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    requestsFor: (question) => requests.filter((request) => request.question.endsWith(question)),
    async waitFor(matches, timeoutMs = patienceMs) {
      for (const end = Date.now() + timeoutMs; Date.now() < end; await sleep(5)) {
        const found = requests.find(matches);
        if (found) return found;
      }
      throw new Error(`no such request within ${timeoutMs} ms; there were: ${JSON.stringify(requests.slice(-5))}`);
    },
    clearRequests: () => void requests.splice(0),
    closeIdleConnections: () => server.closeIdleConnections(),
    disappear,
    async listenAgain() {
      await listen(port);
    },
    close: disappear,
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, requests: PlayedRequest[]): Promise<void> {
  const [path = ''] = (request.url ?? '').split('?');
  const list = lists[path];
  if (request.method === 'GET' && list) {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(list));
    return;
  }
  if (request.method !== 'POST' || !asking.test(path)) {
    response.writeHead(200, { 'content-type': 'text/html' }).end(page);
    return;
  }
  const gone = new AbortController();
  response.on('close', () => {
    if (!played.isFinished) played.closedEarlyAt = Date.now();
    gone.abort();
  });
  const played: PlayedRequest = {
    question: lastQuestion(await readText(request)),
    authorization: request.headers.authorization ?? '',
    headers: request.headers,
    startedAt: Date.now(),
    sentTokens: 0,
    isFinished: false,
  };
  requests.push(played);
  await writePlay(findPlay(played.question), {
    response,
    signal: gone.signal,
    onToken: () => {
      played.sentTokens += 1;
    },
  });
  played.isFinished = true;
}

/** The models of each wire, by the path that lists them. */
const lists: Readonly<Record<string, object>> = {
  '/v1/models': { object: 'list', data: [{ id: faultModel, object: 'model', created: 1, owned_by: 'fault server' }] },
  '/anthropic/v1/models': { data: [{ type: 'model', id: faultModel, display_name: faultModel }], has_more: false },
  '/gemini/v1beta/models': {
    models: [{ name: `models/${faultModel}`, supportedGenerationMethods: ['generateContent'] }],
  },
  '/ollama/api/tags': { models: [{ name: faultModel, model: faultModel, size: 1 }] },
};

/** Where each wire asks for an answer. */
const asking =
  /^\/(?:v1\/(?:chat\/completions|responses)|anthropic\/v1\/messages|gemini\/v1beta\/models\/[^/]+:(?:streamG|g)enerateContent|ollama\/api\/chat)$/;

const page =
  '<!doctype html><meta charset="utf-8"><title>A page of the laboratory</title><p id="text">Something to be selected on a page.</p>';

async function readText(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString('utf8');
}

interface SaidMessage {
  readonly role?: string;
  /** A text, or parts that have texts. */
  readonly content?: string | readonly { readonly text?: string }[];
  /** Gemini's. */
  readonly parts?: readonly { readonly text?: string }[];
}

/** The last message of the user, wherever the wire has it. */
function lastQuestion(body: string): string {
  const { messages, contents, input } = JSON.parse(body) as Readonly<
    Record<string, readonly SaidMessage[] | undefined>
  >;
  const said = (messages ?? contents ?? input ?? []).findLast(({ role }) => role === 'user');
  const content = said?.content ?? said?.parts ?? '';
  return typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('');
}
