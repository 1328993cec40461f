import { afterEach, describe, expect, test, vi } from 'vitest';
import { createMemoryDatabases } from '@/tests/support/memory-databases';
import { createMemoryKeyValue } from './key-value';
import { createKeyLock } from './key-lock';
import { readSecret } from './read-secret';
import { createSecrets } from './secrets';

afterEach(() => {
  vi.useRealTimers();
});

const origin = 'https://a.example';
const inBrowser = { kept: 'browser', passphrase: '' } as const;
const forSession = { kept: 'session', passphrase: '' } as const;

function createWorld(databases = createMemoryDatabases()) {
  const session = createMemoryKeyValue();
  const world = { databases: databases.factory, session, crypto, rounds: 10 };
  return { ...world, disk: databases.disk, secrets: createSecrets(world), lock: createKeyLock(world) };
}

describe('a key', () => {
  test('is for the origin it was saved for, and so is what is told of it', async () => {
    const { secrets } = createWorld();
    await secrets.set('e', origin, { ...inBrowser, key: 'sk-secret-1234' });
    expect(await secrets.get('e', origin)).toBe('sk-secret-1234');
    expect(await secrets.list()).toEqual([{ endpointId: 'e', origin, kept: 'browser', last: '1234' }]);
    for (const other of ['https://b.example', 'https://a.example:8443', 'http://a.example', 'https://a.example.org']) {
      expect(await secrets.get('e', other)).toBe('');
    }
    await secrets.remove('e');
    expect(await secrets.list()).toEqual([]);
    expect(await secrets.get('e', origin)).toBe('');
  });

  test.each([
    ['12345678', ''],
    ['123456789', '6789'],
  ])('of few characters shows nothing of itself: %s', async (key, last) => {
    const { secrets } = createWorld();
    await secrets.set('e', origin, { ...inBrowser, key });
    expect(await secrets.list()).toMatchObject([{ last }]);
  });

  test('that an earlier version saved is read as it is, and stays as it is', async () => {
    const databases = createMemoryDatabases({ disk: new Map([['e', { v: 1, origin, key: 'sk-old-1234' }]]) });
    const { secrets, disk } = createWorld(databases);
    expect(await secrets.get('e', origin)).toBe('sk-old-1234');
    await secrets.list();
    expect(disk.get('e')).toEqual({ v: 1, origin, key: 'sk-old-1234' });
  });

  test.each([
    ['of a newer version', { v: 9, origin, key: 'sk' }],
    ['that is torn', { v: 1, origin }],
    ['whose seal is torn', { v: 2, kept: 'locked', origin, sealed: { rounds: 1 } }],
    ['that is no record', 'sk'],
  ])('%s is as good as none', async (_which, record) => {
    const { secrets } = createWorld(createMemoryDatabases({ disk: new Map([['e', record]]) }));
    expect(await secrets.get('e', origin)).toBe('');
    expect(await secrets.list()).toEqual([]);
  });
});

describe('a key for this session only', () => {
  test('is never on disk, and is used all the same', async () => {
    const { secrets, disk } = createWorld();
    await secrets.set('e', origin, { ...inBrowser, key: 'sk-earlier-1234' });
    await secrets.set('e', origin, { ...forSession, key: 'sk-session-1234' });
    expect(await secrets.get('e', origin)).toBe('sk-session-1234');
    expect(await secrets.list()).toMatchObject([{ kept: 'session', last: '1234' }]);
    expect(JSON.stringify([...disk])).not.toContain('sk-');
  });

  test('is gone with its session, and the failure says so', async () => {
    const { secrets, databases } = createWorld();
    await secrets.set('e', origin, { ...forSession, key: 'sk-session-1234' });
    const later = readSecret(databases, createMemoryKeyValue());
    await expect(later('e', origin)).rejects.toMatchObject({ failure: { kind: 'key-gone', host: 'a.example' } });
    // Another origin was never promised a key.
    expect(await later('e', 'https://b.example')).toBe('');
  });

  test('is for its origin alone, and leaves memory when it is removed', async () => {
    const { secrets, session } = createWorld();
    await secrets.set('e', origin, { ...forSession, key: 'sk-session-1234' });
    expect(await secrets.get('e', 'https://b.example')).toBe('');
    await secrets.remove('e');
    expect(await session.keys()).toEqual([]);
  });

  test('leaves memory when the browser is to keep it', async () => {
    const { secrets, session } = createWorld();
    await secrets.set('e', origin, { ...forSession, key: 'sk-1' });
    await secrets.set('e', origin, { ...inBrowser, key: 'sk-2' });
    expect(await session.keys()).toEqual([]);
    expect(await secrets.get('e', origin)).toBe('sk-2');
  });
});

describe('a key that is saved while there is a lock', () => {
  test('goes behind it, with its passphrase only', async () => {
    const { secrets, lock, disk } = createWorld();
    await lock.set('correct horse');
    expect(await secrets.set('e', origin, { kept: 'browser', passphrase: 'wrong', key: 'sk-new-1234' })).toBe(false);
    expect(await secrets.list()).toEqual([]);
    expect(await secrets.set('e', origin, { kept: 'browser', passphrase: 'correct horse', key: 'sk-new-1234' })).toBe(
      true,
    );
    expect(await secrets.get('e', origin)).toBe('sk-new-1234');
    expect(await secrets.list()).toMatchObject([{ kept: 'locked', last: '1234' }]);
    expect(JSON.stringify([...disk])).not.toContain('sk-');
  });
});

describe('a database', () => {
  test('that refuses is a failure of the storage', async () => {
    const factory = {
      open: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    } as unknown as IDBFactory;
    const { secrets, lock } = createWorld({ factory, disk: new Map() });
    const storage = { failure: { kind: 'storage' } };
    await expect(secrets.get('e', origin)).rejects.toMatchObject(storage);
    await expect(secrets.list()).rejects.toMatchObject(storage);
    await expect(secrets.set('e', origin, { ...inBrowser, key: 'key' })).rejects.toMatchObject(storage);
    await expect(secrets.remove('e')).rejects.toMatchObject(storage);
    await expect(lock.set('correct horse')).rejects.toMatchObject(storage);
  });

  test('that gives a write up is one that refuses, and keeps what was there', async () => {
    let isFull = false;
    const databases = createMemoryDatabases({
      beforeWrite: () => {
        if (isFull) throw new DOMException('full', 'QuotaExceededError');
      },
    });
    const { secrets } = createWorld(databases);
    await secrets.set('e', origin, { ...inBrowser, key: 'sk-first' });
    isFull = true;
    await expect(secrets.set('e', origin, { ...inBrowser, key: 'sk-second' })).rejects.toMatchObject({
      failure: { kind: 'storage' },
    });
    expect(await secrets.get('e', origin)).toBe('sk-first');
  });

  test('is opened once, and anew when it was closed or did not answer', async () => {
    const { factory, disk } = createMemoryDatabases({ disk: new Map([['e', { v: 1, origin, key: 'sk-old-1234' }]]) });
    const connections: IDBDatabase[] = [];
    let isOut = false;
    const counting = {
      open: (name: string) => {
        const request = factory.open(name);
        request.addEventListener('success', () => {
          const connection = request.result;
          const { transaction } = connection;
          connection.transaction = (...parameters) => {
            if (isOut) throw new DOMException('closing', 'InvalidStateError');
            return transaction(...parameters);
          };
          connections.push(connection);
        });
        return request;
      },
    } as unknown as IDBFactory;
    const { secrets } = createWorld({ factory: counting, disk });
    const read = (): Promise<string> => secrets.get('e', origin);
    expect([await read(), await read()]).toEqual(['sk-old-1234', 'sk-old-1234']);
    expect(connections).toHaveLength(1);
    for (const end of ['versionchange', 'close']) {
      connections.at(-1)?.dispatchEvent(new Event(end));
      expect(await read()).toBe('sk-old-1234');
    }
    expect(connections).toHaveLength(3);
    isOut = true;
    await expect(read()).rejects.toMatchObject({ failure: { kind: 'storage' } });
    isOut = false;
    expect(await read()).toBe('sk-old-1234');
    expect(connections).toHaveLength(4);
  });

  test('that never answers is one that refuses', async () => {
    vi.useFakeTimers();
    const factory = { open: () => new EventTarget() } as unknown as IDBFactory;
    const reading = expect(readSecret(factory, createMemoryKeyValue())('e', origin)).rejects.toMatchObject({
      failure: { kind: 'storage' },
    });
    await vi.advanceTimersByTimeAsync(1000);
    await reading;
  });
});
