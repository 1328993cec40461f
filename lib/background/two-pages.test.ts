import { describe, expect, test, vi } from 'vitest';
import { answerText } from '@/lib/chat/branches';
import type { Panel } from '@/lib/panel/panel';
import { createMemoryKeyValue } from '@/lib/store/key-value';
import { loadConversation } from '@/lib/store/conversation-log';
import { createRig } from '@/tests/support/background-and-pages';
import { question } from '@/tests/support/build-chat';

const until = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 4000, interval: 5 });

async function ask(panel: Panel, text: string): Promise<void> {
  await until(() => {
    expect(panel.models.chosen.value).toBeDefined();
  });
  panel.composer.setText(text);
  panel.composer.send();
  await until(() => {
    expect(
      panel.thread.conversation.value?.messages.some((message) => message.role === 'user' && message.text === text),
    ).toBe(true);
  });
}

describe('two pages on one conversation', () => {
  test('a question asked while the other window deletes brings the conversation back', async () => {
    const rig = createRig();
    const one = rig.openPanel(1);
    await ask(one, 'first');
    rig.provider.write({ type: 'finish', ending: 'complete' });
    await until(() => {
      expect(one.thread.streaming.value).toBeUndefined();
    });
    const other = rig.openPanel(2);
    await until(() => {
      expect(other.thread.conversation.value).toEqual(one.thread.conversation.value);
    });
    const id = one.thread.conversationId.value ?? '';
    one.history.remove(id);
    await ask(other, 'second');
    await until(async () => {
      const stored = await loadConversation(rig.store, id);
      expect(stored?.head.deletedAt).toBeUndefined();
      expect(stored?.conversation.messages.map((message) => message.role === 'user' && message.text)).toContain(
        'second',
      );
    });
    expect(rig.provider.requests).toHaveLength(2);
  });

  test('of two replies that were being written, a dying worker takes neither with it', async () => {
    const rig = createRig();
    const panel = rig.openPanel(1);
    await ask(panel, 'question');
    rig.provider.write({ type: 'text', text: 'the first version' });
    await until(() => {
      expect(panel.thread.streaming.value && answerText(panel.thread.streaming.value)).toBe('the first version');
    });
    // As from another window, which has not seen yet that an answer is under way.
    panel.thread.ask(question('second'));
    await until(() => {
      expect(rig.provider.requests).toHaveLength(2);
    });
    rig.provider.write({ type: 'text', text: 'the second version' });
    await until(() => {
      expect(panel.thread.streaming.value && answerText(panel.thread.streaming.value)).toBe('the second version');
    });
    rig.killWorker();
    await until(() => {
      const replies = panel.thread.conversation.value?.messages.filter((message) => message.role === 'assistant');
      expect(replies?.map((reply) => [reply.state, answerText(reply)])).toEqual([
        ['interrupted', 'the first version'],
        ['interrupted', 'the second version'],
      ]);
    });
  });

  test('a question that was shown and not written yet outlives its worker, and is not sent a second time', async () => {
    const memory = createMemoryKeyValue();
    let isStuck = false;
    const rig = createRig({
      store: { ...memory, set: (records) => (isStuck ? new Promise(() => undefined) : memory.set(records)) },
    });
    const panel = rig.openPanel(1);
    await until(() => {
      expect(panel.models.chosen.value).toBeDefined();
    });
    isStuck = true;
    await ask(panel, 'only on screen');
    expect(panel.composer.text.value).toBe('');
    isStuck = false;
    rig.killWorker();
    const id = panel.thread.conversationId.value ?? '';
    await until(async () => {
      const stored = await loadConversation(memory, id);
      expect(stored?.conversation.messages).toMatchObject([{ text: 'only on screen' }, { state: 'interrupted' }]);
    });
    expect(rig.provider.requests).toHaveLength(0);
  });

  test('what was shown a moment before its conversation was left outlives its worker, too', async () => {
    const memory = createMemoryKeyValue();
    let isStuck = false;
    const rig = createRig({
      store: { ...memory, set: (records) => (isStuck ? new Promise(() => undefined) : memory.set(records)) },
    });
    const panel = rig.openPanel(1);
    await ask(panel, 'question');
    rig.provider.write({ type: 'text', text: 'the first version' });
    rig.provider.write({ type: 'finish', ending: 'complete' });
    await until(() => {
      expect(panel.thread.streaming.value).toBeUndefined();
    });
    const id = panel.thread.conversationId.value ?? '';
    await until(async () => {
      expect((await loadConversation(memory, id))?.head.open.count).toBe(0);
    });
    isStuck = true;
    panel.thread.retry(panel.thread.messages.value[0]?.message.id ?? '');
    await until(() => {
      expect(panel.thread.streaming.value).toBeDefined();
    });
    const replyId = panel.thread.streaming.value?.id;
    panel.thread.open(null);
    isStuck = false;
    rig.killWorker();
    // The line breaks in a turn of its own; whatever is asked for next brings it back.
    await new Promise((resolve) => {
      setTimeout(resolve);
    });
    panel.history.open();
    await until(async () => {
      const stored = await loadConversation(memory, id);
      expect(stored?.conversation.messages.find((message) => message.id === replyId)).toMatchObject({
        state: 'interrupted',
      });
    });
  });
});
