import { defined } from '@/lib/errors/defined';
import { findReply } from '@/lib/chat/branches';
import type { ChatEvent, ContextKind, Conversation, ModelRef, ReplyPart, Usage } from '@/lib/chat/types';
import { ChatError, type Failure, toFailure } from '@/lib/errors/failure';
import type { Endpoint, Provider, ProviderIo, StreamPart } from '@/lib/providers/provider';
import { askToContinue, buildMessages, contextKinds } from './build-messages';
import { createContinuationJoin } from './join-continuation';
import { pauseBeforeRetry } from './retry-policy';

export interface Turn {
  /** The conversation in which the reply is: just started, or just continued. */
  readonly conversation: Conversation;
  readonly replyId: string;
  readonly parentId: string;
  readonly model: ModelRef;
  readonly provider: Provider;
  readonly endpoint: Endpoint;
}

export interface TurnWorld {
  /** As `ProviderIo.fetch`, and what kinds of things the request is made of. */
  readonly fetch: (url: string, init: RequestInit, kinds: readonly ContextKind[]) => Promise<Response>;
  /** The endpoint's key, '' when it has none. */
  readonly key: string;
  /** Silence in the middle of an answer that ends it as `cut`. */
  readonly silenceMs: number;
  /** The longest reply that is taken, in UTF-16 code units over all its parts. */
  readonly longestReply: number;
  readonly now: () => number;
  readonly random: () => number;
  /** Resolves after so long, or at once when the user wants no more waiting; rejects when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly emit: (event: ChatEvent) => void;
}

/**
 * Runs one turn: sends the request and emits what comes as events. Never throws; the last event is always
 * `reply-finished` or `reply-failed`. An aborted signal is the user's Stop. A request is repeated only before the
 * first token, and only as `pauseBeforeRetry` allows.
 */
export async function runTurn(turn: Turn, world: TurnWorld, signal: AbortSignal): Promise<void> {
  const { replyId } = turn;
  const before = findReply(turn.conversation, replyId);
  const continuation = before?.continuations;
  const writer = createReplyWriter(replyId, before?.parts ?? [], world);
  const ended = () => {
    writer.end();
    return { messageId: replyId, time: world.now(), continuation };
  };
  const finish = (ending: (ChatEvent & { type: 'reply-finished' })['ending'], usage?: Usage): void => {
    world.emit(defined({ type: 'reply-finished', ...ended(), ending, usage } as const));
  };
  const fail = (failure: Failure): void => {
    world.emit(defined({ type: 'reply-failed', ...ended(), failure } as const));
  };

  for (let retriesMade = 0; ; retriesMade += 1) {
    try {
      const end = await streamOnce(turn, world, writer, signal);
      writer.end();
      finish(end.ending === 'complete' && !writer.hasAnswer() ? 'empty' : end.ending, end.usage);
      return;
    } catch (error) {
      if (signal.aborted) {
        finish('stopped');
        return;
      }
      const failure = nameModel(toFailure(error), turn.model);
      const ms = writer.hasBegun() ? undefined : pauseBeforeRetry(failure, retriesMade, world.random);
      if (ms === undefined) {
        fail(failure);
        return;
      }
      const waiting = { failure, until: world.now() + ms, attempt: retriesMade + 2 };
      world.emit({ type: 'reply-waiting', messageId: replyId, waiting });
      try {
        await world.pause(ms, signal);
      } catch {
        // Only the signal ends a pause this way.
        finish('stopped');
        return;
      }
      world.emit({ type: 'reply-waiting', messageId: replyId, waiting: null });
    }
  }
}

type Finish = StreamPart & { type: 'finish' };

async function streamOnce(turn: Turn, world: TurnWorld, writer: ReplyWriter, signal: AbortSignal): Promise<Finish> {
  const { conversation, parentId, replyId } = turn;
  const messages = [...buildMessages(conversation, parentId), ...askToContinue(findReply(conversation, replyId))];
  const request = { messages, model: turn.model.model };
  const connection = new AbortController();
  const kinds = contextKinds(conversation, parentId, messages);
  const io: ProviderIo = {
    fetch: (url, init) => world.fetch(url, init, kinds),
    key: world.key,
    now: world.now,
    silenceMs: world.silenceMs,
    signal: AbortSignal.any([signal, connection.signal]),
  };
  try {
    for await (const part of turn.provider.stream(request, turn.endpoint, io)) {
      // What was under way when Stop was pressed is not shown any more.
      signal.throwIfAborted();
      switch (part.type) {
        case 'text':
        case 'thinking':
          writer.write(part.type, part.text);
          break;
        case 'served':
          if (part.model !== turn.model.model) {
            world.emit({ type: 'reply-served', messageId: replyId, servedBy: part.model });
          }
          break;
        case 'finish':
          return part;
      }
    }
    throw new ChatError({ kind: 'bug', message: 'no ending' });
  } finally {
    // Firefox keeps the connection of a body that was only cancelled. Six of those, and no request to that server goes out.
    connection.abort();
  }
}

interface ReplyWriter {
  write(type: 'text' | 'thinking', text: string): void;
  /** Writes what was held back. */
  end(): void;
  /** Whether anything has come in this run, thinking included. */
  hasBegun(): boolean;
  /** Whether there is anything of the answer itself. */
  hasAnswer(): boolean;
}

/**
 * Numbers text into events: part by part, each with its offset. What a continued reply writes is joined to the text
 * that it had, without a seam.
 */
function createReplyWriter(
  messageId: string,
  before: readonly ReplyPart[],
  { emit, now, longestReply }: TurnWorld,
): ReplyWriter {
  const parts = before.map(({ type, text }) => ({ type, length: text.length }));
  const earlier = parts.findLastIndex(({ type }) => type === 'text');
  const join = createContinuationJoin(before[earlier]?.text ?? '');
  let length = 0;
  let hasBegun = false;
  let hasAnswer = before.some(({ type, text }) => type === 'text' && text.trim() !== '');

  function partFor(type: 'text' | 'thinking'): number {
    if (type === 'text' && earlier !== -1) return earlier;
    if (parts.at(-1)?.type !== type) parts.push({ type, length: 0 });
    return parts.length - 1;
  }

  function append(type: 'text' | 'thinking', text: string): void {
    if (text === '') return;
    const part = partFor(type);
    const at = parts[part]?.length ?? 0;
    emit(defined({ type, messageId, part, at, text, time: at === 0 ? now() : undefined }));
    parts[part] = { type, length: at + text.length };
    length += text.length;
    hasBegun = true;
    hasAnswer ||= type === 'text' && text.trim() !== '';
    if (length > longestReply) throw new ChatError({ kind: 'too-much-data' });
  }

  return {
    write: (type, text) => {
      append(type, type === 'text' && earlier !== -1 ? join.take(text) : text);
    },
    end: () => {
      append('text', join.end());
    },
    hasBegun: () => hasBegun,
    hasAnswer: () => hasAnswer,
  };
}

function nameModel(failure: Failure, model: ModelRef): Failure {
  return failure.kind === 'model-not-found' && failure.model === undefined
    ? { ...failure, model: model.label }
    : failure;
}
