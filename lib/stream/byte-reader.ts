/** The longest delay that timers accept; a longer one would fire at once. */
const longestDelayMs = 2 ** 31 - 1;

/** Why nothing more is read: all was read, none came in time, the transport broke, or it is more than is taken. */
export type ReadEnd = 'end' | 'silent' | 'broken' | 'too-long';

export interface ByteReader {
  /** The next bytes, or why there are none: then none will be read any more. Rejects with the signal's reason only. */
  read(withinMs?: number): Promise<Uint8Array | ReadEnd>;
  /** Puts pieces back in front of those to be read. */
  unread(pieces: readonly Uint8Array[]): void;
  /** Lets go of the body: what is still to come is not read and the connection closes. */
  close(): void;
}

/**
 * Reads a body under a signal. Aborting cancels the body at once: by the Streams standard that settles a read in
 * waiting, so nothing has to be raced, and it closes the connection. No body is read like an empty one.
 */
export function openBytes(body: ReadableStream<Uint8Array> | null, signal: AbortSignal): ByteReader {
  const reader = body?.getReader();
  const putBack: Uint8Array[] = [];
  let silent = false;
  // Cancelling a body that has already failed rejects with the failure that `read` has reported.
  const cancel = (reason?: unknown): void => void reader?.cancel(reason).catch(() => undefined);
  const abort = (): void => {
    cancel(signal.reason);
  };
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  const fallSilent = (): void => {
    silent = true;
    cancel(new DOMException('nothing came in time', 'TimeoutError'));
  };
  return {
    async read(withinMs = Number.POSITIVE_INFINITY) {
      const again = putBack.shift();
      if (again) return again;
      const timer = withinMs > longestDelayMs ? undefined : setTimeout(fallSilent, Math.max(0, withinMs));
      try {
        const next = await reader?.read();
        signal.throwIfAborted();
        return next?.value ?? (silent ? 'silent' : 'end');
      } catch {
        // Whatever the transport says of it, the connection broke.
        signal.throwIfAborted();
        return 'broken';
      } finally {
        clearTimeout(timer);
      }
    },
    unread: (pieces) => void putBack.unshift(...pieces),
    close() {
      signal.removeEventListener('abort', abort);
      cancel();
    },
  };
}
