import { ChatError, isChatError } from '@/lib/errors/failure';
import type { ProviderIo } from '../provider';

export interface RequestParts {
  readonly method: 'GET' | 'POST';
  /** In order: of two with the same name the later one wins. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
}

/**
 * Sends a request through the one door. Rejects with the signal's reason when it is aborted, and else with `ChatError`:
 * the door's own, `auth` or `bad-request` for a key or header that HTTP cannot carry, `network` for the rest.
 */
export async function sendRequest(
  url: string,
  { method, headers, body }: RequestParts,
  io: ProviderIo,
): Promise<Response> {
  const { host } = new URL(url);
  const sent = new Headers();
  for (const [name, value] of headers) {
    try {
      sent.set(name, value);
    } catch (error) {
      const kind = io.key !== '' && value.includes(io.key) ? 'auth' : 'bad-request';
      throw new ChatError({ kind, host }, { cause: error });
    }
  }
  io.signal.throwIfAborted();
  try {
    return await io.fetch(url, {
      method,
      headers: sent,
      signal: io.signal,
      ...(body === undefined ? {} : { body }),
    });
  } catch (error) {
    io.signal.throwIfAborted();
    throw isChatError(error) ? error : new ChatError({ kind: 'network', host }, { cause: error });
  }
}
