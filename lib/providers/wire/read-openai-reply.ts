import { ChatError } from '@/lib/errors/failure';
import { openBytes, type ByteReader, type ReadEnd } from '@/lib/stream/byte-reader';
import { parseJson } from '@/lib/stream/json';
import { readBody } from '@/lib/stream/read-body';
import { readSse } from '@/lib/stream/read-sse';
import { sniffReply } from '@/lib/stream/sniff-reply';
import type { ProviderIo, StreamPart } from '../provider';
import { failureOfResponse, placeOf, type FailureContext } from './http-failure';
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
  if (!response.ok) throw new ChatError(await failureOfResponse(response, context, io.signal));
  const bytes = openBytes(response.body, io.signal);
  try {
    const looksLike = await sniffReply(bytes);
    const place = { status: response.status, ...placeOf(response.headers, context) };
    if (looksLike === 'html') throw new ChatError({ kind: 'not-an-api', ...place });
    if (looksLike === 'end') throw new ChatError({ kind: 'empty-reply', ...place });

    const reply = createOpenAiReply(response.headers, context);
    let ended: ReadEnd = 'broken';
    if (looksLike === 'json') ended = yield* readWhole(bytes, reply, io);
    if (looksLike === 'sse') ended = yield* readStream(bytes, reply, io);
    yield* reply.end(ended);
    const failure = reply.failure();
    // Once something has come, the user decides whether to ask again.
    if (failure) throw new ChatError(looksLike === 'broken' ? failure : { ...failure, mayRetry: false });
  } finally {
    bytes.close();
  }
}

async function* readStream(bytes: ByteReader, reply: OpenAiReply, io: ProviderIo): AsyncGenerator<StreamPart, ReadEnd> {
  let finishedAt: number | undefined;
  const silenceMs = (): number => {
    if (finishedAt !== undefined) return usageWaitMs;
    // A role or a filter's result is not yet the middle of an answer.
    return reply.hasBegun() ? io.silenceMs : Number.POSITIVE_INFINITY;
  };
  for await (const item of readSse(bytes, { silenceMs, splitJsonLines: true })) {
    if (item.type === 'end') return item.reason;
    for (const frame of readFrames(item)) yield* reply.take(frame);
    if (reply.isOver()) break;
    if (reply.isFinished()) finishedAt ??= performance.now();
    if (finishedAt !== undefined && performance.now() - finishedAt > usageWaitMs) break;
  }
  return 'end';
}

/** One JSON reply; or JSON that comes line by line, and is read when all of it is there. */
async function* readWhole(bytes: ByteReader, reply: OpenAiReply, io: ProviderIo): AsyncGenerator<StreamPart, ReadEnd> {
  const { text, ended } = await readBody(bytes, { maxBytes: longestJsonBytes, silenceMs: io.silenceMs });
  const value = parseJson(text.trim());
  if (value !== undefined) yield* reply.takeWhole(value);
  else for (const frame of framesOfText(text.replaceAll(/^data:[ \t]*/gm, ''))) yield* reply.take(frame);
  return ended;
}
