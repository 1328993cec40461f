import type { ModelRef } from '@/lib/chat/types';
import type { Endpoint } from '@/lib/providers/provider';

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
