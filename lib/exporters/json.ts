import type { Exporter } from './exporter';

/** Everything of it, every version included. */
export const json: Exporter = {
  id: 'json',
  extension: 'json',
  mediaType: 'application/json',
  write: (conversation) => `${JSON.stringify({ format: 'ava-conversation', v: 1, conversation }, null, 2)}\n`,
};
