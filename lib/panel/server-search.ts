import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { FoundServer } from '@/lib/doctor/diagnosis';
import { localPorts } from '@/lib/doctor/local-ports';
import type { Endpoint } from '@/lib/providers/provider';
import type { Line } from './line';

export type SearchState =
  | { readonly state: 'idle' }
  | { readonly state: 'looking' }
  /** The browser was asked for access to this computer, and did not give it. Nothing was looked at. */
  | { readonly state: 'refused' }
  | { readonly state: 'found'; readonly servers: readonly FoundServer[] };

/** Looking for model servers on this computer: never by itself. */
export interface ServerSearch {
  /** The ports that are looked at. */
  readonly ports: readonly number[];
  readonly result: ReadonlySignal<SearchState>;
  /** `access`: what the browser answers to the question for access, which was asked in the click itself. */
  start(access: Promise<boolean>): void;
  /** Adds a server that was found; gives the id of its endpoint. */
  add(server: FoundServer): string;
}

export function createServerSearch({
  line,
  newId,
}: {
  readonly line: Line;
  readonly newId: () => string;
}): ServerSearch {
  const result = signal<SearchState>({ state: 'idle' });
  line.onMessage((message) => {
    if (message.type === 'found-servers') result.value = { state: 'found', servers: message.servers };
  });
  effect(() => {
    // The background ended meanwhile: it can be asked again.
    if (!line.isOpen.value && result.peek().state === 'looking') result.value = { state: 'idle' };
  });
  return {
    ports: localPorts,
    result,
    start: (access) => {
      // A browser that won't ask has not given it.
      void access
        .catch(() => false)
        .then((isGranted) => {
          if (!isGranted) {
            result.value = { state: 'refused' };
            return;
          }
          line.send({ type: 'find-servers' });
          result.value = { state: 'looking' };
        });
    },
    add: ({ providerId, label, baseUrl }) => {
      const endpoint: Endpoint = {
        id: newId(),
        providerId,
        label: label || new URL(baseUrl).host,
        baseUrl,
        headers: {},
        body: {},
        unstreamed: false,
      };
      line.send({ type: 'save-endpoint', endpoint });
      return endpoint.id;
    },
  };
}
