/**
 * The demo model server: a loopback server with canned answers, used by `npm start`, tests and benchmarks. Not an AI,
 * and no part of the extension.
 *
 * | base URL | speaks |
 * | --- | --- |
 * | `/v1` | the OpenAI wire; models as in demo-models.ts |
 * | `/keyed/v1` | the same, and 401 without `Authorization: Bearer demo-key-…` |
 * | `/ollama/v1` | the same, and 403 with an empty body to a foreign `Origin`, as Ollama does |
 * | `/anthropic/v1` | Anthropic's Messages; 401 without `x-api-key: demo-key-…` |
 * | `/gemini/v1beta` | Gemini; 403 without `x-goog-api-key: demo-key-…` |
 * | `/ollama`, `/ollama-open` | Ollama's own API, with downloads as in ollama-pull.ts; the first refuses a foreign `Origin` |
 * | `/unlisted/v1` | the same, but `/models` is not there, as at many gateways |
 * | `/html/v1`, `/redirect/v1` | a login page, a redirect to another host |
 * | `/api/chat` | the CodeLinkAva wire |
 *
 * `/page` and `/page-no-inject` are web pages. There are no CORS headers: real servers have none.
 */
import { createServer } from 'node:http';
import { answerRequest } from './answer-request.ts';
import { createRequestLog, type RecordedRequest, type RequestLog } from './recorded-request.ts';

export interface DemoServer {
  /** `http://127.0.0.1:<port>`, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Every request to an API, oldest first; web pages are not in it. */
  readonly requests: readonly RecordedRequest[];
  /** The first request, now or later, of which `matches` is true; rejects after `timeoutMs` (`patienceMs`) with what came instead. */
  waitForRequest: RequestLog['waitFor'];
  clearRequests(): void;
  /** Ends all connections, also in mid-stream. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1, at a free port when none is given. */
export async function startDemoServer({ port = 0 }: { port?: number } = {}): Promise<DemoServer> {
  const log = createRequestLog();
  const countOf = new Map<string, number>();
  const pulled = new Set<string>();
  const server = createServer((request, response) => {
    answerRequest(request, response, { log, countOf, pulled }).catch((error: unknown) => {
      // The client has gone, or the server is closing; anything else is a fault of this server and must be seen.
      if (!response.destroyed) console.error('demo server:', error);
      response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the demo server has no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    port: address.port,
    requests: log.requests,
    waitForRequest: (matches, timeoutMs) => log.waitFor(matches, timeoutMs),
    clearRequests: () => log.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
