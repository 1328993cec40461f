import { ChatError, toFailure } from '@/lib/errors/failure';
import { asRecord } from '@/lib/stream/json';
import type { Endpoint, ModelRequest, StreamPart, Wire, WireIo } from '../provider';
import { postJson, requireModel } from './ask';
import { fitToModel } from './fit-to-model';
import type { FailureContext } from './http-failure';
import { listModels } from './list-models';
import { openAiHeaders } from './openai-chat';
import { readReply } from './read-reply';
import { type ResponsePosition, responsesFormat, startOfResponse } from './responses-chunk';
import { sendRequest } from './send-request';

/** How often a reply that broke off is joined again when nothing new has come meanwhile, and the first wait before that. */
const mostAttempts = 3;
const firstWaitMs = 500;

/**
 * OpenAI's Responses (https://platform.openai.com/docs/api-reference/responses). The endpoint's own headers and body fields
 * win over the wire's. Nothing is kept at the vendor, unless the endpoint asks for `"background": true`: such a reply goes
 * on without us, so one that breaks off is joined again behind its last event, and Stop cancels it there.
 * https://platform.openai.com/docs/guides/background
 */
export const openAiResponses: Wire = {
  async *stream(request, endpoint, io): AsyncGenerator<StreamPart> {
    requireModel(request, endpoint);
    const url = `${endpoint.baseUrl}/responses`;
    const headers = openAiHeaders(endpoint, io);
    const position = startOfResponse();
    const context = { url, ...io, model: request.model };
    try {
      const response = await postJson({ url, headers, body: bodyOf(request, endpoint) }, io);
      yield* readToEnd(response, position, { context, endpoint, io });
    } finally {
      if (io.signal.aborted && canRejoin(position)) cancel(`${url}/${position.id}/cancel`, endpoint, io);
    }
  },
  listModels: (endpoint, io) => listModels(`${endpoint.baseUrl}/models`, openAiHeaders(endpoint, io), io),
};

function bodyOf(request: ModelRequest, endpoint: Endpoint): object {
  const { messages, model, maxTokens } = request;
  const { temperature, effort } = fitToModel(request);
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content);
  const { reasoning, ...body } = endpoint.body;
  return {
    model,
    // What is undefined is not written into JSON.
    instructions: system.length === 0 ? undefined : system.join('\n\n'),
    input: messages.filter(({ role }) => role !== 'system').map(({ role, content }) => ({ role, content })),
    stream: !endpoint.unstreamed,
    store: endpoint.body['background'] === true,
    temperature,
    // It takes no smaller limit.
    max_output_tokens: maxTokens && Math.max(maxTokens, 16),
    reasoning: effort || reasoning ? { effort, ...asRecord(reasoning) } : undefined,
    ...body,
  };
}

interface Connection {
  readonly context: FailureContext;
  readonly endpoint: Endpoint;
  readonly io: WireIo;
}

/** Reads the reply through as many connections as it takes. Where it can't be joined again it is cut, as it was. */
async function* readToEnd(
  first: Response,
  position: ResponsePosition,
  connection: Connection,
): AsyncGenerator<StreamPart> {
  const { context, io } = connection;
  const format = responsesFormat(position);
  let response: Response | undefined = first;
  let broken: StreamPart | ChatError | undefined;
  for (let attempt = 0; ; attempt += 1) {
    const before = position.sequence;
    try {
      if (response) {
        for await (const part of readReply(response, format, context, io)) {
          if (part.type === 'finish' && part.ending === 'cut' && canRejoin(position)) broken = part;
          else yield part;
        }
        if (!broken || !canRejoin(position)) return;
      }
    } catch (error) {
      io.signal.throwIfAborted();
      if (toFailure(error).kind !== 'network' || !canRejoin(position)) throw error;
      broken = error instanceof ChatError ? error : undefined;
    }
    if (position.sequence > before) attempt = 0;
    response = undefined;
    if (attempt >= mostAttempts) break;
    await wait(firstWaitMs * 2 ** attempt, io.signal);
    response = await rejoin(position, connection);
  }
  if (broken instanceof ChatError) throw broken;
  if (broken) yield broken;
}

function canRejoin({ id, isBackground, isOver }: ResponsePosition): boolean {
  return isBackground && id !== '' && !isOver;
}

/** The same reply behind its last event; undefined where that is not to be had now. */
async function rejoin({ id, sequence }: ResponsePosition, { context, endpoint, io }: Connection) {
  const query = sequence < 0 ? 'stream=true' : `stream=true&starting_after=${sequence}`;
  const parts = { method: 'GET', headers: openAiHeaders(endpoint, io) } as const;
  try {
    const response = await sendRequest(`${context.url}/${id}?${query}`, parts, io);
    if (response.ok) return response;
    await response.body?.cancel();
  } catch {
    // It is tried again, and in the end the reply is what had come of it.
    io.signal.throwIfAborted();
  }
  return undefined;
}

/** How long a server may take to hear of it, in milliseconds. */
const cancelMs = 10_000;

/** Nobody waits for the answer: what it costs if this fails is the vendor's to count. */
function cancel(url: string, endpoint: Endpoint, io: WireIo): void {
  const headers = new Headers(openAiHeaders(endpoint, io).map(([name, value]): [string, string] => [name, value]));
  io.fetch(url, { method: 'POST', headers, signal: AbortSignal.timeout(cancelMs) }).then(
    (response) => response.body?.cancel(),
    () => undefined,
  );
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      },
      { once: true },
    );
  });
}
