// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import { startPanel } from '../testing/start-panel';
import { HistoryView } from './history-view';
import { UndoToast } from './undo-toast';

afterEach(cleanup);

const titles = ['Streams', 'Contract', 'Batteries'];

async function start() {
  const started = startPanel();
  const onClose = vi.fn();
  started.panel.history.open();
  render(
    <>
      <HistoryView panel={started.panel} onClose={onClose} />
      <UndoToast history={started.panel.history} />
    </>,
  );
  const summaries = titles.map((title, index) => ({
    id: title.toLowerCase(),
    title,
    createdAt: 0,
    updatedAt: Date.now() - index * 1000,
  }));
  started.reply({ type: 'history', summaries, total: 7 });
  await screen.findByText('Batteries');
  const press = (key: string): void => {
    fireEvent.keyDown(document.activeElement ?? document.body, { key });
  };
  const focused = (): string | undefined => (document.activeElement as HTMLElement | null)?.dataset['conversationId'];
  return { ...started, onClose, press, focused };
}

test('the search has the focus, and arrow keys go down the list and back', async () => {
  const { press, focused } = await start();
  expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Search' }));
  press('ArrowDown');
  press('ArrowDown');
  expect(focused()).toBe('contract');
  press('End');
  press('ArrowDown');
  expect(focused()).toBe('batteries');
  press('Home');
  press('ArrowUp');
  expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Search' }));
});

test('Enter in the search opens the first that it found', async () => {
  const { press, panel, onClose } = await start();
  fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'BATT' } });
  await waitFor(() => expect(screen.queryByText('Streams')).toBeNull());
  press('Enter');
  expect(panel.thread.conversationId.value).toBe('batteries');
  expect(onClose).toHaveBeenCalledOnce();
});

test('Delete removes the row, stays in the list, and can be undone', async () => {
  const { press, focused, sentOf } = await start();
  press('ArrowDown');
  press('Delete');
  expect(focused()).toBe('contract');
  fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(sentOf('restore')).toEqual([{ type: 'restore', conversationId: 'streams' }]));
  expect(sentOf('delete')).toEqual([{ type: 'delete', conversationId: 'streams' }]);
});

test.each(['Undo', 'Close'])('%s of the last deletion leaves the focus in the list', async (name) => {
  const { press } = await start();
  press('ArrowDown');
  press('Delete');
  const toast = await screen.findByText('Deleted “Streams”.');
  const button = [...(toast.parentElement?.querySelectorAll('button') ?? [])].find(
    ({ title, textContent }) => title === name || textContent === name,
  );
  button?.focus();
  button?.click();
  await waitFor(() => expect(screen.queryByText('Deleted “Streams”.')).toBeNull());
  expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Search' }));
});

test('nothing tells that the toast beside the list can not be reached', async () => {
  await start();
  expect(screen.getByRole('dialog').hasAttribute('aria-modal')).toBe(false);
});

test('F2 renames in place: Enter keeps the new title, Esc the old one', async () => {
  const { press, focused, sentOf } = await start();
  press('ArrowDown');
  press('F2');
  fireEvent.input(await screen.findByRole('textbox', { name: 'Title' }), { target: { value: 'Lost' } });
  fireEvent.keyDown(screen.getByRole('textbox', { name: 'Title' }), { key: 'Escape' });
  await waitFor(() => expect(focused()).toBe('streams'));
  press('F2');
  fireEvent.input(await screen.findByRole('textbox', { name: 'Title' }), { target: { value: 'Backpressure' } });
  fireEvent.keyDown(screen.getByRole('textbox', { name: 'Title' }), { key: 'Enter' });
  await waitFor(() =>
    expect(sentOf('rename')).toEqual([{ type: 'rename', conversationId: 'streams', title: 'Backpressure' }]),
  );
});

test('Esc leaves', async () => {
  const { press, onClose } = await start();
  press('Escape');
  expect(onClose).toHaveBeenCalledOnce();
});

test('more are asked for when there are more', async () => {
  const { sentOf } = await start();
  fireEvent.click(screen.getByRole('button', { name: 'Show more' }));
  await waitFor(() => expect(sentOf('watch-history').map(({ count }) => count)).toEqual([200, 400]));
});
