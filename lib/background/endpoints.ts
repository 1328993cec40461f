import { ChatError, type Failure, toFailure } from '@/lib/errors/failure';
import { isSameModel, withoutModel } from '@/lib/chat/chat-defaults';
import type { ModelRef } from '@/lib/chat/types';
import { type Endpoint, type ModelListing, onDeviceAddress, type ProviderIo } from '@/lib/providers/provider';
import type { KeyValue } from '@/lib/store/key-value';
import { createRecord } from '@/lib/store/record';
import {
  defaultSettings,
  isSettings,
  mostRecent,
  type Settings,
  settingsKey,
  withoutEndpoint,
  withoutModelHeaders,
} from '@/lib/store/settings';
import { accessPattern } from './access-pattern';
import type { Door } from './door';
import { findAsked, type FindAskedWorld } from './find-asked';

export interface EndpointsWorld extends FindAskedWorld {
  readonly store: KeyValue;
  readonly fetch: Door;
  readonly giveBackAccess: (origin: string) => Promise<void>;
  /** Sends our own requests to exactly these origins without `Origin`, from now on. */
  readonly hideOriginFrom: (origins: readonly string[]) => Promise<void>;
  readonly now: () => number;
  readonly onUnread: (failure: Failure) => void;
  readonly onSettings: (settings: Settings) => void;
}

export interface ListedModels {
  readonly models: readonly ModelListing[];
  readonly failure: Failure | null;
}

/** The user's endpoints and what they offer. */
export interface Endpoints {
  settings(): Promise<Settings>;
  /** Sets anew what does not outlive the browser: which servers get our requests without `Origin`. */
  hideOrigin(): Promise<void>;
  save(endpoint: Endpoint): Promise<void>;
  /** Forgets the endpoint, and gives back access that no other endpoint needs. */
  remove(endpointId: string): Promise<void>;
  /** From memory unless `fresh`; the first time always by a real request. */
  listModels(endpointId: string, fresh: boolean): Promise<ListedModels>;
  choose(settings: Partial<Omit<Settings, 'v' | 'endpoints'>>): Promise<void>;
  /** Remembers that this model was asked. */
  noteUse(model: ModelRef): Promise<void>;
}

/** A list of models that takes longer than this is not waited for. */
const listingMs = 20_000;

export function createEndpoints(world: EndpointsWorld): Endpoints {
  const record = createRecord<Settings>({
    ...world,
    key: settingsKey,
    fallback: defaultSettings,
    isValid: isSettings,
  });
  const known = new Map<string, readonly ModelListing[]>();
  /** The last change of each endpoint since the start. */
  const changes = new Map<string, object>();

  async function change(next: (before: Settings) => Settings): Promise<Settings> {
    const before = await record.read();
    const after = await record.change(next);
    // First: who hears of the settings may ask at once.
    if (originsToHideFrom(after).join() !== originsToHideFrom(before).join()) await hideOrigin(after);
    world.onSettings(after);
    for (const origin of accessOf(before).difference(accessOf(after))) await world.giveBackAccess(origin);
    return after;
  }

  async function hideOrigin(settings: Settings): Promise<void> {
    // A browser that refuses the rule leaves things as they are: the server then refuses us, which is told.
    await world.hideOriginFrom(originsToHideFrom(settings)).catch(() => undefined);
  }

  async function listModels(endpointId: string, fresh: boolean): Promise<ListedModels> {
    const before = known.get(endpointId);
    if (before && !fresh) return { models: before, failure: null };
    try {
      const asked = changes.get(endpointId);
      const models = await fetchModels(endpointId);
      // Of another address, perhaps: the endpoint has been saved anew meanwhile.
      if (changes.get(endpointId) !== asked) return await listModels(endpointId, fresh);
      known.set(endpointId, models);
      return { models, failure: null };
    } catch (error) {
      return { models: before ?? [], failure: toFailure(error) };
    }
  }

  async function fetchModels(endpointId: string): Promise<readonly ModelListing[]> {
    const signal = AbortSignal.timeout(listingMs);
    const settings = await record.read();
    const { endpoint, provider, key } = await findAsked(world, settings, endpointId);
    // A wire without model names answers with a model of its own: the one there is to choose.
    if (!provider.hasModels) return [{ id: '', label: endpoint.label }];
    try {
      const fetch: ProviderIo['fetch'] = (to, init) => world.fetch(to, init, { purpose: 'models' });
      return await provider.listModels(endpoint, { ...world, fetch, key, silenceMs: listingMs, signal });
    } catch (error) {
      if (!signal.aborted) throw error;
      throw new ChatError({ kind: 'timeout', host: new URL(endpoint.baseUrl).host }, { cause: error });
    }
  }

  /** The first endpoint that works becomes the one that is used: nobody should have to choose from one. */
  async function chooseFirst(endpoint: Endpoint, models: readonly ModelListing[]): Promise<void> {
    const [first] = models;
    if (!first) return;
    const model: ModelRef = { endpointId: endpoint.id, model: first.id, label: first.label ?? first.id };
    await change((before) => (isUsable(before) ? before : { ...before, model }));
  }

  return {
    settings: record.read,
    hideOrigin: async () => {
      const settings = await record.read();
      const hiding = hideOrigin(settings);
      // Nobody has to wait for a rule that is only taken away.
      if (originsToHideFrom(settings).length > 0) await hiding;
    },
    save: async (endpoint) => {
      known.delete(endpoint.id);
      changes.set(endpoint.id, {});
      const after = await change((before) => {
        const saved = before.endpoints.find(({ id }) => id === endpoint.id);
        if (!saved) return { ...before, endpoints: [...before.endpoints, endpoint] };
        const isMoved = new URL(saved.baseUrl).host !== new URL(endpoint.baseUrl).host;
        const kept = isMoved ? withoutModelHeaders(before, endpoint.id) : before;
        return { ...kept, endpoints: kept.endpoints.map((other) => (other.id === endpoint.id ? endpoint : other)) };
      });
      if (!isUsable(after)) await chooseFirst(endpoint, (await listModels(endpoint.id, true)).models);
    },
    remove: async (endpointId) => {
      known.delete(endpointId);
      await change((before) => withoutEndpoint(before, endpointId));
    },
    listModels,
    choose: async (chosen) => {
      await change((before) => ({ ...before, ...chosen }));
    },
    noteUse: async (model) => {
      const { recent = [] } = await record.read();
      if (isSameModel(recent[0], model)) return;
      await change((before) => ({
        ...before,
        recent: [model, ...withoutModel(before.recent ?? [], model)].slice(0, mostRecent),
      }));
    },
  };
}

/** Whether the next question has somewhere to go. */
export function isUsable({ model, endpoints }: Settings): boolean {
  return model !== null && endpoints.some(({ id }) => id === model.endpointId);
}

/** The match patterns that the endpoints want access to. */
function accessOf({ endpoints }: Settings): Set<string> {
  const addresses = endpoints.map(({ baseUrl }) => baseUrl).filter((address) => address !== onDeviceAddress);
  return new Set(addresses.map(accessPattern));
}

function originsToHideFrom({ endpoints }: Settings): readonly string[] {
  const origins = endpoints.filter(({ hidesOrigin }) => hidesOrigin).map(({ baseUrl }) => new URL(baseUrl).origin);
  return [...new Set(origins)];
}
