/** What the demo server was sent, and a way to wait for it. */
import { EventEmitter, on } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { patienceMs } from '../browser/wait-until.ts';

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders;
  /** Parsed when it is JSON, else the text; undefined until it has all arrived. */
  body: unknown;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** When the client went away before the answer was complete. */
  closedEarlyAt?: number;
  /** Tokens of thinking and text written so far. */
  sentTokens: number;
  /** The whole answer was written, as the model's script wanted it. */
  finished: boolean;
}

export interface RequestLog {
  readonly requests: readonly RecordedRequest[];
  add(request: RecordedRequest): void;
  /** Tells those who wait that a field of a request has changed. */
  changed(): void;
  /** Forgets all requests so far. */
  clear(): void;
  /** The first request, now or later, of which `matches` is true; asked again at each change of each request. */
  waitFor(matches: (request: RecordedRequest) => boolean, timeoutMs?: number): Promise<RecordedRequest>;
}

export function createRequestLog(): RequestLog {
  const requests: RecordedRequest[] = [];
  const changes = new EventEmitter();
  changes.setMaxListeners(0);
  return {
    requests,
    add(request) {
      requests.push(request);
      changes.emit('change');
    },
    changed: () => void changes.emit('change'),
    clear: () => void requests.splice(0),
    async waitFor(matches, timeoutMs = patienceMs) {
      const found = requests.find(matches);
      if (found) return found;
      try {
        for await (const _ of on(changes, 'change', { signal: AbortSignal.timeout(timeoutMs) })) {
          const later = requests.find(matches);
          if (later) return later;
        }
      } catch (error) {
        if (!(error instanceof Error && error.name === 'AbortError')) throw error;
      }
      throw new Error(
        `no such request came within ${timeoutMs} ms; the last ones were:\n${requests.slice(-3).map(summarize).join('\n') || '(none)'}`,
      );
    },
  };
}

function summarize(request: RecordedRequest): string {
  const { method, path, sentTokens, finished, closedEarlyAt, body } = request;
  const state = finished ? 'finished' : closedEarlyAt === undefined ? 'open' : 'closed early';
  return `  ${method} ${path} ${state}, ${sentTokens} tokens, ${JSON.stringify(body)?.slice(0, 300)}`;
}
