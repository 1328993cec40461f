// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
import { defaultSettings } from '@/lib/store/settings';
import { makeQuestion, makeReply, startPanel, type StartPanelOptions } from '../testing/start-panel';
import { QuickView } from './quick-view';

afterEach(cleanup);

async function start(options: StartPanelOptions = {}) {
  const started = startPanel({ surface: 'quick', ...options });
  const onClose = vi.fn();
  render(<QuickView panel={started.panel} onClose={onClose} />);
  await waitFor(() => expect(started.panel.models.settings.value).toBeDefined());
  return { ...started, onClose, field: screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' }) };
}

const answered = [makeQuestion(), makeReply()];

test('the field has the keyboard at once', async () => {
  const { field } = await start();
  expect(document.activeElement).toBe(field);
});

test('Enter asks, and the answer is shown there', async () => {
  const { field, reply, sentOf } = await start();
  fireEvent.input(field, { target: { value: 'Why?' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  const [asked] = await waitFor(() => {
    expect(sentOf('ask')).toHaveLength(1);
    return sentOf('ask');
  });
  if (!asked) throw new Error('nothing was asked');
  reply({
    type: 'events',
    conversationId: asked.conversationId,
    events: [
      { type: 'asked', message: asked.message },
      { type: 'reply-started', messageId: 'r1', parentId: asked.message.id, model: asked.model, time: 0 },
      { type: 'text', messageId: 'r1', part: 0, at: 0, text: 'Because.' },
    ],
  });
  expect(await screen.findByText('Because.')).toBeTruthy();
  expect(field.value).toBe('');
});

test('Esc closes the page and lets the answer go on', async () => {
  const { field, onClose, sentOf } = await start({ messages: [makeQuestion(), makeReply({ state: 'streaming' })] });
  await screen.findByRole('button', { name: 'Stop' });
  fireEvent.keyDown(field, { key: 'Escape' });
  expect(onClose).toHaveBeenCalledOnce();
  expect(sentOf('stop')).toEqual([]);
});

test('Esc in the list of models closes the list alone', async () => {
  const { onClose } = await start();
  fireEvent.click(screen.getByRole('button', { name: 'Model: small' }));
  fireEvent.keyDown(await screen.findByRole('combobox'), { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('combobox')).toBeNull());
  expect(onClose).not.toHaveBeenCalled();
});

test.each(['ctrlKey', 'metaKey'])(
  'Enter with %s goes on in the side panel, opened in the key press itself',
  async (key) => {
    const { field, calls, onClose, sentOf } = await start({ messages: answered });
    await screen.findByText('Because.');
    fireEvent.keyDown(field, { key: 'Enter', [key]: true });
    expect(calls).toEqual(['panel']);
    expect(onClose).toHaveBeenCalledOnce();
    await waitFor(() => expect(sentOf('show-in-panel')).toMatchObject([{ conversationId: 'c1' }]));
  },
);

test('Ctrl+C copies the answer, unless something is selected', async () => {
  const { field, calls, panel } = await start({ messages: answered });
  await screen.findByText('Because.');
  fireEvent.keyDown(field, { key: 'c', code: 'KeyC', ctrlKey: true });
  expect(calls).toEqual(['copy Because.']);
  panel.composer.setText('a draft');
  await waitFor(() => expect(field.value).toBe('a draft'));
  field.setSelectionRange(0, 3);
  fireEvent.keyDown(field, { key: 'c', code: 'KeyC', ctrlKey: true });
  expect(calls).toEqual(['copy Because.']);
});

test('without a model it says so, and leads to the options', async () => {
  const { calls } = await start({ settings: defaultSettings });
  fireEvent.click(await screen.findByRole('button', { name: 'Add a provider' }));
  expect(calls).toEqual(['options providers']);
});
