// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Diagnosis } from '@/lib/doctor/diagnosis';
import { loadLater } from '@/lib/i18n/load-later';
import type { CheckUp, CheckUps } from '@/lib/panel/check-ups';
import type { Pulls } from '@/lib/panel/pulls';
import { CheckUpView } from './check-up-view';

afterEach(cleanup);

async function show(checkUp: CheckUp | undefined, pulls?: Pulls) {
  await loadLater();
  const all = signal<ReadonlyMap<string, CheckUp>>(new Map(checkUp ? [['here', checkUp]] : []));
  const checkUps = {
    all,
    start: vi.fn(),
    askOneToken: vi.fn(),
    grantAccess: vi.fn(),
    hideOrigin: vi.fn(),
    useAddress: vi.fn(),
    chooseModel: vi.fn(),
  } satisfies CheckUps;
  const onCopy = vi.fn(() => Promise.resolve());
  const onEdit = vi.fn();
  const { container } = render(
    <CheckUpView checkUps={checkUps} place="here" endpointId="e1" onCopy={onCopy} onEdit={onEdit} pulls={pulls} />,
  );
  return { all, checkUps, onCopy, onEdit, container };
}

const found = (diagnosis: Partial<Diagnosis> & Pick<Diagnosis, 'kind'>): CheckUp => ({
  state: 'found',
  diagnosis: { host: '127.0.0.1:8080', ...diagnosis },
});

describe('what the doctor has found', () => {
  test('nothing is shown before anybody has asked', async () => {
    expect((await show(undefined)).container.textContent).toBe('');
  });

  test.each<readonly [Partial<Diagnosis> & Pick<Diagnosis, 'kind'>, RegExp, string, keyof CheckUps]>([
    [{ kind: 'fine', models: [{ id: 'a' }] }, /lists 1 model\. No question/u, 'Ask for one token', 'askOneToken'],
    [{ kind: 'unlisted' }, /only a question can tell/u, 'Ask for one token', 'askOneToken'],
    [{ kind: 'nothing-listening' }, /Nothing listens at 127\.0\.0\.1:8080/u, 'Check again', 'start'],
    [{ kind: 'answers', firstTokenMs: 440 }, /after 0\.4 s/u, 'Check again', 'start'],
    [
      { kind: 'no-access', failure: { kind: 'permission', host: 'h' }, origin: 'http://h/*' },
      /no access to h yet/u,
      'Grant access',
      'grantAccess',
    ],
    [{ kind: 'origin-refused' }, /refuses requests of browser extensions/u, 'Send without origin', 'hideOrigin'],
    [{ kind: 'wrong-path', address: 'http://h/v1' }, /another path: http:\/\/h\/v1/u, 'Use http://h/v1', 'useAddress'],
    [{ kind: 'needs-tls', address: 'https://h/v1' }, /may want https/u, 'Use https://h/v1', 'useAddress'],
  ])('%j has its sentence and its one cure', async (diagnosis, sentence, cure, act) => {
    const { checkUps } = await show(found(diagnosis));
    expect(screen.getByText(sentence)).toBeTruthy();
    const buttons = screen.getAllByRole('button').filter((button) => button.classList.contains('primary'));
    expect(buttons.map(({ textContent }) => textContent)).toEqual([cure]);
    if (buttons[0]) fireEvent.click(buttons[0]);
    expect(checkUps[act]).toHaveBeenCalledOnce();
  });

  test.each(['bad-key', 'no-key', 'no-api', 'web-page', 'redirect', 'unknown-host'] as const)(
    'of "%s" leads into the form',
    async (kind) => {
      const { onEdit } = await show(found({ kind, failure: { kind: 'redirect', host: 'h', target: 'login.example' } }));
      fireEvent.click(
        screen.getByRole('button', { name: kind.endsWith('key') ? 'Enter the key' : 'Change the address' }),
      );
      expect(onEdit).toHaveBeenCalledOnce();
    },
  );

  test.each(['no-credit', 'certificate', 'insecure'] as const)('of "%s" leads to a page', async (kind) => {
    await show(found({ kind, page: 'https://h', failure: { kind: 'billing', host: 'h' } }));
    const link = screen.getByRole('link', { name: 'Open https://h' });
    expect([link.getAttribute('href'), link.getAttribute('rel')]).toEqual(['https://h', 'noreferrer']);
  });

  test('the models that are there are chosen in one click', async () => {
    const models = [{ id: 'a' }, { id: 'b', label: 'Bee' }];
    const { checkUps, all } = await show(found({ kind: 'model-missing', model: 'c', models }));
    expect(screen.getByText(/does not have the model “c”/u)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Bee' }));
    expect(checkUps.chooseModel).toHaveBeenCalledWith('here', 'e1', models[1]);
    all.value = new Map([
      ['here', { state: 'chosen', model: { endpointId: 'e1', model: 'b', label: 'Bee' } } satisfies CheckUp],
    ]);
    expect(await screen.findByText('The next question goes to Bee.')).toBeTruthy();
  });

  test.each([
    ['slow', /took 12\.3 s/u],
    ['no-token', /is there, but no answer came in time/u],
  ] as const)('"%s" leads to another model; where none is listed, to another look', async (kind, sentence) => {
    const seen = { kind, firstTokenMs: 12_345 };
    const { checkUps } = await show(found({ ...seen, models: [{ id: 'a' }] }));
    expect(screen.getByText(sentence)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'a' }));
    expect(checkUps.chooseModel).toHaveBeenCalledOnce();
    cleanup();
    await show(found(seen));
    expect(screen.getByRole('button', { name: 'Check again' })).toBeTruthy();
  });

  test('a model that is not there may be downloaded, where the server can do that', async () => {
    const start = vi.fn();
    const pulls = {
      all: signal([]),
      start,
      goOn: vi.fn(),
      cancel: vi.fn(),
      choose: vi.fn(),
      isChosen: () => false,
    } satisfies Pulls;
    const missing = found({ kind: 'model-missing', model: 'c', models: [{ id: 'a' }] });
    await show(missing);
    expect(screen.queryByRole('button', { name: 'Download c' })).toBeNull();
    cleanup();
    await show(missing, pulls);
    expect(screen.getByRole('button', { name: 'a' })).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Download c' }));
    expect(start).toHaveBeenCalledExactlyOnceWith('e1', 'c');
  });

  test('a server that refuses this extension is cured by a line for every system, to be copied', async () => {
    const { onCopy, container } = await show(found({ kind: 'origin-refused' }));
    const lines = [...container.querySelectorAll('code')].map(({ textContent }) => textContent);
    const { origin } = location;
    expect(lines).toHaveLength(4);
    expect(lines).toEqual(
      expect.arrayContaining([
        `OLLAMA_ORIGINS=${origin}`,
        `launchctl setenv OLLAMA_ORIGINS "${origin}"`,
        `setx OLLAMA_ORIGINS "${origin}"`,
        `Environment="OLLAMA_ORIGINS=${origin}"`,
      ]),
    );
    fireEvent.click(screen.getByRole('button', { name: `Copy OLLAMA_ORIGINS=${origin}` }));
    expect(onCopy).toHaveBeenCalledWith(`OLLAMA_ORIGINS=${origin}`);
  });

  test('access that was not given is told of, and may be asked for again', async () => {
    const diagnosis: Diagnosis = {
      kind: 'no-access',
      host: 'h',
      origin: 'http://h/*',
      failure: { kind: 'permission' },
    };
    await show({ state: 'refused', diagnosis });
    expect(screen.getByText(/Access was not given/u)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Grant access' })).toBeTruthy();
  });

  test('a look that was lost can be taken again', async () => {
    const { checkUps } = await show({ state: 'lost' });
    fireEvent.click(screen.getByRole('button', { name: 'Check again' }));
    expect(checkUps.start).toHaveBeenCalledWith('here', 'e1');
  });

  test('the focus does not go with the button that was pressed', async () => {
    const { all, container } = await show(found({ kind: 'nothing-listening' }));
    screen.getByRole('button', { name: 'Check again' }).focus();
    all.value = new Map([['here', { state: 'looking' } satisfies CheckUp]]);
    await waitFor(() => expect(document.activeElement).toBe(container.firstElementChild));
    expect(screen.getByText('Looking…')).toBeTruthy();
  });
});
