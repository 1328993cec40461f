import type { ModelListing } from '@/lib/providers/provider';
import type { Outcome } from './build-requests';

/** What a vendor sends, and what it wants to be sent: a file each in `tests/presets`, called like the preset. */
export interface PresetRecording {
  /** Where the shape of the reply was taken from. */
  readonly source: string;
  readonly model: string;
  /** An address of the preset's kind, where it has none of its own. */
  readonly baseUrl?: string;
  /** The request for an answer to `hello` of at most 900 tokens, with the key `key-1234` where the vendor takes one. */
  readonly request: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: Readonly<Record<string, unknown>>;
  };
  readonly reply: string;
  /** What the reply says. */
  readonly says: Outcome;
  readonly models: {
    /** Where they are asked for; a vendor that lists none is not asked. */
    readonly url?: string;
    readonly answer?: string;
    readonly list: readonly ModelListing[];
  };
}

export const hello = [{ role: 'user', content: 'Hello?' }] as const;
