import { ChatError } from '@/lib/errors/failure';
import { openBytes, type ByteReader, type ReadEnd } from '@/lib/stream/byte-reader';
import { readSse } from '@/lib/stream/read-sse';
import { sniffReply } from '@/lib/stream/sniff-reply';
import type { ProviderIo, StreamPart } from '../provider';
import { failureOfResponse, placeOf, type FailureContext } from './http-failure';
import { readFrames } from './frames';
import { createReply, type Reply } from './reply';
import type { ReplyFormat } from './reply-format';

/**
 * How long after a finish reason, or one whole JSON value, more is waited for, should the connection stay open; twice as
 * long where text may still come.
 */
const usageWaitMs = 450;

/**
 * Yields what a reply says, streamed or as one JSON value, whatever its content type claims. The contract
 * is that of `Wire.stream`: the last part is the finish, or it throws. A connection that breaks after text has come
 * ends the reply as `cut`; before any text it throws `network`.
 */
export async function* readReply(
  response: Response,
  format: ReplyFormat,
  context: FailureContext,
  io: ProviderIo,
): AsyncGenerator<StreamPart> {
  if (!response.ok) throw new ChatError(await failureOfResponse(response, context, io.signal));
  const bytes = openBytes(response.body, io.signal);
  try {
    const looksLike = await sniffReply(bytes);
    if (looksLike === 'html' || looksLike === 'end') {
      const kind = looksLike === 'end' ? 'empty-reply' : 'not-an-api';
      throw new ChatError({ kind, status: response.status, ...placeOf(response.headers, context) });
    }

    const reply = createReply(format, response.headers, context);
    const isJson = looksLike === 'json';
    yield* reply.end(
      isJson || looksLike === 'sse' ? yield* readStream(bytes, reply, format, { ...io, isJson }) : looksLike,
    );
    const failure = reply.failure();
    // Once something has come, the user decides whether to ask again.
    if (failure) throw new ChatError(looksLike === 'broken' ? failure : { ...failure, mayRetry: false });
  } finally {
    bytes.close();
  }
}

/** Bare JSON is read by the same rules: its lines are live, and what is whole needs no end of the connection. */
async function* readStream(
  bytes: ByteReader,
  reply: Reply,
  { finishesOften }: ReplyFormat,
  { silenceMs, isJson }: { readonly silenceMs: number; readonly isJson: boolean },
): AsyncGenerator<StreamPart, ReadEnd> {
  let finishedAt: number | undefined;
  const until = (quietSince: number, open: () => string): number => {
    if (finishesOften && reply.isFinished()) return quietSince + 2 * usageWaitMs;
    if (reply.isFinished() || (isJson && reply.isWhole(open())) || reply.isLastLine(open()))
      return (finishedAt ??= performance.now()) + usageWaitMs;
    // A role or a filter's result is not yet the middle of an answer.
    return isJson || reply.hasBegun() ? quietSince + silenceMs : Number.POSITIVE_INFINITY;
  };
  for await (const item of readSse(bytes, { until, progress: reply.progress, splitJsonLines: true })) {
    if (item.type === 'end') return item.reason;
    for (const frame of readFrames(item)) yield* reply.take(frame);
    if (reply.isOver()) break;
  }
  return 'end';
}
