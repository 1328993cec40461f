import { describe, expect, test, vi } from 'vitest';
import { endpoint, readySettings } from '@/components/testing/start-panel';
import { signal } from '@preact/signals';
import type { Diagnosis } from '@/lib/doctor/diagnosis';
import { createChannelPair } from '@/lib/protocol/channel';
import type { FromPage, ToPage } from '@/lib/protocol/messages';
import { checkUpsOf, createCheckUps } from './check-ups';
import { createLine } from './line';

function start({ isGranted = true }: { readonly isGranted?: boolean | Error } = {}) {
  const sent: FromPage[] = [];
  const asked: string[] = [];
  const [page, background] = createChannelPair<FromPage, ToPage>();
  background.onMessage((message) => {
    sent.push(message);
  });
  const line = createLine({ connect: () => page, isNeeded: () => false, now: () => 0 });
  const checkUps = createCheckUps({
    line,
    settings: signal(readySettings),
    requestAccess: (origin) => {
      asked.push(origin);
      return isGranted instanceof Error ? Promise.reject(isGranted) : Promise.resolve(isGranted);
    },
  });
  const sending = (count: number): Promise<readonly FromPage[]> =>
    vi.waitFor(() => {
      expect(sent).toHaveLength(count);
      return sent;
    });
  return { checkUps, line, background, asked, sent, sending, at: (place: string) => checkUps.all.value.get(place) };
}

const sick: Diagnosis = { kind: 'wrong-path', host: 'h', address: 'http://127.0.0.1:11434/v2' };

describe('check-ups of a page', () => {
  test('each place gets the diagnosis that was asked for there', async () => {
    const { checkUps, background, sending, at } = start();
    checkUps.start('card', 'local');
    checkUps.start('reply', 'local', { kind: 'auth' });
    expect([at('card'), at('reply'), at('other')]).toEqual([{ state: 'looking' }, { state: 'looking' }, undefined]);
    expect(await sending(2)).toEqual([
      { type: 'diagnose', id: 'card', endpointId: 'local', model: 'small' },
      { type: 'diagnose', id: 'reply', endpointId: 'local', model: 'small', failure: { kind: 'auth' } },
    ]);
    background.send({ type: 'diagnosis', id: 'reply', diagnosis: sick });
    await vi.waitFor(() => {
      expect(at('reply')).toEqual({ state: 'found', diagnosis: sick });
    });
    expect(at('card')).toEqual({ state: 'looking' });
  });

  test('the model that failed is the one that is looked for', async () => {
    const { checkUps, sending } = start();
    checkUps.start('reply', 'local', { kind: 'model-not-found', model: 'gone' });
    expect(await sending(1)).toMatchObject([{ model: 'gone' }]);
  });

  test('a model of another endpoint is not looked for here', async () => {
    const { checkUps, sending } = start();
    checkUps.start('card', 'elsewhere');
    checkUps.askOneToken('card', 'elsewhere', { kind: 'fine', host: 'h', models: [{ id: 'first' }, { id: 'second' }] });
    expect(await sending(2)).toEqual([
      { type: 'diagnose', id: 'card', endpointId: 'elsewhere' },
      { type: 'diagnose', id: 'card', endpointId: 'elsewhere', model: 'first', mayAsk: true },
    ]);
  });

  test('a background that ends loses what it was looking into, and says so', async () => {
    const { checkUps, background, sending, at } = start();
    checkUps.start('card', 'local');
    await sending(1);
    background.close();
    await vi.waitFor(() => {
      expect(at('card')).toEqual({ state: 'lost' });
    });
  });

  test('the right address is saved in one click, once the browser has given access', async () => {
    const { checkUps, asked, sending } = start();
    checkUps.useAddress('card', 'local', sick);
    expect(asked).toEqual(['http://127.0.0.1/*']);
    expect(await sending(2)).toMatchObject([
      { type: 'save-endpoint', endpoint: { ...endpoint, baseUrl: 'http://127.0.0.1:11434/v2' } },
      { type: 'diagnose' },
    ]);
  });

  test.each([false, new Error('no gesture')])('access that is not given (%s) changes nothing', async (isGranted) => {
    const { checkUps, sent, at } = start({ isGranted });
    checkUps.useAddress('card', 'local', sick);
    checkUps.grantAccess('reply', 'local', { kind: 'no-access', host: 'h', origin: 'http://127.0.0.1/*' });
    await vi.waitFor(() => {
      expect([at('card')?.state, at('reply')?.state]).toEqual(['refused', 'refused']);
    });
    expect(sent).toEqual([]);
  });

  test('access that is given is looked at', async () => {
    const { checkUps, asked, sending } = start();
    checkUps.grantAccess('reply', 'local', { kind: 'no-access', host: 'h', origin: 'http://127.0.0.1/*' });
    expect(asked).toEqual(['http://127.0.0.1/*']);
    expect(await sending(1)).toMatchObject([{ type: 'diagnose', id: 'reply' }]);
  });

  test('requests without an origin are a setting of the endpoint', async () => {
    const { checkUps, sending } = start();
    checkUps.hideOrigin('card', 'local');
    expect(await sending(2)).toMatchObject([
      { type: 'save-endpoint', endpoint: { ...endpoint, hidesOrigin: true } },
      // Not as of the failure that led here: that is over.
      { type: 'diagnose', id: 'card', endpointId: 'local' },
    ]);
    checkUps.hideOrigin('card', 'local', false);
    expect((await sending(4)).slice(2)).toMatchObject([
      { type: 'save-endpoint', endpoint: { ...endpoint, hidesOrigin: false } },
      { type: 'diagnose', id: 'card', endpointId: 'local' },
    ]);
  });

  test('a model that is there is chosen in one click', async () => {
    const { checkUps, sending, at } = start();
    checkUps.chooseModel('reply', 'local', { id: 'big', label: 'The big one' });
    const model = { endpointId: 'local', model: 'big', label: 'The big one' };
    expect(await sending(1)).toEqual([{ type: 'choose', settings: { model } }]);
    expect(at('reply')).toEqual({ state: 'chosen', model });
  });

  test('a panel has one doctor, whoever asks', () => {
    const { line } = start();
    const panel = {
      line,
      models: { settings: signal(readySettings) } as unknown as Parameters<typeof checkUpsOf>[0]['models'],
      requestAccess: () => Promise.resolve(true),
    };
    expect(checkUpsOf(panel)).toBe(checkUpsOf(panel));
  });
});
