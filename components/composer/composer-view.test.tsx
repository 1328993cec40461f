// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { lazyModelPicker } from '../panel/lazy-views';
import { defaultSettings } from '@/lib/store/settings';
import { createStage } from '../panel/stage';
import {
  endpoint,
  makeQuestion,
  makeReply,
  model as small,
  readySettings,
  startPanel,
  type StartPanelOptions,
} from '../testing/start-panel';
import { ComposerView } from './composer-view';

beforeAll(() => lazyModelPicker.load());
afterEach(cleanup);

async function start(options: StartPanelOptions = {}) {
  const started = startPanel(options);
  render(<ComposerView panel={started.panel} stage={createStage()} />);
  await waitFor(() => expect(started.panel.models.settings.value).toBeDefined());
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message' });
  const type = (text: string): void => {
    fireEvent.input(field, { target: { value: text } });
  };
  return { ...started, field, type };
}

describe('keys', () => {
  test('Enter sends what was typed', async () => {
    const { field, type, sentOf } = await start();
    type('Why?');
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(sentOf('ask').map(({ message }) => message.text)).toEqual(['Why?']));
  });

  test.each([
    ['Shift is held', { shiftKey: true }],
    ['an input method is composing', { isComposing: true }],
    ['an input method has just ended a word', { keyCode: 229 }],
  ])('Enter does not send while %s, and is left to the browser', async (_when, keys) => {
    const { field, type, panel } = await start();
    type('にほん');
    const isLeft = fireEvent.keyDown(field, { key: 'Enter', ...keys });
    expect(isLeft).toBe(true);
    expect(panel.thread.pending.value).toBeUndefined();
  });

  test('Enter in an empty field sends nothing', async () => {
    const { field, type, panel } = await start();
    type('  \n ');
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(panel.thread.pending.value).toBeUndefined();
  });

  test('Esc in an empty field stops the answer, and with something typed it does not', async () => {
    const { field, type, sentOf } = await start({ messages: [makeQuestion(), makeReply({ state: 'streaming' })] });
    await screen.findByRole('button', { name: 'Stop' });
    type('Next');
    fireEvent.keyDown(field, { key: 'Escape' });
    type('');
    fireEvent.keyDown(field, { key: 'Escape' });
    await waitFor(() => expect(sentOf('stop')).toHaveLength(1));
  });
});

test('Stop stands where Send was while an answer streams', async () => {
  const { sentOf } = await start({ messages: [makeQuestion(), makeReply({ state: 'streaming' })] });
  fireEvent.click(await screen.findByRole('button', { name: 'Stop' }));
  expect(screen.queryByRole('button', { name: 'Send' })).toBeNull();
  await waitFor(() => expect(sentOf('stop')).toMatchObject([{ messageId: 'r1' }]));
});

describe('Stop that has come in the place of Send', () => {
  async function send(click: MouseEventInit) {
    const started = await start();
    started.type('Why?');
    fireEvent.click(screen.getByRole('button', { name: 'Send' }), click);
    const [asked] = await waitFor(() => {
      expect(started.sentOf('ask')).toHaveLength(1);
      return started.sentOf('ask');
    });
    if (!asked) throw new Error('nothing was asked');
    const { conversationId, message, model, replyId } = asked;
    started.reply({
      type: 'events',
      conversationId,
      events: [
        { type: 'asked', message },
        { type: 'reply-started', messageId: replyId, parentId: message.id, model, time: 0 },
      ],
    });
    return { ...started, stop: await screen.findByRole('button', { name: 'Stop' }) };
  }

  test.each([
    ['as the browser counts', { detail: 2 }],
    ['by place and time', { detail: 1 }],
  ])('is not for the second half of a double click on it, told %s', async (_how, click) => {
    const { stop, sentOf } = await send({ detail: 1, clientX: 300, clientY: 500 });
    fireEvent.click(stop, { ...click, clientX: 301, clientY: 500 });
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
    expect(sentOf('stop')).toEqual([]);
  });

  test.each([
    ['a key press', { detail: 1 }, { detail: 0 }],
    ['a click after a key press', { detail: 0 }, { detail: 1, clientX: 300, clientY: 500 }],
    ['a click in another place', { detail: 1, clientX: 300, clientY: 500 }, { detail: 1, clientX: 320, clientY: 500 }],
  ])('stops at once by %s', async (_how, first, second) => {
    const { stop, sentOf } = await send(first);
    fireEvent.click(stop, second);
    await waitFor(() => expect(sentOf('stop')).toHaveLength(1));
  });

  test('stops by a single click on the same spot that comes later', async () => {
    const { stop, sentOf } = await send({ detail: 1, clientX: 300, clientY: 500 });
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 500);
    fireEvent.click(stop, { detail: 1, clientX: 300, clientY: 500 });
    await waitFor(() => expect(sentOf('stop')).toHaveLength(1));
  });
});

test('Send without a model opens the list of models and keeps what was typed', async () => {
  const { field, type } = await start({ settings: { ...defaultSettings, endpoints: [endpoint] } });
  type('Why?');
  const send = screen.getByRole('button', { name: 'Send' });
  expect(send.getAttribute('aria-disabled')).toBe('true');
  fireEvent.click(send);
  expect(await screen.findByRole('dialog', { name: 'Choose a model' })).toBeTruthy();
  expect(field.value).toBe('Why?');
});

test('an earlier question that is edited says so, and Esc gives it up', async () => {
  const { panel, field } = await start({ messages: [makeQuestion(), makeReply()] });
  await waitFor(() => expect(panel.thread.messages.value).toHaveLength(2));
  panel.composer.edit('q1');
  expect(await screen.findByText(/Editing an earlier question/u)).toBeTruthy();
  expect(document.activeElement).toBe(field);
  fireEvent.keyDown(field, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByText(/Editing an earlier question/u)).toBeNull());
  expect(field.value).toBe('');
});

test('an attachment is a chip that can be taken off by its name', async () => {
  const { panel } = await start();
  panel.composer.attach([{ id: 'a', kind: 'selection', title: 'Streams', url: 'https://example.org/', text: 'drain' }]);
  fireEvent.click(await screen.findByRole('button', { name: 'Remove Streams' }));
  await waitFor(() => expect(screen.queryByText('Streams')).toBeNull());
});

describe('the list of models', () => {
  async function openPicker(settings = readySettings) {
    const started = await start({ settings });
    fireEvent.click(screen.getByRole('button', { name: 'Model: small' }));
    const filter = await screen.findByRole('combobox', { name: 'Filter models' });
    started.reply({
      type: 'models',
      endpointId: 'local',
      models: [{ id: 'small' }, { id: 'large' }, { id: 'large-vision' }],
      failure: null,
    });
    await screen.findByRole('option', { name: /^large-vision/u });
    return { ...started, filter };
  }

  test('arrow keys and Enter choose, and the field has the focus again', async () => {
    const { filter, field, sentOf } = await openPicker();
    fireEvent.keyDown(filter, { key: 'ArrowDown' });
    await waitFor(() => expect(filter.getAttribute('aria-activedescendant')).toBe('model-1'));
    fireEvent.keyDown(filter, { key: 'Enter' });
    await waitFor(() => expect(sentOf('choose').map((message) => message.settings.model?.model)).toEqual(['large']));
    await waitFor(() => expect(document.activeElement).toBe(field));
  });

  test('a provider that was changed elsewhere is asked anew', async () => {
    const { reply, sentOf } = await openPicker();
    reply({ type: 'settings', settings: { ...readySettings, endpoints: [{ ...endpoint, label: 'Mine' }] } });
    await waitFor(() => expect(sentOf('list-models')).toHaveLength(2));
  });

  test('a filter leaves the models that have all its words', async () => {
    const { filter } = await openPicker();
    fireEvent.input(filter, { target: { value: 'local vis' } });
    await waitFor(() =>
      expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['large-vision']),
    );
  });

  test('a name that is in no list can be used as it was typed', async () => {
    const { filter, sentOf } = await openPicker();
    fireEvent.input(filter, { target: { value: 'my-own' } });
    fireEvent.click(await screen.findByRole('option', { name: 'Use “my-own”' }));
    await waitFor(() => expect(sentOf('choose').map((message) => message.settings.model?.model)).toEqual(['my-own']));
  });

  test('its button closes it again, and does not open it a second time', async () => {
    const { filter } = await openPicker();
    const button = screen.getByRole('button', { name: 'Model: small' });
    // What a mouse does: the focus goes to the button before its click.
    fireEvent.focusOut(filter, { relatedTarget: button });
    fireEvent.click(button);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  test('it closes when the focus goes elsewhere, and lets it go', async () => {
    const { filter, field } = await openPicker();
    const send = screen.getByRole('button', { name: 'Send' });
    send.focus();
    fireEvent.focusOut(filter, { relatedTarget: send });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(document.activeElement).not.toBe(field);
  });

  test('a name that was typed whole is what Enter takes, whatever else begins with it', async () => {
    const { filter, sentOf } = await openPicker({
      ...readySettings,
      recent: [{ ...small, model: 'large-vision', label: 'large-vision' }],
    });
    fireEvent.input(filter, { target: { value: 'large' } });
    await waitFor(() => expect(screen.getAllByRole('option')).toHaveLength(2));
    fireEvent.keyDown(filter, { key: 'Enter' });
    await waitFor(() => expect(sentOf('choose').map((message) => message.settings.model?.model)).toEqual(['large']));
  });

  test('of a part of a name, Enter takes the first that has it, and not the part', async () => {
    const { filter, sentOf } = await openPicker();
    fireEvent.input(filter, { target: { value: 'lar' } });
    await screen.findByRole('option', { name: 'Use “lar”' });
    fireEvent.keyDown(filter, { key: 'Enter' });
    await waitFor(() => expect(sentOf('choose').map((message) => message.settings.model?.model)).toEqual(['large']));
  });

  test('a star makes a favourite of the active model, also without a pointer, and takes it back', async () => {
    const { filter, sentOf, panel } = await openPicker();
    fireEvent.keyDown(filter, { key: 'ArrowDown' });
    const star = await screen.findByRole('button', { name: 'Favourite: large' });
    expect(star.getAttribute('aria-pressed')).toBe('false');
    fireEvent.click(star);
    expect(panel.models.settings.value?.favourites).toEqual([{ endpointId: 'local', model: 'large', label: 'large' }]);
    expect(await screen.findByRole('option', { name: /large\s*, favourite/u })).toBeTruthy();
    expect(star.getAttribute('aria-pressed')).toBe('true');
    expect(screen.getAllByRole('option').map((option) => option.id)).toEqual(['model-0', 'model-1', 'model-2']);
    fireEvent.click(star);
    await waitFor(() => expect(screen.queryByRole('option', { name: /large\s*, favourite/u })).toBeNull());
    expect(sentOf('choose').map(({ settings }) => settings.favourites?.length)).toEqual([1, 0]);
  });

  test('the star of a line is for that line, and chooses nothing', async () => {
    const { sentOf } = await openPicker();
    const line = screen.getByRole('option', { name: 'large-vision' });
    fireEvent.click(line.querySelector('.picker-star') ?? line);
    await waitFor(() =>
      expect(sentOf('choose')).toMatchObject([{ settings: { favourites: [{ model: 'large-vision' }] } }]),
    );
    expect(screen.getByRole('dialog')).toBeTruthy();
  });

  test('favourites and last used models stand first under headings of their own', async () => {
    await openPicker({
      ...readySettings,
      favourites: [{ ...small, model: 'large-vision', label: 'large-vision' }],
      recent: [{ ...small, model: 'large', label: 'large' }],
    });
    expect(
      screen
        .getAllByRole('group')
        .map((group) => [
          group.ariaLabel ?? group.getAttribute('aria-label'),
          group.querySelectorAll('[role="option"]').length,
        ]),
    ).toEqual([
      ['Favourites', 1],
      ['Last used', 1],
      ['Local', 1],
    ]);
  });

  test('the defaults of the active model are one click away', async () => {
    const { filter, calls } = await openPicker();
    fireEvent.keyDown(filter, { key: 'ArrowDown' });
    fireEvent.click(await screen.findByRole('button', { name: 'Defaults of large' }));
    expect(calls).toEqual(['options chat/local/large']);
  });

  test('with nothing to choose there is nothing to star', async () => {
    const { filter } = await openPicker();
    fireEvent.input(filter, { target: { value: 'no such model' } });
    await screen.findByText('No model matches.');
    expect(screen.queryByRole('button', { name: /^Favourite/u })).toBeNull();
  });

  test('Esc closes it', async () => {
    const { filter } = await openPicker();
    fireEvent.keyDown(filter, { key: 'Escape' });
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});
