import { describe, expect, test, vi } from 'vitest';
import { ChatError } from '@/lib/errors/failure';
import { createMemoryKeyValue, type KeyValue } from './key-value';
import { createLedger, dayOf, keptDays, type LedgerEntry, mostADay, readLedger } from './ledger';

const dayMs = 24 * 3600_000;
const noon = new Date(2026, 10, 24, 12).getTime();

function entry(id: string, rest: Partial<LedgerEntry> = {}): LedgerEntry {
  return { id, at: noon, origin: 'https://h', purpose: 'chat', kinds: ['question'], bytesOut: 1, bytesIn: 0, ...rest };
}

const written = (store: KeyValue, check: (keys: readonly string[]) => void): Promise<void> =>
  vi.waitFor(async () => {
    check(await store.keys());
  });

async function days(store: KeyValue, count = 10) {
  return (await readLedger(store, count)).days;
}

describe('the ledger', () => {
  test('has a request from its beginning, and once when it has ended', async () => {
    const store = createMemoryKeyValue();
    const ledger = createLedger(store);
    ledger.note(entry('one'));
    await vi.waitFor(async () => {
      expect(await days(store)).toMatchObject([{ day: '2026-11-24', entries: [{ id: 'one' }], dropped: 0 }]);
    });
    ledger.note(entry('two'));
    ledger.note(entry('one', { status: 200, ms: 5 }));
    await vi.waitFor(async () => {
      expect((await days(store))[0]?.entries).toEqual([entry('one', { status: 200, ms: 5 }), entry('two')]);
    });
  });

  test('is by day, the newest first, and as many as are asked for', async () => {
    const store = createMemoryKeyValue();
    const ledger = createLedger(store);
    for (const day of [3, 1, 2]) ledger.note(entry(`${day}`, { at: noon - day * dayMs }));
    await written(store, (keys) => {
      expect(keys).toHaveLength(3);
    });
    expect((await days(store)).map(({ entries }) => entries.map(({ id }) => id))).toEqual([['1'], ['2'], ['3']]);
    expect(await readLedger(store, 2)).toMatchObject({ hasMore: true, days: [{}, {}] });
    expect(await readLedger(store, 3)).toMatchObject({ hasMore: false });
  });

  test('a day is one of the place where the browser is', () => {
    const late = new Date(2026, 0, 1, 23, 59, 59).getTime();
    expect([dayOf(late), dayOf(late + 1000)]).toEqual(['2026-01-01', '2026-01-02']);
  });

  test('of too many requests of a day the newest stay, and it says how many did not', async () => {
    const store = createMemoryKeyValue();
    const ledger = createLedger(store);
    for (let index = 0; index < mostADay + 5; index += 1) ledger.note(entry(`${index}`));
    await vi.waitFor(async () => {
      const [day] = await days(store);
      expect(day?.entries.at(0)?.id).toBe('5');
      expect(day).toMatchObject({ dropped: 5, entries: { length: mostADay } });
    });
    ledger.note(entry('last'));
    await vi.waitFor(async () => {
      expect((await days(store))[0]).toMatchObject({ dropped: 6, entries: { length: mostADay } });
    });
  });

  test('days that are too old go when a new one begins', async () => {
    const old = { v: 1, entries: [], dropped: 0 };
    const store = createMemoryKeyValue({
      [`ledger/${dayOf(noon - (keptDays + 1) * dayMs)}`]: old,
      [`ledger/${dayOf(noon - keptDays * dayMs)}`]: old,
      'chat/c1': 1,
    });
    createLedger(store).note(entry('one'));
    await written(store, (keys) => {
      expect(keys.toSorted()).toEqual(['chat/c1', `ledger/${dayOf(noon - keptDays * dayMs)}`, 'ledger/2026-11-24']);
    });
  });

  test('a disk that can not be read loses no request: the next one takes it along', async () => {
    const real = createMemoryKeyValue();
    const get = vi.fn(real.get).mockRejectedValueOnce(new ChatError({ kind: 'storage' }));
    const ledger = createLedger({ ...real, get });
    ledger.note(entry('one'));
    await vi.waitFor(() => {
      expect(get).toHaveBeenCalledOnce();
    });
    ledger.note(entry('two'));
    await vi.waitFor(async () => {
      expect((await days(real))[0]?.entries.map(({ id }) => id)).toEqual(['one', 'two']);
    });
  });

  test('a record that makes no sense is kept beside the new one, and says so until then', async () => {
    const store = createMemoryKeyValue({ 'ledger/2026-11-24': { v: 1, entries: [null], dropped: 0 } });
    expect(await days(store)).toEqual([{ day: '2026-11-24', entries: [], dropped: 0, isDamaged: true }]);
    createLedger(store).note(entry('one'));
    await written(store, (keys) => {
      expect(keys).toContain('kept/ledger/2026-11-24');
    });
    expect(await days(store)).toMatchObject([{ isDamaged: false, entries: [{ id: 'one' }] }]);
  });

  test('what a newer version wrote is shown as far as it is understood, and never written over', async () => {
    const newer = { v: 2, entries: [entry('theirs')], dropped: 0, more: true };
    const store = createMemoryKeyValue({ 'ledger/2026-11-24': newer });
    const ledger = createLedger(store);
    ledger.note(entry('one'));
    ledger.note(entry('tomorrow', { at: noon + dayMs }));
    await written(store, (keys) => {
      expect(keys).toContain('ledger/2026-11-25');
    });
    expect(await store.get(['ledger/2026-11-24'])).toEqual({ 'ledger/2026-11-24': newer });
    expect((await days(store))[1]?.entries.map(({ id }) => id)).toEqual(['theirs']);
  });
});
