import { describe, expect, test } from 'vitest';
import { createMemoryDatabases } from '@/tests/support/memory-databases';
import { createKeyLock } from './key-lock';
import { createMemoryKeyValue, type KeyValue } from './key-value';
import { readSecret } from './read-secret';
import { usualRounds } from './seal';
import { lockId } from './secret-records';
import { createSecrets } from './secrets';

const passphrase = 'correct horse battery';
const keys = [
  { endpointId: 'one', origin: 'https://one.example', key: 'sk-one-1111' },
  { endpointId: 'two', origin: 'https://two.example', key: 'sk-two-2222' },
  { endpointId: 'three', origin: 'http://127.0.0.1:11434', key: 'sk-three-3333' },
] as const;

type Disk = Map<IDBValidKey, unknown>;

interface StartOptions {
  readonly disk?: Disk;
  readonly session?: KeyValue;
  readonly beforeWrite?: () => void;
  readonly rounds?: number;
}

/** A page of a browser; another one over the same disk, with a session of its own, is the browser after a restart. */
function start({ disk, session = createMemoryKeyValue(), rounds = 10, ...more }: StartOptions = {}) {
  const databases = createMemoryDatabases({ ...(disk && { disk }), ...more });
  const world = { databases: databases.factory, session, crypto, rounds };
  return {
    disk: databases.disk,
    session,
    secrets: createSecrets(world),
    lock: createKeyLock(world),
    read: readSecret(databases.factory, session),
  };
}

async function startWithKeys(options: StartOptions = {}) {
  const page = start(options);
  for (const { endpointId, origin, key } of keys) {
    await page.secrets.set(endpointId, origin, { key, kept: 'browser', passphrase: '' });
  }
  return page;
}

type Page = ReturnType<typeof start>;

const readAll = ({ read }: Page): Promise<readonly string[]> =>
  Promise.all(keys.map(({ endpointId, origin }) => read(endpointId, origin).catch(({ failure }) => failure.kind)));
const allKeys = keys.map(({ key }) => key);
const locked = keys.map(() => 'key-locked');
const text = (disk: Disk): string =>
  JSON.stringify([...disk], (_name, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );

describe('a lock', () => {
  test('leaves no clear key on disk, and each record has a salt and a nonce of its own', async () => {
    const page = await startWithKeys();
    expect(text(page.disk)).toContain('sk-one-1111');
    expect(await page.lock.set(passphrase)).toBe(true);
    expect(text(page.disk)).not.toContain('sk-');
    expect(text(page.disk)).not.toContain(passphrase);
    const sealed = [...page.disk.values()].map((record) => (record as { sealed: Record<string, Uint8Array> }).sealed);
    expect(sealed).toHaveLength(keys.length + 1);
    for (const [part, bytes] of [
      ['salt', 16],
      ['nonce', 12],
    ] as const) {
      expect(new Set(sealed.map((one) => Buffer.from(one[part] ?? []).toString('hex'))).size).toBe(sealed.length);
      for (const one of sealed) expect(one[part]).toHaveLength(bytes);
    }
  });

  test('is made by at least 600,000 rounds', async () => {
    expect(usualRounds).toBeGreaterThanOrEqual(600_000);
    const page = start({ rounds: usualRounds });
    await page.lock.set(passphrase);
    expect(page.disk.get(lockId)).toMatchObject({ sealed: { rounds: usualRounds } });
    expect(await page.lock.unlock(passphrase)).toBe(true);
  });

  test('leaves the keys usable in the session that set it, and shut in the next one', async () => {
    const page = await startWithKeys();
    expect(await page.lock.state()).toBe('none');
    await page.lock.set(passphrase);
    expect(await page.lock.state()).toBe('open');
    expect(await readAll(page)).toEqual(allKeys);

    const later = start({ disk: page.disk });
    expect(await later.lock.state()).toBe('shut');
    expect(await readAll(later)).toEqual(locked);
    expect(await later.secrets.list()).toMatchObject(keys.map(() => ({ kept: 'locked', last: undefined })));
    expect(await later.lock.unlock(passphrase)).toBe(true);
    expect(await later.lock.state()).toBe('open');
    expect(await readAll(later)).toEqual(allKeys);
  });

  test('is set once', async () => {
    const page = await startWithKeys();
    await page.lock.set(passphrase);
    const before = text(page.disk);
    expect(await page.lock.set('another one')).toBe(false);
    expect(text(page.disk)).toBe(before);
  });

  test('shuts at once when it is told to, and leaves keys of this session alone', async () => {
    const page = await startWithKeys();
    await page.secrets.set('four', 'https://four.example', { key: 'sk-four-4444', kept: 'session', passphrase: '' });
    await page.lock.set(passphrase);
    await page.lock.shut();
    expect(await page.lock.state()).toBe('shut');
    expect(await readAll(page)).toEqual(locked);
    expect(await page.session.keys()).toEqual(['secret/four']);
    expect(await page.read('four', 'https://four.example')).toBe('sk-four-4444');
  });

  test('opens for its letters however they are composed', async () => {
    const page = await startWithKeys();
    await page.lock.set('cafe\u0301 au lait');
    const later = start({ disk: page.disk });
    expect(await later.lock.unlock('caf\u00E9 au lait')).toBe(true);
  });
});

describe('a wrong passphrase', () => {
  test.each(['unlock', 'change', 'remove'] as const)('is told by %s and changes nothing', async (verb) => {
    const page = await startWithKeys();
    await page.lock.set(passphrase);
    const later = start({ disk: page.disk });
    const before = text(later.disk);
    const act = {
      unlock: later.lock.unlock,
      change: (one: string) => later.lock.change(one, 'next'),
      remove: later.lock.remove,
    };
    expect(await act[verb]('wrong')).toBe(false);
    expect(text(later.disk)).toBe(before);
    expect(await later.session.keys()).toEqual([]);
    expect(await later.lock.unlock(passphrase)).toBe(true);
    expect(await readAll(later)).toEqual(allKeys);
  });
});

describe('the passphrase', () => {
  test('can be changed: the old one opens nothing any more', async () => {
    const page = await startWithKeys();
    await page.lock.set(passphrase);
    expect(await page.lock.change(passphrase, 'the next one')).toBe(true);
    const later = start({ disk: page.disk });
    expect(await later.lock.unlock(passphrase)).toBe(false);
    expect(await later.lock.unlock('the next one')).toBe(true);
    expect(await readAll(later)).toEqual(allKeys);
  });

  test('is not needed any more when the lock is removed', async () => {
    const page = await startWithKeys();
    await page.lock.set(passphrase);
    expect(await page.lock.remove(passphrase)).toBe(true);
    const later = start({ disk: page.disk });
    expect(await later.lock.state()).toBe('none');
    expect(await readAll(later)).toEqual(allKeys);
  });

  test('that is forgotten takes the keys behind it along, and no others', async () => {
    const page = await startWithKeys();
    await page.lock.set(passphrase);
    await page.secrets.set('four', 'https://four.example', { key: 'sk-four-4444', kept: 'session', passphrase: '' });
    await page.lock.forget();
    expect(await page.lock.state()).toBe('none');
    expect(await readAll(page)).toEqual(['', '', '']);
    expect(await page.read('four', 'https://four.example')).toBe('sk-four-4444');
  });
});

describe('damage', () => {
  test('of one record leaves the others', async () => {
    const page = await startWithKeys();
    await page.lock.set(passphrase);
    const record = page.disk.get('two') as { sealed: { bytes: Uint8Array } };
    record.sealed.bytes[0] = (record.sealed.bytes[0] ?? 0) ^ 1;
    const later = start({ disk: page.disk });
    expect(await later.lock.unlock(passphrase)).toBe(true);
    expect(await readAll(later)).toEqual(['sk-one-1111', 'key-locked', 'sk-three-3333']);
  });

  test('of the lock itself loses no key, and is mended by unlocking', async () => {
    const page = await startWithKeys();
    await page.lock.set(passphrase);
    page.disk.set(lockId, 'torn');
    const later = start({ disk: page.disk });
    expect(await later.lock.state()).toBe('shut');
    expect(await later.lock.unlock('wrong')).toBe(false);
    expect(await later.lock.unlock(passphrase)).toBe(true);
    expect(await readAll(later)).toEqual(allKeys);
    expect(later.disk.get(lockId)).toMatchObject({ v: 1 });
  });

  test('a sealed key opens for no other endpoint and no other origin', async () => {
    const page = await startWithKeys();
    await page.lock.set(passphrase);
    const record = page.disk.get('one') as object;
    page.disk.set('one', { ...record, origin: 'https://evil.example' });
    page.disk.set('copied', record);
    const later = start({ disk: page.disk });
    await later.lock.unlock(passphrase);
    await expect(later.read('one', 'https://evil.example')).rejects.toMatchObject({ failure: { kind: 'key-locked' } });
    await expect(later.read('copied', 'https://one.example')).rejects.toMatchObject({
      failure: { kind: 'key-locked' },
    });
  });
});

describe('a browser that dies', () => {
  /** Before the first write, between any two, before the end of the transaction: as many writes as there are records, and the end. */
  const moments = Array.from({ length: keys.length + 3 }, (_, index) => index);

  function dieAt(moment: number): () => void {
    let writes = 0;
    return () => {
      if ((writes += 1) > moment) throw new DOMException('gone', 'AbortError');
    };
  }

  test.each(moments)('while the lock is set loses no key (write %i)', async (moment) => {
    const { disk } = await startWithKeys();
    await start({ disk, beforeWrite: dieAt(moment) })
      .lock.set(passphrase)
      .catch(() => undefined);
    const later = start({ disk });
    if ((await later.lock.state()) === 'shut') expect(await later.lock.unlock(passphrase)).toBe(true);
    expect(await readAll(later)).toEqual(allKeys);
    // And it can be set then.
    if ((await later.lock.state()) === 'none') expect(await later.lock.set(passphrase)).toBe(true);
    expect(text(disk)).not.toContain('sk-');
  });

  test.each(moments)('while the passphrase is changed leaves one that opens all (write %i)', async (moment) => {
    const { disk, lock } = await startWithKeys();
    await lock.set(passphrase);
    await start({ disk, beforeWrite: dieAt(moment) })
      .lock.change(passphrase, 'next')
      .catch(() => undefined);
    const later = start({ disk });
    const opened = (await later.lock.unlock(passphrase)) || (await later.lock.unlock('next'));
    expect(opened).toBe(true);
    expect(await readAll(later)).toEqual(allKeys);
  });

  test.each(moments)('while the lock is removed loses no key (write %i)', async (moment) => {
    const { disk, lock } = await startWithKeys();
    await lock.set(passphrase);
    await start({ disk, beforeWrite: dieAt(moment) })
      .lock.remove(passphrase)
      .catch(() => undefined);
    const later = start({ disk });
    if ((await later.lock.state()) === 'shut') expect(await later.lock.unlock(passphrase)).toBe(true);
    expect(await readAll(later)).toEqual(allKeys);
  });

  test('some of the moments are before the change and some are after it', async () => {
    const states = await Promise.all(
      moments.map(async (moment) => {
        const { disk } = await startWithKeys();
        await start({ disk, beforeWrite: dieAt(moment) })
          .lock.set(passphrase)
          .catch(() => undefined);
        return start({ disk }).lock.state();
      }),
    );
    expect(new Set(states)).toEqual(new Set(['none', 'shut']));
  });

  test('between two pages that write at once nothing is lost', async () => {
    const { disk } = await startWithKeys();
    const [first, second] = [start({ disk }), start({ disk })];
    await Promise.all([
      first.lock.set(passphrase),
      second.secrets.set('four', 'https://four.example', { key: 'sk-four-4444', kept: 'browser', passphrase }),
    ]);
    const later = start({ disk });
    expect(await later.lock.unlock(passphrase)).toBe(true);
    expect(await readAll(later)).toEqual(allKeys);
    expect(await later.read('four', 'https://four.example')).toBe('sk-four-4444');
    expect(text(disk)).not.toContain('sk-');
  });

  test('clear keys that lie beside a lock go behind it when it is opened', async () => {
    const page = await startWithKeys();
    await page.lock.set(passphrase);
    page.disk.set('one', { v: 1, origin: 'https://one.example', key: 'sk-one-again' });
    const later = start({ disk: page.disk });
    expect(await later.lock.unlock(passphrase)).toBe(true);
    expect(text(page.disk)).not.toContain('sk-');
    expect(await readAll(later)).toEqual(['sk-one-again', 'sk-two-2222', 'sk-three-3333']);
  });
});
