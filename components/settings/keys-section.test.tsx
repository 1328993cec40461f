// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createKeys, type LockState, type SavedKey } from '@/lib/panel/keys';
import type { Options } from '@/lib/panel/options';
import { noLock } from '../testing/no-lock';
import { endpoint, readySettings } from '../testing/start-panel';
import { KeysSection } from './keys-section';

afterEach(cleanup);

const saved: SavedKey = { endpointId: 'local', origin: 'https://a.example', kept: 'browser', last: '1234' };

/** The section over a lock that opens for one passphrase. */
async function start(state: LockState, keys: readonly SavedKey[] = [saved]) {
  let now = state;
  const isRight = (passphrase: string, next: LockState): Promise<boolean> => {
    if (passphrase === 'correct horse') now = next;
    return Promise.resolve(passphrase === 'correct horse');
  };
  const keyLock = {
    ...noLock,
    state: () => Promise.resolve(now),
    set: vi.fn((passphrase: string) => isRight(passphrase, 'open')),
    unlock: vi.fn((passphrase: string) => isRight(passphrase, 'open')),
    shut: () => {
      now = 'shut';
      return Promise.resolve();
    },
    change: vi.fn((passphrase: string) => isRight(passphrase, 'open')),
    remove: (passphrase: string) => isRight(passphrase, 'none'),
    forget: () => {
      now = 'none';
      return Promise.resolve();
    },
  };
  const model = createKeys({
    secrets: {
      get: () => Promise.resolve(''),
      list: () => Promise.resolve(keys),
      set: () => Promise.resolve(true),
      remove: () => Promise.resolve(),
    },
    keyLock,
    onChanged: () => undefined,
  });
  await model.read();
  const removeKey = vi.fn(() => Promise.resolve());
  const settings = signal({ ...readySettings, endpoints: [{ ...endpoint, id: 'local', label: 'Mine' }] });
  render(<KeysSection options={{ keys: model, settings, removeKey } as unknown as Options} />);
  return { keyLock, removeKey };
}

const fill = (label: string, value: string): void => {
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
};
const submit = (button: string): void => {
  const form = screen.getByRole('button', { name: button }).closest('form');
  if (form) fireEvent.submit(form);
};

describe('a saved key', () => {
  test.each([
    [{ kept: 'browser', last: '1234' }, 'none', 'Ends in 1234 · on disk, in clear text'],
    [{ kept: 'browser', last: '' }, 'none', 'On disk, in clear text'],
    [{ kept: 'session', last: '1234' }, 'none', 'Ends in 1234 · in memory, for this session'],
    [{ kept: 'session', last: undefined }, 'none', 'It was for one session, which is over. Enter it again.'],
    [{ kept: 'locked', last: '1234' }, 'open', 'Ends in 1234 · encrypted on disk, unlocked'],
    [{ kept: 'locked', last: undefined }, 'shut', 'Encrypted on disk, and locked.'],
    [{ kept: 'locked', last: undefined }, 'open', 'It can’t be read any more. Enter it again.'],
  ] as const)('%j with the lock %s says so', async (key, state, words) => {
    await start(state, [{ ...saved, ...key }]);
    expect(document.querySelector('[data-key-of="local"]')?.textContent).toContain(`Mine https://a.example${words}`);
  });

  test('of a provider that is gone is told of, and can be removed', async () => {
    const { removeKey } = await start('none', [{ ...saved, endpointId: 'gone' }]);
    fireEvent.click(screen.getByRole('button', { name: 'Remove the key: A provider that is gone' }));
    fireEvent.click(screen.getByRole('button', { name: 'Remove the key' }));
    expect(removeKey).toHaveBeenCalledExactlyOnceWith('gone');
  });
});

describe('the lock', () => {
  test.each([
    ['short', 'short', 'At least 8 characters.', 'New passphrase'],
    ['correct horse', 'correct house', 'The two are not the same.', 'Repeat the passphrase'],
  ])('takes no %j with %j', async (next, repeated, words, field) => {
    const { keyLock } = await start('none');
    fill('New passphrase', next);
    fill('Repeat the passphrase', repeated);
    submit('Encrypt the keys');
    expect(await screen.findByText(words)).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText(field));
    expect(keyLock.set).not.toHaveBeenCalled();
  });

  test('is set, shut, opened and removed, and each is said', async () => {
    await start('none');
    fill('New passphrase', 'correct horse');
    fill('Repeat the passphrase', 'correct horse');
    submit('Encrypt the keys');
    expect(await screen.findByText('The keys are encrypted now.')).toBeTruthy();
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Passphrase lock'));

    fireEvent.click(screen.getByRole('button', { name: 'Lock now' }));
    expect(await screen.findByText('The keys are locked.')).toBeTruthy();
    fill('Passphrase', 'wrong horse');
    submit('Unlock');
    expect(await screen.findByText('This is not the passphrase. Nothing was changed.')).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>('Passphrase').value).toBe('wrong horse');
    fill('Passphrase', 'correct horse');
    submit('Unlock');
    expect(await screen.findByText(/^The keys are unlocked/u)).toBeTruthy();

    const [, removing] = [...document.querySelectorAll('details form')];
    const field = removing?.querySelector('input');
    if (!removing || !field) throw new Error('there is no form to remove the lock');
    fireEvent.input(field, { target: { value: 'correct horse' } });
    fireEvent.submit(removing);
    expect(await screen.findByText(/^The lock is removed/u)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Encrypt the keys' })).toBeTruthy();
  });

  test('gets another passphrase with the one it has', async () => {
    const { keyLock } = await start('open');
    const changing = document.querySelector('details form');
    const fields = [...(changing?.querySelectorAll('input') ?? [])];
    for (const [index, value] of ['correct horse', 'battery staple', 'battery staple'].entries()) {
      fireEvent.input(fields[index] ?? document.body, { target: { value } });
    }
    if (changing) fireEvent.submit(changing);
    expect(await screen.findByText('The passphrase is changed.')).toBeTruthy();
    expect(keyLock.change).toHaveBeenCalledExactlyOnceWith('correct horse', 'battery staple');
  });

  test('whose passphrase is forgotten goes with its keys, behind a question', async () => {
    await start('shut');
    fireEvent.click(screen.getByRole('button', { name: 'Passphrase forgotten' }));
    expect(screen.getByRole('group', { name: /every key behind it/u })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Remove locked keys' }));
    expect(await screen.findByText('The lock and the keys behind it are removed.')).toBeTruthy();
  });
});
