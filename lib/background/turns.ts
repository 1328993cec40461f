import { ChatError, toFailure } from '@/lib/errors/failure';
import type { ModelRef } from '@/lib/chat/types';
import { runTurn } from '@/lib/engine/run-turn';
import type { ForcedHeaders, Provider, ProviderIo } from '@/lib/providers/provider';
import type { Settings } from '@/lib/store/settings';
import type { LiveConversation } from './live-conversation';

export interface TurnsWorld {
  readonly fetch: ProviderIo['fetch'];
  readonly settings: () => Promise<Settings>;
  readonly findProvider: (id: string) => Provider | undefined;
  readonly findKey: (endpointId: string, origin: string) => Promise<string>;
  /** Sets headers on our own requests to this address until the function it gives is called. */
  readonly forceHeaders: (url: string, headers: ForcedHeaders) => Promise<() => Promise<void>>;
  /** Keeps the worker alive until the function it gives is called. */
  readonly startHeartbeat: () => () => void;
  readonly now: () => number;
  readonly random: () => number;
  /** A turn is about to send its request, or has ended and is on disk. */
  readonly onStarted: (conversationId: string) => Promise<void>;
  readonly onEnded: (live: LiveConversation) => Promise<void>;
}

export interface Turns {
  /** Starts a reply to `parentId` and runs it to its end. What it needs is on disk before the request is sent. */
  start(live: LiveConversation, reply: { replyId: string; parentId: string; model: ModelRef }): Promise<void>;
  /** Whether there was something to stop. */
  stop(replyId: string): boolean;
  stopAll(live: LiveConversation): void;
  tryNow(replyId: string): void;
}

interface Running {
  readonly conversationId: string;
  readonly controller: AbortController;
  hurry: () => void;
}

export function createTurns(world: TurnsWorld): Turns {
  const running = new Map<string, Running>();

  async function run(
    live: LiveConversation,
    { replyId, parentId, model }: { replyId: string; parentId: string; model: ModelRef },
    turn: Running,
  ): Promise<void> {
    const { signal } = turn.controller;
    let release: (() => Promise<void>) | undefined;
    try {
      const { endpoint, provider } = await findEndpoint(world, model);
      const url = provider.chatUrl(endpoint);
      const key = await world.findKey(endpoint.id, new URL(url).origin);
      if (provider.forcedHeaders) release = await world.forceHeaders(url, provider.forcedHeaders);
      await runTurn(
        { conversation: live.conversation(), replyId, parentId, model, provider, endpoint },
        {
          fetch: world.fetch,
          key,
          now: world.now,
          random: world.random,
          pause: (ms) => pause(ms, turn, signal),
          emit: (event) => {
            live.record(event);
          },
        },
        signal,
      );
    } catch (error) {
      live.record({ type: 'reply-failed', messageId: replyId, failure: toFailure(error), time: world.now() });
    } finally {
      await release?.();
    }
  }

  return {
    start: async (live, reply) => {
      const { replyId, parentId, model } = reply;
      if (live.conversation().messages.some(({ id }) => id === replyId)) return;
      const turn: Running = { conversationId: live.id, controller: new AbortController(), hurry: () => undefined };
      running.set(replyId, turn);
      const stopHeartbeat = world.startHeartbeat();
      try {
        live.record({ type: 'reply-started', messageId: replyId, parentId, model, time: world.now() });
        // A disk that refuses has been told of; the answer still comes, from memory.
        await Promise.all([world.onStarted(live.id), live.flush().catch(() => undefined)]);
        await run(live, reply, turn);
        await live.seal().catch(() => undefined);
        await world.onEnded(live);
      } finally {
        running.delete(replyId);
        stopHeartbeat();
      }
    },
    stop: (replyId) => {
      const turn = running.get(replyId);
      turn?.controller.abort();
      return turn !== undefined;
    },
    stopAll: (live) => {
      for (const turn of running.values()) if (turn.conversationId === live.id) turn.controller.abort();
    },
    tryNow: (replyId) => {
      running.get(replyId)?.hurry();
    },
  };
}

async function findEndpoint(world: TurnsWorld, model: ModelRef) {
  const { endpoints } = await world.settings();
  const endpoint = endpoints.find(({ id }) => id === model.endpointId);
  const provider = endpoint && world.findProvider(endpoint.providerId);
  if (!endpoint || !provider) throw new ChatError({ kind: 'no-model', model: model.label });
  return { endpoint, provider };
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
