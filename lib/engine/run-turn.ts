import { defined } from '@/lib/errors/defined';
import { findReply } from '@/lib/chat/branches';
import type { ChatDefaults } from '@/lib/chat/chat-defaults';
import type { ChatEvent, ContextKind, Conversation, ModelRef, ReplyPart, Usage } from '@/lib/chat/types';
import { ChatError, type Failure, toFailure } from '@/lib/errors/failure';
import type { Endpoint, Provider, ProviderIo, StreamPart } from '@/lib/providers/provider';
import { askToContinue, asSystem, buildMessages, contextKinds } from './build-messages';
import { createContinuationJoin } from './join-continuation';
import { callsForFallback, mostRetries, pauseBeforeRetry } from './retry-policy';

/** Who is asked, and what goes along. */
export interface Asked {
  readonly model: ModelRef;
  readonly provider: Provider;
  readonly endpoint: Endpoint;
  /** The endpoint's key, '' when it has none. It is for this endpoint and no other. */
  readonly key: string;
  readonly defaults: ChatDefaults;
}

export interface Turn extends Asked {
  /** The conversation in which the reply is: just started, or just continued. */
  readonly conversation: Conversation;
  readonly replyId: string;
  readonly parentId: string;
  readonly fallback?: TurnFallback;
}

/** Who is asked when the endpoint is too busy, has failed, or has not begun to answer in time. */
export interface TurnFallback {
  /** How long the endpoint may take until anything of an answer comes. */
  readonly afterMs: number;
  /** Looked up when it is needed; undefined when Stop is pressed meanwhile. */
  readonly find: () => Promise<Asked | undefined>;
}

export interface TurnWorld {
  /** As `ProviderIo.fetch`, for whom the request is, and what kinds of things it is made of. */
  readonly fetch: (
    url: string,
    init: RequestInit,
    about: { readonly asked: Asked; readonly kinds: readonly ContextKind[] },
  ) => Promise<Response>;
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
 * first token, and only as `pauseBeforeRetry` allows. The fallback's request is one of those, and comes at once; a reply
 * that has text already has none.
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

  let asked: Asked = turn;
  let fallback = before?.parts.length ? undefined : lookedUpOnce(turn.fallback);
  for (let retriesMade = 0; ; retriesMade += 1) {
    const next = retriesMade < mostRetries ? fallback : undefined;
    try {
      const end = await streamOnce({ turn, asked, world, writer, next }, signal);
      writer.end();
      finish(end.ending === 'complete' && !writer.hasAnswer() ? 'empty' : end.ending, end.usage);
      return;
    } catch (error) {
      const failure = nameModel(toFailure(error), asked.model);
      const isWanted = !signal.aborted && !writer.hasBegun() && callsForFallback(failure);
      const found = isWanted ? await next?.find() : undefined;
      if (signal.aborted) {
        finish('stopped');
        return;
      }
      if (isWanted) fallback = undefined;
      if (found) {
        asked = found;
        const { model } = found;
        const servedBy = nameAt(found, model.label);
        world.emit({ type: 'reply-served', messageId: replyId, servedBy, fallback: { model, failure } });
        continue;
      }
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

/** The clock of an attempt and what comes of it ask for the same: it is looked up once. One that can't be asked is as good as none. */
function lookedUpOnce(fallback: TurnFallback | undefined): TurnFallback | undefined {
  if (!fallback) return undefined;
  let found: Promise<Asked | undefined> | undefined;
  return { ...fallback, find: () => (found ??= fallback.find().catch(() => undefined)) };
}

type Finish = StreamPart & { type: 'finish' };

interface Attempt {
  readonly turn: Turn;
  readonly asked: Asked;
  readonly world: TurnWorld;
  readonly writer: ReplyWriter;
  /** Who is asked instead when nothing of an answer has come after its time; undefined: the user decides. */
  readonly next: TurnFallback | undefined;
}

async function streamOnce({ turn, asked, world, writer, next }: Attempt, signal: AbortSignal): Promise<Finish> {
  const { conversation, parentId, replyId } = turn;
  const { model, provider, endpoint, key } = asked;
  const { systemPrompt = '', ...defaults } = asked.defaults;
  const messages = [
    ...asSystem(systemPrompt),
    ...buildMessages(conversation, parentId),
    ...askToContinue(findReply(conversation, replyId)),
  ];
  const connection = new AbortController();
  const kinds = contextKinds(conversation, parentId, messages);
  const io: ProviderIo = {
    fetch: (url, init) => world.fetch(url, init, { asked, kinds }),
    key,
    now: world.now,
    silenceMs: world.silenceMs,
    signal: AbortSignal.any([signal, connection.signal]),
  };
  const giveUp = async (): Promise<void> => {
    // Nobody is given up for one that can't be asked.
    const found = await next?.find();
    if (!found || writer.hasBegun()) return;
    connection.abort(new ChatError({ kind: 'timeout', host: new URL(endpoint.baseUrl).host }));
  };
  const late = next === undefined ? undefined : setTimeout(() => void giveUp(), next.afterMs);
  try {
    for await (const part of provider.stream({ ...defaults, messages, model: model.model }, endpoint, io)) {
      // What was under way when Stop was pressed is not shown any more; nor what comes after another one is asked.
      io.signal.throwIfAborted();
      switch (part.type) {
        case 'text':
        case 'thinking':
          writer.write(part.type, part.text);
          if (writer.hasBegun()) clearTimeout(late);
          break;
        case 'served':
          if (part.model !== model.model) {
            const servedBy = asked === turn ? part.model : nameAt(asked, part.model);
            world.emit({ type: 'reply-served', messageId: replyId, servedBy });
          }
          break;
        case 'download': {
          const { percent, host } = part;
          const waiting = { failure: { kind: 'loading', host }, until: world.now(), attempt: 1, percent } as const;
          world.emit({ type: 'reply-waiting', messageId: replyId, waiting });
          break;
        }
        case 'finish':
          return part;
      }
    }
    throw new ChatError({ kind: 'bug', message: 'no ending' });
  } finally {
    clearTimeout(late);
    // Firefox keeps the connection of a body that was only cancelled. Six of those, and no request to that server goes out.
    connection.abort();
  }
}

/** Two endpoints may have a model of one name. */
function nameAt({ endpoint }: Asked, name: string): string {
  return name === endpoint.label ? name : `${name} · ${endpoint.label}`;
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
