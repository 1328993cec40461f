import { computed, type ReadonlySignal, signal } from '@preact/signals';
import type { ModelRef } from '@/lib/chat/types';
import type { Failure } from '@/lib/errors/failure';
import type { Endpoint, ModelListing } from '@/lib/providers/provider';
import type { Settings } from '@/lib/store/settings';
import type { Line } from './line';

/** The models of one endpoint, as far as they are known. */
export interface ModelGroup {
  readonly endpoint: Endpoint;
  readonly models: readonly ModelListing[];
  readonly isLoading: boolean;
  readonly failure: Failure | null;
}

type Chosen = Partial<Omit<Settings, 'v' | 'endpoints'>>;

export interface Models {
  /** undefined until the settings have arrived. */
  readonly settings: ReadonlySignal<Settings | undefined>;
  readonly groups: ReadonlySignal<readonly ModelGroup[]>;
  /** The model of the next question; undefined when there is none, or its endpoint is gone. */
  readonly chosen: ReadonlySignal<ModelRef | undefined>;
  /** Asks for the lists: those that are not known yet, or (`fresh`) all. */
  load(fresh: boolean): void;
  /** Asks one endpoint for its list, by a real request. */
  reload(endpointId: string): void;
  /** What is known of it is out of date with the next settings, though nothing in them may show it: a new key. */
  outdate(endpointId: string): void;
  choose(model: ModelRef): void;
  /** Shown at once, and kept by the background. */
  change(settings: Chosen): void;
}

/** `fromMemory`: a list that the background has already will do; otherwise every first look is a real request. */
export function createModels(line: Line, { fromMemory }: { readonly fromMemory: boolean }): Models {
  const settings = signal<Settings | undefined>(undefined);
  const known = signal<ReadonlyMap<string, Omit<ModelGroup, 'endpoint'>>>(new Map());
  /** To be forgotten with the next settings. */
  const outdated = new Set<string>();
  /** Shown, and not answered by the background yet. */
  let changes: readonly Chosen[] = [];

  /** What an endpoint answered before it was changed says nothing about it now. */
  function forgetChanged({ endpoints }: Settings): void {
    const before = settings.peek()?.endpoints ?? [];
    const find = (list: readonly Endpoint[], id: string): string =>
      JSON.stringify(list.find((endpoint) => endpoint.id === id) ?? null);
    known.value = new Map(
      [...known.peek()].filter(([id]) => !outdated.has(id) && find(before, id) === find(endpoints, id)),
    );
    outdated.clear();
  }

  line.onMessage((message) => {
    if (message.type === 'settings') {
      forgetChanged(message.settings);
      const kept = JSON.stringify(message.settings);
      changes = changes.slice(
        1 + changes.findLastIndex((change) => JSON.stringify({ ...message.settings, ...change }) === kept),
      );
      settings.value = Object.assign({}, message.settings, ...changes) as Settings;
    }
    if (message.type !== 'models') return;
    const { models, failure, endpointId } = message;
    known.value = new Map(known.value).set(endpointId, { models, failure, isLoading: false });
  });

  function ask(endpointId: string, fresh: boolean): void {
    const models = known.value.get(endpointId)?.models ?? [];
    known.value = new Map(known.value).set(endpointId, { models, isLoading: true, failure: null });
    line.send({ type: 'list-models', endpointId, fresh });
  }

  return {
    settings,
    groups: computed(() =>
      (settings.value?.endpoints ?? []).map((endpoint) => ({
        endpoint,
        ...(known.value.get(endpoint.id) ?? { models: [], isLoading: true, failure: null }),
      })),
    ),
    chosen: computed(() => {
      const model = settings.value?.model;
      return model && settings.value?.endpoints.some(({ id }) => id === model.endpointId) ? model : undefined;
    }),
    load: (fresh) => {
      for (const { id } of settings.value?.endpoints ?? []) {
        const group = known.value.get(id);
        if (group && !fresh && group.failure === null) continue;
        ask(id, fresh || !fromMemory);
      }
    },
    reload: (endpointId) => {
      ask(endpointId, true);
    },
    outdate: (endpointId) => {
      outdated.add(endpointId);
    },
    choose: (model) => {
      line.send({ type: 'choose', settings: { model } });
    },
    change: (change) => {
      changes = [...changes, change];
      if (settings.value) settings.value = { ...settings.value, ...change };
      line.send({ type: 'choose', settings: change });
    },
  };
}
