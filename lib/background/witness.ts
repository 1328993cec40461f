import type { ContextKind } from '@/lib/chat/types';
import { defined } from '@/lib/errors/defined';
import { ChatError, type FailureKind } from '@/lib/errors/failure';
import type { Ledger, LedgerEntry, Purpose } from '@/lib/store/ledger';

/** Why somebody goes to the door, and with what. */
export interface Errand {
  readonly purpose: Purpose;
  readonly kinds?: readonly ContextKind[];
  /** Keeps the request itself: for the reply it is made for. */
  readonly keep?: (going: Outgoing) => Keeper;
}

/** A request that has just gone out. */
export interface Outgoing {
  readonly at: number;
  readonly url: string;
  readonly init: RequestInit;
  readonly bytesOut: number;
}

/** Is told what comes of a request. */
export interface Keeper {
  answered(response: Response): void;
  took(bytes: Uint8Array): void;
  ended(failure?: FailureKind): void;
}

/** Stands at the door: notes each request in the ledger when it has gone out, and again when it has ended. */
export interface Witness {
  /** The same response; what is read of its body is counted. */
  answered(response: Response): Response;
  /** No response came; without a failure it was stopped. */
  ended(failure?: FailureKind): void;
}

export interface WitnessWorld {
  readonly ledger: Ledger;
  readonly now: () => number;
  readonly newId: () => string;
}

/** To be called when the request is on its way: it is not to wait for its own record. */
export type CallWitness = (url: string, init: RequestInit, errand: Errand) => Witness;

export function createWitnesses({ ledger, now, newId }: WitnessWorld): CallWitness {
  return (url, init, { purpose, kinds = [], keep }) => {
    const at = now();
    const bytesOut = lengthOf(init.body);
    let entry: LedgerEntry = {
      id: newId(),
      at,
      origin: new URL(url).origin,
      purpose,
      kinds,
      bytesOut,
      bytesIn: 0,
    };
    const keeper = keep?.({ at, url, init, bytesOut });
    let bytesIn = 0;
    let isOver = false;
    ledger.note(entry);

    function ended(failure?: FailureKind): void {
      if (isOver) return;
      isOver = true;
      entry = defined({ ...entry, bytesIn, failure, ms: now() - at });
      ledger.note(entry);
      keeper?.ended(failure);
    }
    // Of a body that nobody reads any more the browser tells nothing.
    const { signal } = init;
    signal?.addEventListener('abort', () => {
      ended(failureOfAbort(signal.reason));
    });

    return {
      ended,
      answered: (response) => {
        entry = { ...entry, status: response.status };
        keeper?.answered(response);
        if (!response.body || bodiless.has(response.status)) {
          ended();
          return response;
        }
        const took = (bytes: Uint8Array): void => {
          bytesIn += bytes.length;
          keeper?.took(bytes);
        };
        return new Response(watchBody(response.body, took, ended), response);
      },
    };
  };
}

/** A time limit says what it is by its reason; without one it was Stop. */
function failureOfAbort(reason: unknown): FailureKind | undefined {
  if (reason instanceof ChatError) return reason.failure.kind;
  return reason instanceof DOMException && reason.name === 'TimeoutError' ? 'timeout' : undefined;
}

/** No `Response` with a body can be made with these, whatever a browser has at hand: https://fetch.spec.whatwg.org/#null-body-status */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

/** The same bytes, piece by piece as they are asked for; nothing is read ahead. */
function watchBody(
  body: ReadableStream<Uint8Array>,
  took: (bytes: Uint8Array) => void,
  ended: (failure?: FailureKind) => void,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        try {
          const { value } = await reader.read();
          if (value) {
            took(value);
            controller.enqueue(value);
          } else {
            ended();
            controller.close();
          }
        } catch (error) {
          ended('network');
          throw error;
        }
      },
      cancel: (reason) => {
        ended(failureOfAbort(reason));
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

function lengthOf(body: RequestInit['body']): number {
  return typeof body === 'string' ? new TextEncoder().encode(body).length : 0;
}
