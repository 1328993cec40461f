import { describe, expect, test, vi } from 'vitest';
import { makeConversation, makeQuestion, makeReply, readySettings, startPanel } from '@/components/testing/start-panel';
import { createChannelPair } from '@/lib/protocol/channel';
import type { BackgroundSide, FromPage, ToPage } from '@/lib/protocol/messages';

const answered = [makeQuestion(), makeReply()];

/** A panel that has just sent a question, which the background has not taken yet. */
async function ask({ isNew = false } = {}) {
  const started = startPanel(isNew ? {} : { messages: answered });
  const { panel, sentOf } = started;
  await vi.waitFor(() => {
    expect(panel.models.chosen.value).toBeDefined();
    expect(panel.thread.isLoading.value).toBe(false);
  });
  panel.composer.setText('And?');
  panel.composer.send();
  const asked = await vi.waitFor(() => {
    const [found] = sentOf('ask');
    if (!found) throw new Error('nothing was asked');
    return found;
  });
  return { ...started, asked };
}

const turn = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve);
  });

describe('a question whose chat is no longer shown when the background answers', () => {
  test('is acknowledged all the same, and its chat is watched until then', async () => {
    const { panel, asked, reply, sentOf } = await ask();
    panel.newChat();
    await turn();
    expect(sentOf('unwatch')).toEqual([]);
    expect(panel.thread.pending.value).toBeDefined();
    reply({
      type: 'events',
      conversationId: asked.conversationId,
      events: [{ type: 'asked', message: asked.message }],
    });
    await vi.waitFor(() => {
      expect(panel.thread.pending.value).toBeUndefined();
      expect(sentOf('unwatch')).toEqual([{ type: 'unwatch', conversationId: 'c1' }]);
    });
    expect(panel.thread.conversationId.value).toBeNull();
    panel.composer.setText('Another');
    expect(panel.composer.canSend.value).toBe(true);
  });

  test('is acknowledged by a snapshot too', async () => {
    const { panel, asked, reply } = await ask();
    panel.thread.open('c2');
    reply({
      type: 'snapshot',
      conversation: makeConversation([...answered, asked.message]),
      health: { damaged: [], isReadOnly: false },
    });
    await vi.waitFor(() => {
      expect(panel.thread.pending.value).toBeUndefined();
    });
    expect(panel.thread.conversationId.value).toBe('c2');
  });

  test('can be refused, which is said to who comes back to it', async () => {
    const { panel, asked, reply } = await ask();
    panel.newChat();
    reply({ type: 'refused', conversationId: asked.conversationId, failure: { kind: 'storage' } });
    await vi.waitFor(() => {
      expect(panel.thread.pending.value).toBeUndefined();
    });
    expect(panel.thread.refusal.value).toBeUndefined();
    panel.thread.open('c1');
    expect(panel.thread.refusal.value).toEqual({ kind: 'storage' });
  });
});

test('a first question that is refused leaves a new chat, with the reason', async () => {
  const { panel, asked, reply } = await ask({ isNew: true });
  const conversationId = panel.thread.conversationId.value;
  expect(conversationId).toBe(asked.conversationId);
  reply({ type: 'refused', conversationId: asked.conversationId, failure: { kind: 'newer-version' } });
  await vi.waitFor(() => {
    expect(panel.thread.refusal.value).toEqual({ kind: 'newer-version' });
  });
  expect(panel.thread.conversationId.value).toBeNull();
  expect(panel.composer.text.value).toBe('And?');
});

test('a question into a conversation that the background never knows is given up after a few times', async () => {
  const { panel, asked, reply, sentOf } = await ask();
  for (let time = 0; time < 4; time += 1) {
    reply({ type: 'no-conversation', conversationId: asked.conversationId });
    await turn();
  }
  expect(sentOf('ask')).toHaveLength(4);
  expect(panel.thread.pending.value).toBeUndefined();
  expect(panel.composer.text.value).toBe('And?');
});

describe('a retry', () => {
  /** A panel whose lines can be lost. */
  async function open() {
    const got: FromPage[] = [];
    const sides: BackgroundSide[] = [];
    const { panel } = startPanel({
      messages: answered,
      world: {
        connect: () => {
          const [page, side] = createChannelPair<FromPage, ToPage>();
          sides.push(side);
          side.onMessage((message) => {
            got.push(message);
            if (message.type === 'hello') side.send({ type: 'settings', settings: readySettings });
            if (message.type !== 'watch') return;
            const health = { damaged: [], isReadOnly: false };
            side.send({ type: 'snapshot', conversation: makeConversation(answered), health });
          });
          return page;
        },
      },
    });
    await vi.waitFor(() => {
      expect(panel.models.chosen.value).toBeDefined();
      expect(panel.thread.messages.value).toHaveLength(2);
    });
    const retries = async () => {
      await turn();
      return got.filter((message) => message.type === 'retry');
    };
    return { panel, retries, side: () => sides.at(-1) };
  }

  test('that is clicked twice asks once', async () => {
    const { panel, retries } = await open();
    panel.thread.retry('q1');
    panel.thread.retry('q1');
    expect(await retries()).toHaveLength(1);
  });

  test('waits while a version is being written, and can be had again after it', async () => {
    const { panel, retries, side } = await open();
    panel.thread.retry('q1');
    const [retry] = await retries();
    if (!retry) throw new Error('nothing was retried');
    const { replyId: messageId, parentId, model } = retry;
    const send = (events: Extract<ToPage, { type: 'events' }>['events']): void =>
      side()?.send({ type: 'events', conversationId: 'c1', events });
    send([{ type: 'reply-started', messageId, parentId, model, time: 1 }]);
    await turn();
    panel.thread.retry('q1');
    expect(await retries()).toHaveLength(1);
    send([{ type: 'reply-finished', messageId, ending: 'empty', time: 2 }]);
    await turn();
    panel.thread.retry('q1');
    expect(await retries()).toHaveLength(2);
  });

  test('that was lost with its line can be made again', async () => {
    const { panel, retries, side } = await open();
    panel.thread.retry('q1');
    side()?.close();
    expect(await retries()).toEqual([]);
    panel.thread.retry('q1');
    expect(await retries()).toHaveLength(1);
  });
});
