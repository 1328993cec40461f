import { defined } from '@/lib/errors/defined';
import { ChatError, isChatError } from '@/lib/errors/failure';
import { accessPattern } from './access-pattern';
import type { CallWitness, Errand } from './witness';

export interface DoorWorld {
  /** The browser's own, which is called here and nowhere else. */
  readonly fetch: typeof fetch;
  readonly callWitness: CallWitness;
  /** Whether the user has given access to this match pattern. */
  readonly hasAccess: (origin: string) => Promise<boolean>;
  /** Watches where a request to this address is redirected to; `target` gives the host, where the browser tells. */
  readonly watchRedirect: (url: string) => {
    readonly target: () => Promise<string | undefined>;
    readonly stop: () => void;
  };
}

/**
 * How long after Stop the connection of a request without a response is closed. Chromium closes it at once except in the
 * moment in which the headers have come and nobody reads yet: then it reads on, up to 16 kB or 5 s, to use it again
 * (net/http/http_response_body_drainer.h). A Stop right after Enter would meet that moment with a local server.
 */
const settleMs = 50;

/** How long a request whose caller sets no limit may take as a whole, in milliseconds. */
const longestMs = 60_000;

/** As `ProviderIo.fetch`. Who says nothing of an errand only wants to know whether somebody answers. */
export type Door = (url: string, init: RequestInit, errand?: Errand) => Promise<Response>;

/**
 * The one function that makes network requests. It goes only where access was given, carries no cookies, and follows no
 * redirect: the browser would drop `Authorization` on the way, but neither other key headers nor the text. What goes out
 * is noted in the ledger.
 */
export function openDoor({ fetch, callWitness, hasAccess, watchRedirect }: DoorWorld): Door {
  return async (url, init, errand = { purpose: 'test' }) => {
    const { host } = new URL(url);
    const signal = init.signal ?? AbortSignal.timeout(longestMs);
    const origin = accessPattern(url);
    if (!(await hasAccess(origin))) throw new ChatError({ kind: 'permission', host, origin });
    signal.throwIfAborted();
    const connection = new AbortController();
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
        setTimeout(() => connection.abort(), settleMs);
      });
    });
    const redirect = watchRedirect(url);
    const asking = fetch(url, {
      ...init,
      signal: connection.signal,
      redirect: 'manual',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    const witness = callWitness(url, { ...init, signal }, errand);
    try {
      const response = await Promise.race([asking, aborted]);
      if (response.type !== 'opaqueredirect') return witness.answered(response);
      witness.ended('redirect');
      throw new ChatError(defined({ kind: 'redirect', host, target: await redirect.target() } as const));
    } catch (error) {
      if (isChatError(error)) throw error;
      if (signal.aborted) throw error;
      // The browser says no more than "Failed to fetch": refused, unreachable, or taken back access.
      const kind = (await hasAccess(origin)) ? 'network' : 'permission';
      witness.ended(kind);
      throw new ChatError(kind === 'network' ? { kind, host } : { kind, host, origin }, { cause: error });
    } finally {
      redirect.stop();
    }
  };
}
