// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createOptions } from '@/lib/panel/options';
import type { PrivacyWorld } from '@/lib/panel/privacy';
import { createChannelPair } from '@/lib/protocol/channel';
import type { FromPage, ToPage } from '@/lib/protocol/messages';
import type { LedgerEntry } from '@/lib/store/ledger';
import type { Settings } from '@/lib/store/settings';
import { emptyPrivacyWorld } from '../testing/privacy-world';
import { makeOptionsWorld } from '../testing/options-world';
import { readySettings } from '../testing/start-panel';
import { PriceTable } from './price-table';
import { PrivacySection } from './privacy-section';

afterEach(cleanup);

function entry(rest: Partial<LedgerEntry> = {}): LedgerEntry {
  const at = new Date(2026, 10, 24, 18, 2, 11).getTime();
  return {
    id: Math.random().toString(36),
    at,
    origin: 'https://api.example.com',
    purpose: 'chat',
    kinds: ['question', 'selection'],
    bytesOut: 1234,
    bytesIn: 56_789,
    status: 200,
    ms: 3100,
    ...rest,
  };
}

async function start(world: Partial<PrivacyWorld> = {}, settings: Settings = readySettings) {
  const sent: FromPage[] = [];
  const [page, background] = createChannelPair<FromPage, ToPage>();
  background.onMessage((message) => {
    sent.push(message);
    if (message.type === 'hello') background.send({ type: 'settings', settings });
  });
  const options = createOptions(makeOptionsWorld(page, { privacy: { ...emptyPrivacyWorld, ...world } }));
  await waitFor(() => expect(options.settings.value).toBeDefined());
  return { options, sent, reply: background.send };
}

async function open(world: Partial<PrivacyWorld> = {}) {
  const started = await start(world);
  render(<PrivacySection options={started.options} />);
  return started;
}

const withDays = (...days: readonly { day: string; entries: readonly LedgerEntry[]; dropped?: number }[]) => ({
  readLedger: () =>
    Promise.resolve({ days: days.map((day) => ({ dropped: 0, isDamaged: false, ...day })), hasMore: false }),
});

describe('the ledger', () => {
  test('says that nothing was sent where nothing was', async () => {
    await open();
    expect(await screen.findByText('Nothing has been sent yet.')).toBeTruthy();
  });

  test('sums up each origin of a day, and shows its requests when it is opened, the newest first', async () => {
    const other = entry({ origin: 'http://127.0.0.1:11434', purpose: 'models', kinds: [], bytesOut: 0 });
    await open(withDays({ day: '2026-11-24', entries: [entry(), entry({ status: 401 }), other] }));
    expect(await screen.findByRole('heading', { name: 'Tuesday, November 24, 2026' })).toBeTruthy();
    const [origin, second] = document.querySelectorAll<HTMLDetailsElement>('.ledger-origin');
    if (!origin || !second) throw new Error('the origins are not there');
    expect(origin.textContent).toBe('https://api.example.com 2 requests · 2.5 kB out · 113.6 kB in');
    expect(origin.querySelectorAll('li')).toHaveLength(0);
    origin.open = true;
    await waitFor(() => expect(origin.querySelectorAll('li')).toHaveLength(2));
    const [newest] = within(origin).getAllByRole('listitem');
    expect(newest?.textContent).toMatch(
      /^6:02:11\sPM Status 401Answer · question · selected text · 1.2 kB out · 56.8 kB in · 3.1 sec$/u,
    );
    second.open = true;
    expect(await screen.findByText(/^List of models · 0 bytes out/u)).toBeTruthy();
  });

  test.each<[string, Partial<LedgerEntry>, string]>([
    ['nobody answered', { failure: 'network' }, 'Nothing answers at api.example.com.'],
    ['was stopped', {}, 'Stopped before an answer came'],
  ])('a request that %s says so', async (_what, rest, words) => {
    const { status: _none, ...unanswered } = entry();
    await open(withDays({ day: '2026-11-24', entries: [{ ...unanswered, ...rest }] }));
    (
      await waitFor(() => document.querySelector<HTMLDetailsElement>('.ledger-origin') ?? Promise.reject(new Error()))
    ).open = true;
    expect(await screen.findByText(words)).toBeTruthy();
  });

  test('a request whose worker died has no end', async () => {
    const { status: _status, ms: _ms, ...unended } = entry();
    await open(withDays({ day: '2026-11-24', entries: [unended] }));
    (
      await waitFor(() => document.querySelector<HTMLDetailsElement>('.ledger-origin') ?? Promise.reject(new Error()))
    ).open = true;
    expect(await screen.findByText('No end was noted')).toBeTruthy();
  });

  test('says what of a day is not kept, and what could not be read', async () => {
    await open({
      readLedger: () =>
        Promise.resolve({
          days: [
            { day: '2026-11-24', entries: [entry()], dropped: 2, isDamaged: false },
            { day: '2026-11-23', entries: [], dropped: 0, isDamaged: true },
          ],
          hasMore: true,
        }),
    });
    expect(await screen.findByText('2 earlier requests of this day are not kept.')).toBeTruthy();
    expect(screen.getByText('The record of this day could not be read.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Show more' })).toBeTruthy();
  });
});

test('what is under the ledger waits for it, so that nothing moves under a hand', async () => {
  const { promise, resolve } = Promise.withResolvers<readonly string[]>();
  await open({ ...withDays({ day: '2026-11-24', entries: [entry()] }), listAccess: () => promise });
  expect(screen.queryByRole('button')).toBeNull();
  resolve(['https://old.example/*']);
  expect(await screen.findByRole('button', { name: 'Revoke: https://old.example/*' })).toBeTruthy();
  expect(document.querySelector('.ledger-origin')).not.toBeNull();
});

test('access names who uses it, and is revoked with the focus kept', async () => {
  let given = ['http://127.0.0.1/*', 'https://old.example/*'];
  await open({
    listAccess: () => Promise.resolve(given),
    removeAccess: (origin) => {
      given = given.filter((other) => other !== origin);
      return Promise.resolve();
    },
  });
  expect(await screen.findByText('2 addresses')).toBeTruthy();
  expect(screen.getByText(`Used by ${readySettings.endpoints[0]?.label}`)).toBeTruthy();
  expect(screen.getByText('Used by no provider')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Revoke: https://old.example/*' }));
  const left = await screen.findByText('1 address');
  expect(document.activeElement).toBe(left);
});

test('the list of conversations can be made anew from here', async () => {
  const { sent } = await open();
  fireEvent.click(await screen.findByRole('button', { name: 'Rebuild the list' }));
  expect(await screen.findByText('The list is being made anew.')).toBeTruthy();
  await waitFor(() => expect(sent.some(({ type }) => type === 'rebuild-history')).toBe(true));
});

describe('deleting everything', () => {
  test('says first what deleting can not do, with the focus on the way back', async () => {
    const { sent } = await open();
    fireEvent.click(await screen.findByRole('button', { name: 'Delete everything' }));
    const question = await screen.findByRole('group', { name: 'Delete everything? There is no Undo.' });
    expect(question.textContent).toMatch(/stays with them.*the disk may keep traces/u);
    const cancel = within(question).getByRole('button', { name: 'Cancel' });
    await waitFor(() => expect(document.activeElement).toBe(cancel));
    fireEvent.click(cancel);
    await waitFor(() => expect(screen.queryByRole('group')).toBeNull());
    expect(sent.some(({ type }) => type === 'forget-everything')).toBe(false);
  });

  test('says when it is done', async () => {
    const erase = vi.fn(() => Promise.resolve());
    const { reply } = await open({ erase });
    fireEvent.click(await screen.findByRole('button', { name: 'Delete everything' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Delete now' }));
    expect(await screen.findByText('Deleting…')).toBeTruthy();
    reply({ type: 'forgotten', failure: null });
    expect(await screen.findByText('Everything is deleted.')).toBeTruthy();
    expect(erase).toHaveBeenCalledOnce();
  });

  test('says when something is still there', async () => {
    const { reply } = await open();
    fireEvent.click(await screen.findByRole('button', { name: 'Delete everything' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Delete now' }));
    reply({ type: 'forgotten', failure: { kind: 'storage' } });
    expect(await screen.findByText(/^Not everything could be deleted/u)).toBeTruthy();
  });
});

describe('the prices', () => {
  async function openPrices(prices?: Settings['prices']) {
    const started = await start({}, prices ? { ...readySettings, prices } : readySettings);
    render(<PriceTable options={started.options} />);
    const chosen = () => started.sent.filter((message) => message.type === 'choose');
    return { ...started, chosen };
  }
  const type = (name: string, value: string): void => {
    fireEvent.change(screen.getByRole('textbox', { name }), { target: { value } });
  };

  test('are none until they are entered, and are taken when they are whole', async () => {
    const { chosen } = await openPrices();
    fireEvent.click(screen.getByRole('button', { name: 'Add a price' }));
    type('Model', 'gpt-5*');
    expect(await screen.findByRole('alert')).toBeTruthy();
    type('Input', '1,25');
    type('Output', '10');
    await waitFor(() =>
      expect(chosen()).toEqual([
        { type: 'choose', settings: { prices: [{ model: 'gpt-5*', input: 1.25, output: 10 }] } },
      ]),
    );
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('that are no numbers are not saved, and say so', async () => {
    const { chosen } = await openPrices([{ model: 'm', input: 1, output: 2 }]);
    type('Input', '-1');
    expect((await screen.findByRole('alert')).textContent).toContain('A price is a number');
    expect(chosen()).toEqual([]);
  });

  test('can be removed', async () => {
    const { chosen } = await openPrices([{ model: 'm', input: 1, output: 2 }]);
    fireEvent.click(screen.getByRole('button', { name: 'Remove: m' }));
    await waitFor(() => expect(chosen()).toEqual([{ type: 'choose', settings: { prices: [] } }]));
  });
});
