/** One request to the demo server, from its path to the end of its answer. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { anthropicFrames, anthropicModels, readAnthropicRequest, refuseAnthropicHeaders } from './anthropic-wire.ts';
import { codeLinkAvaFrames, readCodeLinkAvaRequest } from './codelink-ava-wire.ts';
import { demoNotice } from './demo-answers.ts';
import { failureReply, htmlReply, jsonFailure, redirectReply, type FailureReply } from './demo-failures.ts';
import { scriptFor, type ChatMessage, type ScriptedAnswer } from './demo-models.ts';
import { demoPages } from './demo-pages.ts';
import { geminiFrames, geminiModels, noGeminiKey, readGeminiRequest } from './gemini-wire.ts';
import { isPulledModel, listedName, readPullRequest, writePull } from './ollama-pull.ts';
import { ollamaFrames, ollamaModels, readOllamaRequest } from './ollama-wire.ts';
import { modelsList, openAiFrames, openAiReply, readChatRequest, type ChatRequest } from './openai-wire.ts';
import type { RecordedRequest, RequestLog } from './recorded-request.ts';
import { writeAnswer, type StreamFrames } from './write-answer.ts';

interface Exchange {
  readonly response: ServerResponse;
  readonly entry: RecordedRequest;
  readonly log: RequestLog;
  /** Requests so far, by model. */
  readonly countOf: Map<string, number>;
  /** Models that were downloaded, as they are listed. */
  readonly pulled: Set<string>;
  /** Aborted when the client has gone. */
  readonly signal: AbortSignal;
}

export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { log, countOf, pulled }: Pick<Exchange, 'log' | 'countOf' | 'pulled'>,
): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const page = demoPages[pathname];
  if (page) {
    response.writeHead(200, page.headers).end(page.body);
    return;
  }
  if (pathname === '/favicon.ico') {
    response.writeHead(204).end();
    return;
  }
  const entry: RecordedRequest = {
    method: request.method ?? '',
    path: pathname,
    headers: request.headers,
    body: undefined,
    startedAt: Date.now(),
    sentTokens: 0,
    finished: false,
  };
  const gone = new AbortController();
  response.on('close', () => {
    if (!entry.finished) entry.closedEarlyAt = Date.now();
    gone.abort();
    log.changed();
  });
  entry.body = await readBody(request);
  log.add(entry);
  await route({ response, entry, log, countOf, pulled, signal: gone.signal });
}

async function route(exchange: Exchange): Promise<void> {
  const { entry } = exchange;
  const { authorization, origin } = entry.headers;
  const [, base, rest] = /^(.*\/v1)(\/.*)$/.exec(entry.path) ?? [];
  switch (base) {
    case '/v1':
    case '/unlisted/v1':
      break;
    case '/keyed/v1':
      if (!/^Bearer demo-key-./.test(authorization ?? '')) return fail(exchange, failureReply('401', ''));
      break;
    case '/ollama/v1':
      if (isForeign(origin)) return fail(exchange, ollamaRefusal);
      break;
    case '/html/v1':
      return fail(exchange, htmlReply);
    case '/redirect/v1':
      return fail(exchange, redirectReply);
    case '/anthropic/v1':
      return routeAnthropic(exchange, rest);
    case undefined:
    default:
      if (entry.path.startsWith('/gemini/v1beta/')) return routeGemini(exchange);
      if (entry.path === '/ollama' && isForeign(origin)) return fail(exchange, ollamaRefusal);
      if (/^\/ollama(?:-open)?\/api\//.test(entry.path)) return routeOllama(exchange);
      if (entry.path === '/api/chat' && entry.method === 'POST') return answerCodeLinkAva(exchange);
      return fail(exchange, jsonFailure(404, { detail: 'Not Found', server: demoNotice }));
  }
  if (rest === '/models' && entry.method === 'GET' && base !== '/unlisted/v1') return sendJson(exchange, modelsList);
  if (rest === '/chat/completions' && entry.method === 'POST') return answerOpenAi(exchange);
  return fail(exchange, jsonFailure(entry.method === 'OPTIONS' ? 405 : 404, { detail: 'Not Found' }));
}

const ollamaRefusal: FailureReply = { kind: 'failure', status: 403, headers: {}, body: '' };

function isForeign(origin: string | undefined): boolean {
  return origin !== undefined && !/^https?:\/\/(localhost|127\.0\.0\.1)(:\d+)?$/.test(origin);
}

async function routeAnthropic(exchange: Exchange, rest: string | undefined): Promise<void> {
  const { headers, body } = exchange.entry;
  const refusal = refuseAnthropicHeaders(headers);
  if (refusal) return fail(exchange, refusal);
  if (rest === '/models') return sendJson(exchange, anthropicModels);
  if (rest !== '/messages') return fail(exchange, jsonFailure(404, { detail: 'Not Found' }));
  return answerWith(exchange, readAnthropicRequest(body), anthropicFrames);
}

async function routeGemini(exchange: Exchange): Promise<void> {
  const { headers, path, body } = exchange.entry;
  if (!/^demo-key-./.test(String(headers['x-goog-api-key'] ?? ''))) return fail(exchange, noGeminiKey);
  if (path === '/gemini/v1beta/models') return sendJson(exchange, geminiModels);
  const [, model] = /\/models\/([^/:]+):streamGenerateContent$/.exec(path) ?? [];
  if (model === undefined) return fail(exchange, jsonFailure(404, { detail: 'Not Found' }));
  return answerWith(exchange, readGeminiRequest(model, body), geminiFrames);
}

async function routeOllama(exchange: Exchange): Promise<void> {
  const { headers, path, body } = exchange.entry;
  if (path.startsWith('/ollama/') && isForeign(headers.origin)) return fail(exchange, ollamaRefusal);
  if (path.endsWith('/api/tags')) return sendJson(exchange, ollamaModels([...exchange.pulled]));
  if (path.endsWith('/api/pull')) return pullOllama(exchange);
  if (!path.endsWith('/api/chat')) return fail(exchange, jsonFailure(404, { error: '404 page not found' }));
  const request = readOllamaRequest(body);
  if ('kind' in request || !isPulledModel(request.model)) return answerWith(exchange, request, ollamaFrames);
  if (!exchange.pulled.has(listedName(request.model))) {
    return fail(exchange, jsonFailure(404, { error: `model '${request.model}' not found` }));
  }
  const script = nextScript(exchange, 'demo-echo', request.messages);
  return script.kind === 'failure' ? fail(exchange, script) : stream(exchange, script, ollamaFrames(request, script));
}

async function pullOllama(exchange: Exchange): Promise<void> {
  const { response, entry, log, countOf, pulled, signal } = exchange;
  const countKey = (model: string): string => `pull ${model}`;
  const pull = readPullRequest(entry.body, (model) => countOf.get(countKey(model)) ?? 0);
  if ('kind' in pull) return fail(exchange, pull);
  countOf.set(countKey(pull.model), (countOf.get(countKey(pull.model)) ?? 0) + 1);
  const onLine = (line: object): void => {
    // There before it is said to be.
    if ('status' in line && line.status === 'success') pulled.add(listedName(pull.model));
    entry.sentTokens += 1;
    log.changed();
  };
  try {
    await writePull(response, pull, { onLine, signal });
    finish(exchange);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

/** On a wire of its own, always as a stream. */
async function answerWith(
  exchange: Exchange,
  request: ChatRequest | FailureReply,
  framesOf: (request: ChatRequest, script: ScriptedAnswer) => StreamFrames,
): Promise<void> {
  if ('kind' in request) return fail(exchange, request);
  const script = nextScript(exchange, request.model, request.messages);
  return script.kind === 'failure' ? fail(exchange, script) : stream(exchange, script, framesOf(request, script));
}

async function answerOpenAi(exchange: Exchange): Promise<void> {
  const request = readChatRequest(exchange.entry.body);
  if ('kind' in request) return fail(exchange, request);
  const script = nextScript(exchange, request.model, request.messages);
  if (script.kind === 'failure') return fail(exchange, script);
  if (request.stream) return stream(exchange, script, openAiFrames(request, script));
  exchange.entry.sentTokens = script.thinking.length + script.tokens.length;
  return sendJson(exchange, openAiReply(request, script));
}

async function answerCodeLinkAva(exchange: Exchange): Promise<void> {
  const request = readCodeLinkAvaRequest(exchange.entry.headers, exchange.entry.body);
  if ('reason' in request) return fail(exchange, jsonFailure(400, { error: request.reason }));
  const script = nextScript(exchange, request.demo, request.messages);
  if (script.kind === 'failure') return fail(exchange, script);
  if (request.stream) return stream(exchange, script, codeLinkAvaFrames);
  return sendJson(exchange, { choices: [{ message: { content: script.tokens.join('') } }] });
}

function nextScript(
  { countOf }: Exchange,
  model: string,
  messages: readonly ChatMessage[],
): ReturnType<typeof scriptFor> {
  const earlierRequests = countOf.get(model) ?? 0;
  countOf.set(model, earlierRequests + 1);
  return scriptFor(model, messages, earlierRequests);
}

async function stream(exchange: Exchange, script: ScriptedAnswer, frames: StreamFrames): Promise<void> {
  const { response, entry, log, signal } = exchange;
  const onToken = (): void => {
    entry.sentTokens += 1;
    log.changed();
  };
  try {
    await writeAnswer(response, script, { frames, onToken, signal });
    finish(exchange);
  } catch (error) {
    // Not a fault: the client stopped listening, which `closedEarlyAt` records.
    if (!signal.aborted) throw error;
  }
}

function sendJson(exchange: Exchange, body: unknown): void {
  exchange.response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  finish(exchange);
}

function fail(exchange: Exchange, { status, headers, body }: FailureReply): void {
  exchange.response.writeHead(status, headers).end(body);
  finish(exchange);
}

function finish({ entry, log }: Exchange): void {
  entry.finished = true;
  log.changed();
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  const text = Buffer.concat(parts).toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    // Not every body is JSON, and a test may want to see what it was instead.
    return text;
  }
}
