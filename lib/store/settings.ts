import type { ChatDefaults, Fallback, ModelDefaults } from '@/lib/chat/chat-defaults';
import type { Price } from '@/lib/chat/prices';
import type { ModelRef } from '@/lib/chat/types';
import type { Endpoint } from '@/lib/providers/provider';
import { isNewer, isRecord } from './is-record';

/** What the user has set up. Keys are not in it (see `secrets.ts`). */
export interface Settings {
  readonly v: 1;
  readonly endpoints: readonly Endpoint[];
  /** The model of the next question; null until one was chosen. */
  readonly model: ModelRef | null;
  /** 'auto' follows the browser. */
  readonly language: string;
  /** Silence in the middle of an answer that ends it as `cut`, in seconds; `usualSilenceSeconds` without it. */
  readonly silenceSeconds?: number;
  /** The longest reply that is taken, in UTF-16 code units over all its parts; `usualLongestReply` without it. */
  readonly longestReply?: number;
  /** What models cost, for what an answer has cost; none without it. Read by `pricesIn`. */
  readonly prices?: readonly Price[];
  /** Models that the list offers first, oldest star first. */
  readonly favourites?: readonly ModelRef[];
  /** The models that were asked last, newest first: at most `mostRecent`. */
  readonly recent?: readonly ModelRef[];
  /** What goes with every request. */
  readonly defaults?: ChatDefaults;
  /** What goes with the requests to one model: at most one entry a model. */
  readonly modelDefaults?: readonly ModelDefaults[];
  /** At most one an endpoint. */
  readonly fallbacks?: readonly Fallback[];
}

export const usualSilenceSeconds = 60;
export const usualLongestReply = 10_000_000;
export const mostRecent = 5;

export const settingsKey = 'settings';

export const defaultSettings: Settings = { v: 1, endpoints: [], model: null, language: 'auto' };

/** Settings that nothing stumbles over, also those of a newer version: what it added is passed over. */
export function isSettings(value: unknown): value is Settings {
  if (!isRecord(value, 1) && !isNewer(value)) return false;
  const { endpoints, model, favourites, recent, defaults, modelDefaults, fallbacks } = value as Partial<Settings>;
  return (
    Array.isArray(endpoints) &&
    endpoints.every(
      (endpoint?: Partial<Endpoint>) => areTexts(endpoint?.id, endpoint?.label) && URL.canParse(`${endpoint?.baseUrl}`),
    ) &&
    (!model || isModel(model)) &&
    isListOf(favourites, isModel) &&
    isListOf(recent, isModel) &&
    (defaults === undefined || (typeof defaults === 'object' && defaults !== null)) &&
    isListOf(modelDefaults, (own?: Partial<ModelDefaults>) => isModel(own?.model)) &&
    isListOf(
      fallbacks,
      (fallback?: Partial<Fallback>) => isModel(fallback?.model) && Number(fallback?.afterSeconds) > 0,
    )
  );
}

/** The settings without an endpoint, and without all that names it. */
export function withoutEndpoint(settings: Settings, endpointId: string): Settings {
  const { endpoints, model, favourites, recent, modelDefaults, fallbacks } = settings;
  const isOther = (ref: ModelRef): boolean => ref.endpointId !== endpointId;
  return {
    ...settings,
    endpoints: endpoints.filter(({ id }) => id !== endpointId),
    model: model && isOther(model) ? model : null,
    ...(favourites && { favourites: favourites.filter(isOther) }),
    ...(recent && { recent: recent.filter(isOther) }),
    ...(modelDefaults && { modelDefaults: modelDefaults.filter((own) => isOther(own.model)) }),
    ...(fallbacks && {
      fallbacks: fallbacks.filter((fallback) => fallback.endpointId !== endpointId && isOther(fallback.model)),
    }),
  };
}

/** What the models of an endpoint send as headers may be secret: it was meant for the host that the endpoint had. */
export function withoutModelHeaders(settings: Settings, endpointId: string): Settings {
  const { modelDefaults } = settings;
  if (!modelDefaults) return settings;
  return {
    ...settings,
    modelDefaults: modelDefaults.map((own) => {
      if (own.model.endpointId !== endpointId) return own;
      const { headers: _left, ...rest } = own;
      return rest;
    }),
  };
}

const areTexts = (...values: readonly unknown[]): boolean => values.every((value) => typeof value === 'string');

const isModel = (model?: Partial<ModelRef>): boolean => areTexts(model?.endpointId, model?.model, model?.label);

function isListOf<Item>(list: readonly Item[] | undefined, isItem: (item?: Item) => boolean): boolean {
  return list === undefined || (Array.isArray(list) && list.every((item) => isItem(item)));
}
