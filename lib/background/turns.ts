import { defined } from '@/lib/errors/defined';
import { toFailure } from '@/lib/errors/failure';
import { findReply } from '@/lib/chat/branches';
import { isSameModel } from '@/lib/chat/chat-defaults';
import type { ChatEvent, ModelRef } from '@/lib/chat/types';
import { type Asked, runTurn } from '@/lib/engine/run-turn';
import type { ForcedHeaders } from '@/lib/providers/provider';
import { type Settings, usualLongestReply, usualSilenceSeconds } from '@/lib/store/settings';
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

export interface Turns {
  /** Starts a reply to `parentId` and runs it to its end. What it needs is on disk before the request is sent. */
  start(live: LiveConversation, reply: ReplyRun): Promise<void>;
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

  /** What it needs is fetched while the beginning is being written; the request waits for both. */
  async function run(
    live: LiveConversation,
    { replyId, parentId, model }: ReplyRun,
    turn: Running,
    written: Promise<unknown>,
  ): Promise<void> {
    const { signal } = turn.controller;
    const end = () => ({
      messageId: replyId,
      time: world.now(),
      continuation: findReply(live.conversation(), replyId)?.continuations,
    });
    const prepared: Promise<Prepared>[] = [];
    // A settings record or a key that never comes must not keep Stop waiting.
    const ready = async (settings: Settings, wanted: ModelRef): Promise<Prepared | undefined> => {
      const preparing = prepare(world, settings, wanted);
      prepared.push(preparing);
      return Promise.race([preparing, turn.stopped]);
    };
    const setUp = world.settings().then(async (settings) => ({ settings, asked: await ready(settings, model) }));
    try {
      const { settings, asked } =
        (await Promise.race([setUp.then((found) => written.then(() => found)), turn.stopped])) ?? {};
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
              ? { afterMs: fallback.afterSeconds * 1000, find: () => ready(settings, fallback.model) }
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
      for (const preparing of prepared) {
        preparing.then(
          ({ release }) => release?.(),
          // Told above.
          () => undefined,
        );
      }
    }
  }

  /** `begin` is what the turn writes first; it is on disk before the request is sent. */
  async function runToEnd(live: LiveConversation, reply: ReplyRun, begin: ChatEvent): Promise<void> {
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
      await run(live, reply, turn, Promise.race([written, elapsed(diskPatienceMs)]));
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
    start: async (live, reply) => {
      const { replyId, parentId, model } = reply;
      if (live.conversation().messages.some(({ id }) => id === replyId)) return;
      await runToEnd(live, reply, { type: 'reply-started', messageId: replyId, parentId, model, time: world.now() });
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

/** What is needed to ask a model. */
async function prepare(world: TurnsWorld, settings: Settings, model: ModelRef): Promise<Prepared> {
  const { endpoint, provider, key } = await findAsked(world, settings, model.endpointId, model.label);
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
