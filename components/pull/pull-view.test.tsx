// @vitest-environment happy-dom
import { signal } from '@preact/signals';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { loadLater } from '@/lib/i18n/load-later';
import { setLanguage } from '@/lib/i18n/translate';
import { locales } from '@/lib/i18n/locales';
import { first } from '@/lib/i18n/en/first';
import type { Pulls, ShownPull } from '@/lib/panel/pulls';
import type { Failure } from '@/lib/errors/failure';
import type { PullReason } from '@/lib/providers/provider';
import { PullForm } from './pull-form';
import { PullView } from './pull-view';

beforeEach(loadLater);
afterEach(cleanup);

const one = { endpointId: 'e', model: 'small:4b' };
const running = {
  ...one,
  state: 'running',
  step: 'downloading',
  percent: 42,
  completedBytes: 1_050_000_000,
  totalBytes: 2_500_000_000,
} as const;

function makePulls(pull?: ShownPull) {
  const all = signal<readonly ShownPull[]>(pull ? [pull] : []);
  const chosen = signal('');
  return {
    all,
    chosen,
    start: vi.fn<Pulls['start']>(),
    goOn: vi.fn<Pulls['goOn']>(),
    cancel: vi.fn<Pulls['cancel']>(),
    choose: vi.fn<Pulls['choose']>(),
    isChosen: (_endpointId: string, model: string) => chosen.value === model,
  };
}

function show(pull?: ShownPull, onRetry?: () => void) {
  const pulls = makePulls(pull);
  const { container } = render(<PullView pulls={pulls} {...one} {...(onRetry && { onRetry })} />);
  return { pulls, container, output: container.querySelector('output') };
}

const press = (name: string): void => {
  fireEvent.click(screen.getByRole('button', { name }));
};

describe('the download of a model', () => {
  test('begins with one click', () => {
    const { pulls, output } = show();
    expect(output?.textContent).toBe('');
    press('Download small:4b');
    expect(pulls.start).toHaveBeenCalledExactlyOnceWith('e', 'small:4b');
  });

  test('shows how far it is, what it is at, and that it outlives the page', () => {
    const { pulls, container } = show(running);
    const bar = screen.getByRole('progressbar', { name: 'Downloading small:4b…' });
    expect([bar.getAttribute('value'), bar.getAttribute('max')]).toEqual(['42', '100']);
    expect(container.textContent).toContain('Downloading · 42% · 1.1 GB of 2.5 GB');
    expect(container.textContent).toContain('It goes on when this page is closed');
    press('Cancel the download of small:4b');
    expect(pulls.cancel).toHaveBeenCalledExactlyOnceWith(running);
  });

  test('of which no size is known has no value, rather than a wrong one', () => {
    const { percent: _unknown, ...rest } = running;
    show({ ...rest, step: 'preparing', completedBytes: 0, totalBytes: 0 });
    expect(screen.getByRole('progressbar').hasAttribute('value')).toBe(false);
    expect(screen.getByText('Looking it up')).toBeTruthy();
  });

  test('is announced when it begins and when it ends, and not in between', async () => {
    const { pulls, output } = show(running);
    const said = new Set([output?.textContent]);
    const watching = new MutationObserver(() => said.add(output?.textContent));
    if (output) watching.observe(output, { childList: true, characterData: true, subtree: true });
    for (const step of ['downloading', 'checking', 'finishing'] as const) {
      for (const percent of [50, 75, 99]) {
        pulls.all.value = [{ ...running, step, percent }];
        await waitFor(() => expect(screen.getByRole('progressbar').getAttribute('value')).toBe(String(percent)));
      }
    }
    pulls.all.value = [{ ...one, state: 'done', listedAs: 'small:4b' }];
    await waitFor(() => expect(output?.textContent).toBe('small:4b is there.'));
    watching.disconnect();
    expect([...said]).toEqual(['Downloading small:4b…', 'small:4b is there.']);
    // What chatters is in no live region.
    expect(output?.querySelector('progress')).toBeNull();
  });

  test('ends with a model that can be chosen, by the name in the list', async () => {
    const { pulls, output } = show({ ...one, state: 'done', listedAs: 'small:4b' });
    press('Use small:4b');
    expect(pulls.choose).toHaveBeenCalledExactlyOnceWith('e', 'small:4b');
    pulls.chosen.value = 'small:4b';
    await waitFor(() => expect(output?.textContent).toBe('small:4b is there. The next question goes to small:4b.'));
    expect(screen.queryByRole('button')).toBeNull();
  });

  test('that a question had waited for lets it be asked again', async () => {
    const onRetry = vi.fn();
    const { pulls } = show({ ...one, state: 'done', listedAs: 'small:4b' }, onRetry);
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
    pulls.chosen.value = 'small:4b';
    fireEvent.click(await screen.findByRole('button', { name: 'Retry' }));
    expect(onRetry).toHaveBeenCalledOnce();
  });

  test.each([
    [{ ...one, state: 'cancelled' }, /cancelled\. What has come is kept/u],
    [{ ...one, state: 'lost' }, /ended Ava’s background/u],
  ] as const)('that is %j goes on in one click', (pull, sentence) => {
    const { pulls } = show(pull);
    expect(screen.getByText(sentence)).toBeTruthy();
    press('Go on');
    expect(pulls.goOn).toHaveBeenCalledExactlyOnceWith(pull);
  });

  test('keeps the focus when its button goes', async () => {
    const { pulls, container } = show();
    screen.getByRole('button').focus();
    pulls.all.value = [running];
    await waitFor(() => expect(document.activeElement).toBe(container.firstElementChild));
  });
});

describe('a download that failed', () => {
  const host = '127.0.0.1:11434';
  test.each<readonly [PullReason, Failure, RegExp, string]>([
    ['unknown-model', { kind: 'model-not-found', host }, /The library has no model “small:4b”\./u, 'Retry'],
    ['no-space', { kind: 'server', host }, /no room left for small:4b on the disk of 127\.0\.0\.1:11434/u, 'Go on'],
    ['offline', { kind: 'server', host }, /Check its connection to the internet/u, 'Go on'],
    ['old-server', { kind: 'server', host }, /too old for small:4b\. Update it/u, 'Go on'],
    ['cut', { kind: 'network', host }, /ended before all of small:4b was there/u, 'Go on'],
    ['other', { kind: 'network', host }, /Nothing answers at 127\.0\.0\.1:11434/u, 'Retry'],
    ['other', { kind: 'permission', host, origin: 'http://127.0.0.1/*' }, /no access/u, 'Grant access'],
  ])('for %s, %j, says so with what helps', (reason, failure, sentence, button) => {
    const { pulls } = show({ ...one, state: 'failed', reason, failure });
    expect(screen.getByText(sentence)).toBeTruthy();
    press(button);
    expect(pulls.goOn).toHaveBeenCalledOnce();
    const primary = [...document.querySelectorAll('.primary')].map(({ textContent }) => textContent);
    expect(primary).toHaveLength(1);
  });

  test.each([
    ['unknown-model', 'Look up its name', 'https://ollama.com/search'],
    ['old-server', 'Update Ollama', 'https://ollama.com/download'],
  ] as const)('for %s leads to a page', (reason, name, href) => {
    show({ ...one, state: 'failed', reason, failure: { kind: 'server', host, message: 'its own words' } });
    const link = screen.getByRole('link', { name });
    expect([link.getAttribute('href'), link.getAttribute('rel')]).toEqual([href, 'noreferrer']);
    expect(screen.getByText('The provider says: its own words')).toBeTruthy();
  });
});

describe('the form of downloads', () => {
  function showForm(pull?: ShownPull) {
    const pulls = makePulls(pull);
    render(<PullForm pulls={pulls} endpointId="e" />);
    const field = screen.getByRole('textbox', { name: 'Download a model' });
    const submit = (): void => {
      fireEvent.submit(field.closest('form') ?? field);
    };
    return { pulls, field: field as HTMLInputElement, submit };
  }

  test('takes a name, and shows what is under way at this endpoint', () => {
    const { pulls, field, submit } = showForm({ ...running, endpointId: 'elsewhere' });
    expect(screen.queryByRole('progressbar')).toBeNull();
    field.value = ' ollama pull qwen3:4b';
    submit();
    expect(pulls.start).toHaveBeenCalledExactlyOnceWith('e', 'qwen3:4b');
    expect(field.value).toBe('');
    cleanup();
    showForm(running);
    expect(screen.getByRole('progressbar')).toBeTruthy();
  });

  test('says that a name is missing, and takes the user to its field', async () => {
    const { pulls, field, submit } = showForm();
    submit();
    expect((await screen.findByRole('alert')).textContent).toBe('Enter the name of a model.');
    expect(document.activeElement).toBe(field);
    expect(pulls.start).not.toHaveBeenCalled();
  });
});

test('a download is told of in Russian, too', async () => {
  const russian = locales.find(({ tag }) => tag === 'ru');
  setLanguage('ru', (await russian?.load()) ?? first);
  try {
    show(running);
    await waitFor(() => expect(screen.getByText(/^Загрузка · 42\s% · 1,1 ГБ из 2,5 ГБ$/u)).toBeTruthy());
    expect(screen.getByRole('button', { name: 'Отменить загрузку модели small:4b' })).toBeTruthy();
  } finally {
    setLanguage('en', first);
  }
});
