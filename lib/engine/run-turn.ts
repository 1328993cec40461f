import type { ChatEvent, Conversation, ModelRef, Usage } from '@/lib/chat/types';
import { ChatError, type Failure, toFailure } from '@/lib/errors/failure';
import type { Endpoint, Provider, ProviderIo, StreamPart } from '@/lib/providers/provider';
import { buildMessages } from './build-messages';
import { pauseBeforeRetry } from './retry-policy';

export interface Turn {
  /** The conversation in which the reply has just been started. */
  readonly conversation: Conversation;
  readonly replyId: string;
  readonly parentId: string;
  readonly model: ModelRef;
  readonly provider: Provider;
  readonly endpoint: Endpoint;
}

export interface TurnWorld {
  readonly fetch: ProviderIo['fetch'];
  /** The endpoint's key, '' when it has none. */
  readonly key: string;
  readonly now: () => number;
  readonly random: () => number;
  /** Resolves after so long, or at once when the user wants no more waiting; rejects when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly emit: (event: ChatEvent) => void;
}

/** Silence in the middle of an answer that ends it as `cut`. */
export const silenceMs = 60_000;
/** The longest reply that is taken, in UTF-16 code units over all its parts. */
export const longestReply = 10_000_000;

/**
 * Runs one turn: sends the request and emits what comes as events. Never throws; the last event is always
 * `reply-finished` or `reply-failed`. An aborted signal is the user's Stop. A request is repeated only before the
 * first token, and only as `pauseBeforeRetry` allows.
 */
export async function runTurn(turn: Turn, world: TurnWorld, signal: AbortSignal): Promise<void> {
  const { replyId } = turn;
  const writer = createReplyWriter(replyId, world);
  const finish = (ending: (ChatEvent & { type: 'reply-finished' })['ending'], usage?: Usage): void => {
    world.emit({ type: 'reply-finished', messageId: replyId, ending, time: world.now(), ...(usage ? { usage } : {}) });
  };
  const fail = (failure: Failure): void => {
    world.emit({ type: 'reply-failed', messageId: replyId, failure, time: world.now() });
  };

  for (let retriesMade = 0; ; retriesMade += 1) {
    try {
      const end = await streamOnce(turn, world, writer, signal);
      if (end.ending === 'complete' && !writer.hasAnswer()) finish('empty', end.usage);
      else finish(end.ending, end.usage);
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
  const request = { messages: buildMessages(turn.conversation, turn.parentId), model: turn.model.model };
  const io: ProviderIo = { fetch: world.fetch, key: world.key, now: world.now, silenceMs, signal };
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
          world.emit({ type: 'reply-served', messageId: turn.replyId, servedBy: part.model });
        }
        break;
      case 'finish':
        return part;
    }
  }
  throw new ChatError({ kind: 'bug', message: 'the stream ended without an ending' });
}

interface ReplyWriter {
  write(type: 'text' | 'thinking', text: string): void;
  /** Whether anything has come, thinking included. */
  hasBegun(): boolean;
  /** Whether anything of the answer itself has come. */
  hasAnswer(): boolean;
}

/** Numbers text into events: part by part, each with its offset. */
function createReplyWriter(messageId: string, { emit, now }: TurnWorld): ReplyWriter {
  let part = -1;
  let current: 'text' | 'thinking' | undefined;
  let at = 0;
  let length = 0;
  let hasAnswer = false;
  return {
    write: (type, text) => {
      if (text === '') return;
      const isFirst = part === -1;
      if (type !== current) {
        part += 1;
        current = type;
        at = 0;
      }
      emit({ type, messageId, part, at, text, ...(isFirst ? { time: now() } : {}) });
      at += text.length;
      length += text.length;
      hasAnswer ||= type === 'text' && text.trim() !== '';
      if (length > longestReply) throw new ChatError({ kind: 'too-much-data' });
    },
    hasBegun: () => part >= 0,
    hasAnswer: () => hasAnswer,
  };
}

function nameModel(failure: Failure, model: ModelRef): Failure {
  return failure.kind === 'model-not-found' && failure.model === undefined
    ? { ...failure, model: model.label }
    : failure;
}
