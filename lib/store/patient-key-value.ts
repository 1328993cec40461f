import { ChatError, isChatError } from '@/lib/errors/failure';
import type { KeyValue } from './key-value';

/** A disk that has not answered a question after this long is taken to be out of order. */
const readingMs = 1000;
/** Writing may take longer: a busy disk needs seconds and still writes. */
const writingMs = 4000;

/**
 * The same place, but with an answer in every case: what hangs is refused after a while (it may still happen later, in
 * its order), and one unreadable value does not take the others with it: it is missing in the result.
 */
export function withPatience(store: KeyValue): KeyValue {
  const get: KeyValue['get'] = async (keys) => {
    try {
      return await within(readingMs, store.get(keys));
    } catch (error) {
      if (keys.length < 2 || isLate(error)) throw error;
      const single = await Promise.allSettled(keys.map((key) => within(readingMs, store.get([key]))));
      // It is not one value but the disk: an empty answer would say that nothing was ever there.
      if (single.every(({ status }) => status === 'rejected')) throw error;
      return Object.assign(
        {},
        ...single.map((result) => (result.status === 'fulfilled' ? result.value : {})),
      ) as Readonly<Record<string, unknown>>;
    }
  };
  return {
    get,
    set: (records) => within(writingMs, store.set(records)),
    remove: (keys) => within(writingMs, store.remove(keys)),
    keys: () => within(readingMs, store.keys()),
  };
}

const lateMessage = 'no answer';

function isLate(error: unknown): boolean {
  return isChatError(error) && error.failure.message === lateMessage;
}

async function within<T>(ms: number, asking: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new ChatError({ kind: 'storage', message: lateMessage }));
    }, ms);
  });
  try {
    return await Promise.race([asking, late]);
  } finally {
    clearTimeout(timer);
  }
}
