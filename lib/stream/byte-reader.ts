import { ChatError } from '@/lib/errors/failure';

/** The longest delay that timers accept; a longer one would fire at once. */
const longestDelayMs = 2 ** 31 - 1;

export interface ByteReader {
  /**
   * The next bytes, `end` after the last, `silent` when none came within that time (and none will be read any more).
   * Rejects with the signal's reason when it is aborted and with `ChatError` `network` when the transport broke.
   */
  read(withinMs: number): Promise<Uint8Array | 'end' | 'silent'>;
  /** Lets go of the body: what is still to come is not read and the connection closes. */
  close(): void;
}

/**
 * Reads a body under a signal. Aborting cancels the body at once: by the Streams standard that settles a read in
 * waiting, so nothing has to be raced, and it closes the connection.
 */
export function openBytes(body: ReadableStream<Uint8Array>, signal: AbortSignal): ByteReader {
  const reader = body.getReader();
  let silent = false;
  // Cancelling a body that has already failed rejects with the failure that `read` has reported.
  const cancel = (): void => void reader.cancel().catch(() => undefined);
  if (signal.aborted) cancel();
  else signal.addEventListener('abort', cancel, { once: true });
  const fallSilent = (): void => {
    silent = true;
    cancel();
  };
  return {
    async read(withinMs) {
      const timer = withinMs > longestDelayMs ? undefined : setTimeout(fallSilent, Math.max(0, withinMs));
      try {
        const next = await reader.read();
        signal.throwIfAborted();
        if (silent) return 'silent';
        return next.done ? 'end' : next.value;
      } catch (error) {
        signal.throwIfAborted();
        throw new ChatError({ kind: 'network' }, { cause: error });
      } finally {
        clearTimeout(timer);
      }
    },
    close() {
      signal.removeEventListener('abort', cancel);
      cancel();
    },
  };
}
