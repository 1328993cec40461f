// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { BuiltInModel } from '@/lib/panel/built-in';
import { createOptions, type ProviderChoice } from '@/lib/panel/options';
import { createChannelPair } from '@/lib/protocol/channel';
import type { FromPage, ToPage } from '@/lib/protocol/messages';
import { type Endpoint, onDeviceAddress } from '@/lib/providers/provider';
import { makeOptionsWorld } from '../testing/options-world';
import { endpoint, readySettings } from '../testing/start-panel';
import { OptionsView } from './options-view';

const provider: ProviderChoice = {
  id: 'chrome-built-in',
  label: 'Chrome built-in',
  baseUrl: onDeviceAddress,
  key: { needed: 'no' },
  hasModels: true,
  place: 'computer',
};
const added: Endpoint = { ...endpoint, id: 'b', providerId: provider.id, label: 'Mine', baseUrl: onDeviceAddress };

beforeEach(() => {
  location.hash = '';
});
afterEach(cleanup);

type Availability = Awaited<ReturnType<BuiltInModel['availability']>>;

/** The options page in a browser whose own model is so; undefined: it has none. */
async function start(hash: string, availability: Availability | undefined, endpoints: readonly Endpoint[] = []) {
  location.hash = hash;
  const sent: FromPage[] = [];
  const requestAccess = vi.fn<(origin: string) => Promise<boolean>>(() => Promise.resolve(true));
  const download = vi.fn<BuiltInModel['download']>(() => Promise.withResolvers<void>().promise);
  const [page, background] = createChannelPair<FromPage, ToPage>();
  background.onMessage((message) => {
    sent.push(message);
    if (message.type === 'hello') background.send({ type: 'settings', settings: { ...readySettings, endpoints } });
    if (message.type !== 'list-models') return;
    const failure = availability ? null : ({ kind: 'unavailable-here', host: 'Chrome' } as const);
    background.send({ type: 'models', endpointId: message.endpointId, models: [{ id: '' }], failure });
  });
  const options = createOptions(
    makeOptionsWorld(page, {
      providers: [provider],
      normalizeAddress: (url) => ({ ok: true, url, origin: '' }),
      requestAccess,
      builtInModel: availability && { availability: () => Promise.resolve(availability), download },
    }),
  );
  render(<OptionsView options={options} locales={[]} />);
  await screen.findByRole('heading', { level: 2 });
  const saved = () => sent.flatMap((message) => (message.type === 'save-endpoint' ? [message.endpoint] : []));
  return { saved, requestAccess, download };
}

const state = (): string | undefined => document.querySelector<HTMLElement>('.built-in')?.dataset['builtIn'];

describe('where the browser has a model of its own', () => {
  test('it is among what can be added, and says where it runs', async () => {
    await start('#providers', 'available');
    expect(screen.getByRole('link', { name: /Chrome built-in/u }).textContent).toBe('Chrome built-inon this device');
  });

  test('it is added without address, key or access', async () => {
    const { saved, requestAccess } = await start('#add/chrome-built-in', 'available');
    expect(await screen.findByText('Ready')).toBeTruthy();
    expect([...document.querySelectorAll('input')].map(({ name }) => name)).toEqual(['label']);
    fireEvent.input(screen.getByLabelText('Name'), { target: { value: 'Small one' } });
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(location.hash).toBe('#providers'));
    expect(saved()).toEqual([
      {
        id: 'new',
        providerId: 'chrome-built-in',
        label: 'Small one',
        baseUrl: onDeviceAddress,
        headers: {},
        body: {},
        unstreamed: false,
      },
    ]);
    expect(requestAccess).not.toHaveBeenCalled();
  });

  test('it is renamed in place', async () => {
    const { saved } = await start('#edit/b', 'available', [added]);
    expect(screen.getByRole('heading', { level: 2 }).textContent).toBe('Mine');
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(saved()).toEqual([added]));
  });

  test('it is downloaded by a click, with how far it is in words and in a bar', async () => {
    const { download } = await start('#add/chrome-built-in', 'downloadable');
    expect(await screen.findByText(/several gigabytes/u)).toBeTruthy();
    expect(download).not.toHaveBeenCalled();
    const button = screen.getByRole('button', { name: 'Download the model' });
    button.focus();
    fireEvent.click(button);
    expect(download).toHaveBeenCalledTimes(1);
    download.mock.calls[0]?.[0](42);
    expect(await screen.findByText('42 % downloaded')).toBeTruthy();
    expect(screen.getByRole('progressbar', { name: /42 % downloaded/u }).getAttribute('value')).toBe('42');
    expect(document.querySelector('.built-in output')?.textContent).toBe('The model is being downloaded.');
    await waitFor(() => expect(document.activeElement).toBe(document.querySelector('.built-in')));
    expect(screen.queryByRole('button', { name: 'Download the model' })).toBeNull();
  });

  test('a download that failed says why, and can be begun again', async () => {
    const { download } = await start('#add/chrome-built-in', 'downloadable');
    download.mockImplementationOnce(() => Promise.reject(new Error('No space left.')));
    fireEvent.click(await screen.findByRole('button', { name: 'Download the model' }));
    expect(await screen.findByText('The model was not downloaded. No space left.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Download the model' }));
    expect(download).toHaveBeenCalledTimes(2);
  });

  test('but not for this device, that is said with what it needs, and it can not be added', async () => {
    await start('#add/chrome-built-in', 'unavailable');
    expect(await screen.findByText('This model is not available on this device.')).toBeTruthy();
    expect(screen.getByText(/22 GB of free space/u)).toBeTruthy();
    expect(screen.getByRole('link', { name: 'What Chrome needs' }).getAttribute('href')).toMatch(
      /^https:\/\/developer\.chrome\.com\//u,
    );
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
    expect(screen.getByRole('link', { name: 'Cancel' })).toBeTruthy();
  });

  test.each([
    ['available', 'ok'],
    ['downloadable', 'checking'],
    ['unavailable', 'failed'],
  ] as const)('its card, for one that is %s, is %s', async (availability, is) => {
    await start('#providers', availability, [added]);
    await waitFor(() => expect(state()).toBe(availability));
    await waitFor(() => expect(document.querySelector('[data-endpoint-id="b"]')?.getAttribute('data-state')).toBe(is));
  });

  test('its card says how it is, and has nothing to be tested over the net', async () => {
    await start('#providers', 'unavailable', [added]);
    await waitFor(() => expect(state()).toBe('unavailable'));
    const card = document.querySelector('[data-endpoint-id="b"]');
    expect(card?.textContent).toContain('Mine on this device');
    expect(card?.textContent).not.toContain('about:');
    expect([...(card?.querySelectorAll('button') ?? [])].map(({ textContent }) => textContent)).toEqual(['Remove']);
  });
});

describe('where the browser has none', () => {
  test.each(['#providers', '#add/chrome-built-in'])('nothing of it is offered at %s', async (hash) => {
    await start(hash, undefined);
    expect(document.body.textContent).not.toContain('Chrome built-in');
    expect(state()).toBeUndefined();
  });

  test('one that was added elsewhere says so', async () => {
    await start('#providers', undefined, [added]);
    const card = await screen.findByText('This model is not available on this device.');
    expect(card.closest('li')?.textContent).toContain('on this device');
  });
});
