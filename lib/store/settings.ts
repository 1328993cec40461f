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
}

export const usualSilenceSeconds = 60;
export const usualLongestReply = 10_000_000;

export const settingsKey = 'settings';

export const defaultSettings: Settings = { v: 1, endpoints: [], model: null, language: 'auto' };

/** Settings that nothing stumbles over, also those of a newer version: what it added is passed over. */
export function isSettings(value: unknown): value is Settings {
  if (!isRecord(value, 1) && !isNewer(value)) return false;
  const { endpoints, model } = value as Partial<Settings>;
  return (
    Array.isArray(endpoints) &&
    endpoints.every(
      (endpoint?: Partial<Endpoint>) => areTexts(endpoint?.id, endpoint?.label) && URL.canParse(`${endpoint?.baseUrl}`),
    ) &&
    (!model || areTexts(model.endpointId, model.model, model.label))
  );
}

const areTexts = (...values: readonly unknown[]): boolean => values.every((value) => typeof value === 'string');
