import { ChatError } from '@/lib/errors/failure';
import { parseJson } from '@/lib/stream/json';
import { readBody } from '@/lib/stream/read-body';
import { readSse } from '@/lib/stream/read-sse';
import { sniffReply } from '@/lib/stream/sniff-reply';
import type { ProviderIo, StreamPart } from '../provider';
import { failureOfResponse, requestIdOf, type FailureContext } from './http-failure';
import { framesOfText, readFrames } from './openai-frames';
import { createOpenAiReply, type OpenAiReply } from './openai-reply';

/** How long after a finish reason the usage is waited for, should the server keep the connection open. */
const usageWaitMs = 450;
const longestJsonBytes = 16 * 1024 * 1024;

/**
 * Yields what an OpenAI-style reply says, streamed or as one JSON value, whatever its content type claims. The contract
 * is that of `Provider.stream`: the last part is the finish, or it throws. A connection that breaks after text has come
 * ends the reply as `cut`; before any text it throws `network`.
 */
export async function* readOpenAiReply(
  response: Response,
  context: FailureContext,
  io: ProviderIo,
): AsyncGenerator<StreamPart> {
  const { host } = new URL(context.url);
  const requestId = requestIdOf(response.headers);
  const where = { host, status: response.status, ...(requestId === undefined ? {} : { requestId }) };
  if (!response.ok) throw new ChatError(await failureOfResponse(response, context, io.signal));
  if (response.status === 204 || !response.body) throw new ChatError({ kind: 'empty-reply', ...where });

  const reply = createOpenAiReply(response.headers, context);
  try {
    const { looksLike, body } = await sniffReply(response.body, io.signal);
    switch (looksLike) {
      case 'nothing':
        throw new ChatError({ kind: 'empty-reply', ...where });
      case 'html':
        await body.cancel();
        throw new ChatError({ kind: 'not-an-api', ...where });
      case 'json':
        yield* readWhole(body, reply, io);
        break;
      case 'sse':
        yield* readStream(body, reply, io);
        break;
    }
  } catch (error) {
    if (!(error instanceof ChatError) || error.failure.kind !== 'network') throw error;
    if (!reply.hasText() && !reply.isFinished()) {
      throw new ChatError({ kind: 'network', host }, { cause: error });
    }
  }
  yield* reply.end();
  const failure = reply.failure();
  if (failure) throw new ChatError(failure);
}

async function* readStream(
  body: ReadableStream<Uint8Array>,
  reply: OpenAiReply,
  io: ProviderIo,
): AsyncGenerator<StreamPart> {
  let finishedAt: number | undefined;
  const silenceMs = (): number => (finishedAt === undefined ? io.silenceMs : usageWaitMs);
  for await (const item of readSse(body, { silenceMs, splitJsonLines: true }, io.signal)) {
    for (const frame of readFrames(item)) yield* reply.take(frame);
    if (reply.isOver()) return;
    if (reply.isFinished()) finishedAt ??= performance.now();
    if (finishedAt !== undefined && performance.now() - finishedAt > usageWaitMs) return;
  }
}

/** One JSON reply; or JSON that comes line by line, and is read when all of it is there. */
async function* readWhole(
  body: ReadableStream<Uint8Array>,
  reply: OpenAiReply,
  io: ProviderIo,
): AsyncGenerator<StreamPart> {
  const limits = { maxBytes: longestJsonBytes, silenceMs: io.silenceMs };
  const { text, ended } = await readBody(body, limits, io.signal);
  if (ended === 'too-long') throw new ChatError({ kind: 'too-much-data' });
  const value = parseJson(text.trim());
  if (value !== undefined) {
    for (const item of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
      yield* reply.take({ type: 'value', value: item });
    }
    reply.endsWhole();
    return;
  }
  if (ended === 'broken') throw new ChatError({ kind: 'network' });
  for (const frame of framesOfText(text.replaceAll(/^data:[ \t]*/gm, ''))) yield* reply.take(frame);
}
