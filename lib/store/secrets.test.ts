import { afterEach, describe, expect, test, vi } from 'vitest';
import { createSecrets, readSecret } from './secrets';

afterEach(() => {
  vi.useRealTimers();
});

/** As much of IndexedDB as the keys need: one store, whose requests answer in microtasks. */
function createDatabases(): IDBFactory {
  const records = new Map<string, unknown>();
  const request = (result: unknown): EventTarget => {
    const target = Object.assign(new EventTarget(), { result });
    queueMicrotask(() => target.dispatchEvent(new Event('success')));
    return target;
  };
  const store = {
    get: (key: string) => request(records.get(key)),
    put: (value: unknown, key: string) => request(records.set(key, value)),
    delete: (key: string) => request(records.delete(key)),
  };
  const database = {
    close: () => undefined,
    transaction: () => {
      const transaction = Object.assign(new EventTarget(), { objectStore: () => store });
      setTimeout(() => transaction.dispatchEvent(new Event('complete')));
      return transaction;
    },
  };
  return { open: () => request(database) } as unknown as IDBFactory;
}

const origin = 'https://a.example';

describe('a key', () => {
  test('is for the origin it was saved for, and so is what may be shown of it', async () => {
    const secrets = createSecrets(createDatabases());
    await secrets.set('e', origin, 'sk-secret-1234');
    expect(await secrets.get('e', origin)).toBe('sk-secret-1234');
    expect(await secrets.hint('e', origin)).toBe('1234');
    expect(await secrets.get('e', 'https://b.example')).toBe('');
    expect(await secrets.hint('e', 'https://b.example')).toBeUndefined();
    await secrets.remove('e');
    expect(await secrets.hint('e', origin)).toBeUndefined();
  });

  test.each([
    ['12345678', ''],
    ['123456789', '6789'],
  ])('of few characters shows nothing of itself: %s', async (key, hint) => {
    const secrets = createSecrets(createDatabases());
    await secrets.set('e', origin, key);
    expect(await secrets.hint('e', origin)).toBe(hint);
  });
});

describe('a database', () => {
  test('that refuses is a failure of the storage', async () => {
    const databases = {
      open: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    } as unknown as IDBFactory;
    const storage = { failure: { kind: 'storage' } };
    await expect(readSecret(databases)('e', origin)).rejects.toMatchObject(storage);
    await expect(createSecrets(databases).set('e', origin, 'key')).rejects.toMatchObject(storage);
    await expect(createSecrets(databases).remove('e')).rejects.toMatchObject(storage);
  });

  test('that gives a write up is one that refuses', async () => {
    const failing = Object.assign(new EventTarget(), { error: new DOMException('full', 'QuotaExceededError') });
    const transaction = Object.assign(new EventTarget(), {
      error: failing.error,
      objectStore: () => ({ put: () => failing }),
    });
    const opening = Object.assign(new EventTarget(), {
      result: { transaction: () => transaction, close: () => undefined },
    });
    const saving = createSecrets({ open: () => opening } as unknown as IDBFactory).set('e', origin, 'key');
    opening.dispatchEvent(new Event('success'));
    setTimeout(() => {
      failing.dispatchEvent(new Event('error'));
      transaction.dispatchEvent(new Event('abort'));
    });
    await expect(saving).rejects.toMatchObject({ failure: { kind: 'storage' } });
  });

  test('that never answers is one that refuses', async () => {
    vi.useFakeTimers();
    const databases = { open: () => new EventTarget() } as unknown as IDBFactory;
    const reading = expect(readSecret(databases)('e', origin)).rejects.toMatchObject({ failure: { kind: 'storage' } });
    await vi.advanceTimersByTimeAsync(1000);
    await reading;
  });
});
