import { defined } from '@/lib/errors/defined';
import { toFailure } from '@/lib/errors/failure';
import { findReply } from '@/lib/chat/branches';
import { isSameModel } from '@/lib/chat/chat-defaults';
import type { ChatEvent, ModelRef } from '@/lib/chat/types';
import { type Asked, runTurn } from '@/lib/engine/run-turn';
import type { ForcedHeaders } from '@/lib/providers/provider';
import { type Settings, usualLongestReply, usualSilenceSeconds } from '@/lib/store/settings';
import { accessPattern } from './access-pattern';
import type { Door } from './door';
import { findAsked, type FindAskedWorld, withDefaultsOf } from './find-asked';
import type { LiveConversation } from './live-conversation';
import type { SentLog } from './sent-log';

export interface TurnsWorld extends FindAskedWorld {
  readonly fetch: Door;
  readonly sent: SentLog;
  readonly settings: () => Promise<Settings>;
  /** Sets headers on our own requests to this address until the function it gives is called. */
  readonly forceHeaders: (url: string, headers: ForcedHeaders) => Promise<() => Promise<void>>;
  readonly hasAccess: (pattern: string) => Promise<boolean>;
  /** Keeps the worker alive until the function it gives is called. */
  readonly startHeartbeat: () => () => void;
  readonly now: () => number;
  readonly random: () => number;
  /** A turn is about to send its request: notes that it runs, and writes down what it has begun with, in one. */
  readonly onStarted: (live: LiveConversation) => Promise<void>;
  /** A turn has ended and is on disk. */
  readonly onEnded: (live: LiveConversation) => Promise<void>;
}

/** Which reply is written, to which question, by which model. */
export interface ReplyRun {
  readonly replyId: string;
  readonly parentId: string;
  readonly model: ModelRef;
}

/** Settings, key and rules for a request, on their way while the disk is asked for the conversation. */
export interface Preparation {
  readonly found: Promise<{ readonly settings: Settings; readonly asked: Prepared }>;
  /** To be called by whoever does not hand it to `start`. */
  drop(): void;
}

export interface Turns {
  prepare(model: ModelRef): Preparation;
  /** Starts a reply to `parentId` and runs it to its end. What it needs is on disk before the request is sent. */
  start(live: LiveConversation, reply: ReplyRun, preparation?: Preparation): Promise<void>;
  /** Lets a reply that has ended go on where it ended. */
  goOn(live: LiveConversation, replyId: string, model: ModelRef): Promise<void>;
  /** Whether there was something to stop. */
  stop(replyId: string): boolean;
  /** Every turn of this conversation; without one, of all. */
  stopAll(live?: LiveConversation): void;
  tryNow(replyId: string): void;
  isRunning(conversationId: string): boolean;
  /** Resolves when no turn runs, at once or later. */
  allEnded(): Promise<void>;
}

/** How long a request waits for its question to be on disk. */
const diskPatienceMs = 1000;

interface Running {
  readonly conversationId: string;
  readonly controller: AbortController;
  /** Resolves when Stop is pressed. */
  readonly stopped: Promise<undefined>;
  hurry: () => void;
}

export function createTurns(world: TurnsWorld): Turns {
  const running = new Map<string, Running>();
  const waitingForEnd: (() => void)[] = [];

  function prepareFor(model: ModelRef): Preparation {
    const found = world
      .settings()
      .then(async (settings) => ({ settings, asked: await prepare(world, settings, model) }));
    const asked = found.then((all) => all.asked);
    // Whoever takes it over tells of it.
    asked.catch(() => undefined);
    return {
      found,
      drop: () => {
        releaseLater(asked);
      },
    };
  }

  /** What it needs is fetched while the beginning is being written; the request waits for both. */
  async function run(
    live: LiveConversation,
    { replyId, parentId, model }: ReplyRun,
    turn: Running,
    { written, preparation = prepareFor(model) }: { written: Promise<unknown>; preparation: Preparation | undefined },
  ): Promise<void> {
    const { signal } = turn.controller;
    const end = () => ({
      messageId: replyId,
      time: world.now(),
      continuation: findReply(live.conversation(), replyId)?.continuations,
    });
    let other: Promise<Prepared> | undefined;
    try {
      // A settings record or a key that never comes must not keep Stop waiting.
      const { settings, asked } =
        (await Promise.race([preparation.found.then((found) => written.then(() => found)), turn.stopped])) ?? {};
      if (!settings || !asked) {
        live.record(defined({ type: 'reply-finished', ...end(), ending: 'stopped' } as const));
        return;
      }
      const { silenceSeconds = usualSilenceSeconds, longestReply = usualLongestReply } = settings;
      const fallback = settings.fallbacks?.find(({ endpointId }) => endpointId === model.endpointId);
      const sent = world.sent.open(live.id, replyId);
      await runTurn(
        defined({
          ...asked,
          conversation: live.conversation(),
          replyId,
          parentId,
          fallback:
            fallback && !isSameModel(fallback.model, model)
              ? {
                  afterMs: fallback.afterSeconds * 1000,
                  find: () => Promise.race([(other ??= prepare(world, settings, fallback.model)), turn.stopped]),
                }
              : undefined,
        }),
        {
          silenceMs: silenceSeconds * 1000,
          longestReply,
          fetch: (url, init, { kinds, asked: whom }) =>
            world.fetch(url, init, {
              purpose: 'chat',
              kinds,
              keep: sent.keeperFor(whom.key, whom.provider.forcedHeaders),
            }),
          now: world.now,
          random: world.random,
          pause: (ms) => pause(ms, turn, signal),
          emit: (event) => {
            sent.happened(event);
            live.record(event);
          },
        },
        signal,
      );
    } catch (error) {
      live.record(defined({ type: 'reply-failed', ...end(), failure: toFailure(error) } as const));
    } finally {
      preparation.drop();
      if (other) releaseLater(other);
    }
  }

  /** `begin` is what the turn writes first; it is on disk before the request is sent. */
  async function runToEnd(
    live: LiveConversation,
    reply: ReplyRun,
    begin: ChatEvent,
    preparation?: Preparation,
  ): Promise<void> {
    const controller = new AbortController();
    const stopped = new Promise<undefined>((resolve) => {
      controller.signal.addEventListener('abort', () => {
        resolve(undefined);
      });
    });
    const turn: Running = { conversationId: live.id, controller, stopped, hurry: () => undefined };
    running.set(reply.replyId, turn);
    const stopHeartbeat = world.startHeartbeat();
    try {
      live.record(begin);
      // That it runs and that it has begun: whatever a dying worker leaves open is found at the next start.
      // A disk that refuses has been told of, one that hangs will be; the answer still comes, from memory.
      const written = world.onStarted(live);
      await run(live, reply, turn, { written: Promise.race([written, elapsed(diskPatienceMs)]), preparation });
      await live.seal();
      running.delete(reply.replyId);
      await world.onEnded(live);
    } finally {
      running.delete(reply.replyId);
      stopHeartbeat();
      if (running.size === 0) for (const tell of waitingForEnd.splice(0)) tell();
    }
  }

  return {
    prepare: prepareFor,
    start: async (live, reply, preparation) => {
      const { replyId, parentId, model } = reply;
      if (live.conversation().messages.some(({ id }) => id === replyId)) return preparation?.drop();
      const begin = { type: 'reply-started', messageId: replyId, parentId, model, time: world.now() } as const;
      await runToEnd(live, reply, begin, preparation);
    },
    goOn: async (live, replyId, model) => {
      const reply = findReply(live.conversation(), replyId);
      if (!reply || reply.state === 'streaming' || running.has(replyId)) return;
      const continuation = (reply.continuations ?? 0) + 1;
      const { parentId } = reply;
      await runToEnd(
        live,
        { replyId, parentId, model },
        { type: 'reply-continued', messageId: replyId, continuation, model, time: world.now() },
      );
    },
    stop: (replyId) => {
      const turn = running.get(replyId);
      turn?.controller.abort();
      return turn !== undefined;
    },
    isRunning: (conversationId) => running.values().some((turn) => turn.conversationId === conversationId),
    stopAll: (live) => {
      for (const turn of running.values()) {
        if (live === undefined || turn.conversationId === live.id) turn.controller.abort();
      }
    },
    allEnded: () =>
      running.size === 0
        ? Promise.resolve()
        : new Promise((resolve) => {
            waitingForEnd.push(resolve);
          }),
    tryNow: (replyId) => {
      running.get(replyId)?.hurry();
    },
  };
}

function elapsed(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

interface Prepared extends Asked {
  /** Takes the forced headers back. */
  readonly release?: (() => Promise<void>) | undefined;
}

function releaseLater(preparing: Promise<Prepared>): void {
  preparing.then(
    ({ release }) => release?.(),
    // Told where it is waited for.
    () => undefined,
  );
}

/** What is needed to ask a model. */
async function prepare(world: TurnsWorld, settings: Settings, model: ModelRef): Promise<Prepared> {
  const { endpoint, provider, key } = await findAsked(world, settings, model.endpointId, model.label);
  // The door asks again; the answer is there then.
  world.hasAccess(accessPattern(endpoint.baseUrl)).catch(() => undefined);
  const release = provider.forcedHeaders && (await world.forceHeaders(endpoint.baseUrl, provider.forcedHeaders));
  return { model, provider, key, release, ...withDefaultsOf(model, endpoint, settings) };
}

function pause(ms: number, turn: Running, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
    };
    const abort = (): void => {
      end();
      reject(new Error('aborted'));
    };
    turn.hurry = () => {
      end();
      resolve();
    };
    const timer = setTimeout(turn.hurry, ms);
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
  });
}
