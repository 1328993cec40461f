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
}

export const settingsKey = 'settings';

export const defaultSettings: Settings = { v: 1, endpoints: [], model: null, language: 'auto' };

/** Settings that nothing stumbles over, also those of a newer version: what it added is passed over. */
export function isSettings(value: unknown): value is Settings {
  if (!isRecord(value, 1) && !isNewer(value)) return false;
  const { endpoints, model = null } = value as { readonly endpoints?: unknown; readonly model?: unknown };
  return Array.isArray(endpoints) && endpoints.every(isEndpoint) && (model === null || isModelRef(model));
}

function isEndpoint(value: unknown): boolean {
  const { id, providerId, label, baseUrl } = fieldsOf(value);
  return [id, providerId, label].every(isText) && isText(baseUrl) && URL.canParse(baseUrl);
}

function isModelRef(value: unknown): boolean {
  const { endpointId, model, label } = fieldsOf(value);
  return [endpointId, model, label].every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function fieldsOf(value: unknown): Readonly<Partial<Record<keyof Endpoint | keyof ModelRef, unknown>>> {
  return typeof value === 'object' && value !== null ? value : {};
}
