import { type ChatDefaults, defaultsFor, joinBodies } from '@/lib/chat/chat-defaults';
import type { ModelRef } from '@/lib/chat/types';
import { defined } from '@/lib/errors/defined';
import { ChatError } from '@/lib/errors/failure';
import type { Endpoint, Provider } from '@/lib/providers/provider';
import type { Settings } from '@/lib/store/settings';

export interface FindAskedWorld {
  readonly findProvider: (id: string) => Provider | undefined;
  /** Bound to its origin: at another one it is not found. */
  readonly findKey: (endpointId: string, origin: string) => Promise<string>;
}

export interface FoundEndpoint {
  readonly endpoint: Endpoint;
  readonly provider: Provider;
  readonly key: string;
}

/** Throws `no-model` when the settings have no such endpoint any more, and what `findKey` throws. `label`: the model's. */
export async function findAsked(
  { findProvider, findKey }: FindAskedWorld,
  { endpoints }: Settings,
  endpointId: string,
  label?: string,
): Promise<FoundEndpoint> {
  const endpoint = endpoints.find(({ id }) => id === endpointId);
  const provider = endpoint && findProvider(endpoint.providerId);
  if (!endpoint || !provider) throw new ChatError(defined({ kind: 'no-model', model: label } as const));
  return { endpoint, provider, key: await findKey(endpointId, new URL(endpoint.baseUrl).origin) };
}

/** The endpoint as this model is asked there: of headers and body fields the endpoint's own win. */
export function withDefaultsOf(
  model: ModelRef,
  endpoint: Endpoint,
  settings: Settings,
): { readonly endpoint: Endpoint; readonly defaults: ChatDefaults } {
  const { headers, body, ...defaults } = defaultsFor(model, settings.defaults, settings.modelDefaults);
  return {
    endpoint: { ...endpoint, headers: { ...headers, ...endpoint.headers }, body: joinBodies(body, endpoint.body) },
    defaults,
  };
}
