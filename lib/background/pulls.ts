import { ChatError, toFailure } from '@/lib/errors/failure';
import type { Pull } from '@/lib/protocol/messages';
import type { ModelListing, PullEnd, PullProgress } from '@/lib/providers/provider';
import { speaksOllama } from '@/lib/providers/speaks-ollama';
import type { Settings } from '@/lib/store/settings';
import type { Door } from './door';
import { findAsked, type FindAskedWorld } from './find-asked';

export interface PullsWorld extends FindAskedWorld {
  readonly fetch: Door;
  readonly settings: () => Promise<Settings>;
  /** Lists the models of an endpoint anew, and tells the pages. */
  readonly listAnew: (endpointId: string) => Promise<readonly ModelListing[]>;
  /** Keeps the worker alive until the function it gives is called. */
  readonly startHeartbeat: () => () => void;
  readonly now: () => number;
  /** Something has changed. */
  readonly onPull: (pull: Pull) => void;
}

/** Downloads of models, which go on without the page that asked for them, for as long as this worker lives. */
export interface Pulls {
  /** All that were started here: those that have ended, too, as they ended. */
  all(): readonly Pull[];
  /** Where it is under way, that is told again. */
  start(endpointId: string, model: string): void;
  cancel(endpointId: string, model: string): void;
  /** Of this endpoint; without one, of all. */
  cancelAll(endpointId?: string): void;
}

/** Servers are silent while they check what has come, which takes minutes for many gigabytes. */
const silenceMs = 10 * 60_000;

export function createPulls(world: PullsWorld): Pulls {
  const pulls = new Map<string, Pull>();
  const running = new Map<string, AbortController>();

  async function run(endpointId: string, model: string, place: string): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    const put = (state: StateOf<Pull>): void => {
      const pull: Pull = { endpointId, model, ...state };
      pulls.set(place, pull);
      world.onPull(pull);
    };
    running.set(place, controller);
    const stopHeartbeat = world.startHeartbeat();
    try {
      const tell = (progress: PullProgress): void => put({ state: 'running', ...progress });
      tell({ step: 'preparing', completedBytes: 0, totalBytes: 0 });
      const end = await askFor(endpointId, model, tell, signal);
      if (end.isComplete) put({ state: 'done', listedAs: await nameInList(endpointId, model) });
      else put({ state: 'failed', reason: end.reason, failure: end.failure });
    } catch (error) {
      put(signal.aborted ? { state: 'cancelled' } : { state: 'failed', reason: 'other', failure: toFailure(error) });
    } finally {
      running.delete(place);
      stopHeartbeat();
      // As after a turn: Firefox keeps the connection of a body that was only let go.
      controller.abort();
    }
  }

  async function askFor(
    endpointId: string,
    model: string,
    tell: (progress: PullProgress) => void,
    signal: AbortSignal,
  ): Promise<PullEnd> {
    const { endpoint, provider, key } = await findAsked(world, await world.settings(), endpointId);
    const { pullModel } = provider;
    if (!pullModel || !speaksOllama(endpoint)) throw new ChatError({ kind: 'no-model' });
    signal.throwIfAborted();
    const fetch = (url: string, init: RequestInit): Promise<Response> => world.fetch(url, init, { purpose: 'pull' });
    return pullModel(model, endpoint, { fetch, key, now: world.now, silenceMs, signal }, tell);
  }

  /** Asked for without what stands behind the colon, a model is listed with it. */
  async function nameInList(endpointId: string, model: string): Promise<string> {
    const listed = await world.listAnew(endpointId);
    return listed.find(({ id }) => id === model || id === `${model}:latest`)?.id ?? model;
  }

  return {
    all: () => [...pulls.values()],
    start: (endpointId, model) => {
      const place = placeOf(endpointId, model);
      const pull = running.has(place) && pulls.get(place);
      if (pull) world.onPull(pull);
      else void run(endpointId, model, place);
    },
    cancel: (endpointId, model) => running.get(placeOf(endpointId, model))?.abort(),
    cancelAll: (endpointId) => {
      for (const [place, controller] of running) {
        if (endpointId === undefined || pulls.get(place)?.endpointId === endpointId) controller.abort();
      }
    },
  };
}

/** What is not the same for all states of a download. */
type StateOf<Any> = Any extends Pull ? Omit<Any, 'endpointId' | 'model'> : never;

const placeOf = (endpointId: string, model: string): string => JSON.stringify([endpointId, model]);
