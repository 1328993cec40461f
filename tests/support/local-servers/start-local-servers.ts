/**
 * Imitations of the model servers that people run on their own computer, on their usual ports of 127.0.0.1. The one of Ollama
 * answers questions, too, and refuses foreign origins as Ollama does, until it is started with the line that allows one.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Imitation, imitations } from './imitations.ts';

export interface LocalRequest {
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly origin: string | undefined;
  readonly authorization: string | undefined;
}

export interface LocalServers {
  readonly requests: readonly LocalRequest[];
  clearRequests(): void;
  /** Starts Ollama anew with a line of its environment: `OLLAMA_ORIGINS=…`, or '' for none. */
  restartOllama(line: string): void;
  close(): Promise<void>;
}

/** Rejects where one of the ports is taken. */
export async function startLocalServers(): Promise<LocalServers> {
  const requests: LocalRequest[] = [];
  let allowed: readonly string[] = [];

  function answer(imitation: Imitation, request: IncomingMessage, response: ServerResponse): void {
    const { method = '', url: path = '', headers } = request;
    const { origin, authorization } = headers;
    requests.push({ port: imitation.port, method, path, origin, authorization });
    request.resume();
    // https://github.com/gin-contrib/cors: in front of every path, and of no request without an origin.
    if (imitation.kind === 'ollama' && isForeign(origin) && !allowed.includes(origin)) {
      response.writeHead(403).end();
    } else if (method === 'GET' && path === '/v1/models') {
      response.writeHead(imitation.status ?? 200, imitation.headers).end(imitation.body);
    } else if (imitation.kind === 'ollama' && method === 'GET' && path === '/api/tags') {
      response.writeHead(200, imitation.headers).end(JSON.stringify({ models: [{ name: 'qwen3:8b' }] }));
    } else if (imitation.kind === 'ollama' && method === 'POST' && path === '/api/chat') {
      response.writeHead(200, { 'content-type': 'application/x-ndjson' }).end(ollamaAnswer);
    } else {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"detail":"Not Found"}');
    }
  }

  const servers: Server[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.map(closeServer));
  };
  try {
    for (const imitation of imitations) {
      const server = createServer((request, response) => answer(imitation, request, response));
      await listen(server, imitation.port);
      servers.push(server);
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    requests,
    clearRequests: () => void requests.splice(0),
    restartOllama: (line) => {
      allowed = line === '' ? [] : line.replace(/^OLLAMA_ORIGINS=/, '').split(',');
    },
    close,
  };
}

const ollamaAnswer = [
  { model: 'qwen3:8b', message: { role: 'assistant', content: 'Hello from the desk.' }, done: false },
  { model: 'qwen3:8b', message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop' },
]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join('');

function isForeign(origin: string | undefined): origin is string {
  return origin !== undefined && !/^https?:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(origin);
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
