import { expect, test, vi } from 'vitest';
import { readSent } from '@/lib/panel/sent';
import type { Panel } from '@/lib/panel/panel';
import { createRig } from '@/tests/support/background-and-pages';

const until = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 4000, interval: 5 });
const record = { v: 1, requests: [], dropped: 3 };

async function askOne(panel: Panel, write: () => void): Promise<readonly [string, string]> {
  await until(() => {
    expect(panel.models.chosen.value).toBeDefined();
  });
  panel.composer.setText('why?');
  panel.composer.send();
  await until(() => {
    expect(panel.thread.streaming.value).toBeDefined();
  });
  write();
  await until(() => {
    expect(panel.thread.streaming.value).toBeUndefined();
  });
  return [panel.thread.conversationId.value ?? '', panel.thread.messages.value.at(-1)?.message.id ?? ''];
}

test('what was sent for a reply is asked for over the line, and is there again after Undo', async () => {
  const rig = createRig();
  const panel = rig.openPanel();
  const [conversationId, replyId] = await askOne(panel, () => {
    rig.provider.write({ type: 'text', text: 'Because.' });
    rig.provider.write({ type: 'finish', ending: 'complete' });
  });
  expect(await readSent(panel, replyId)).toMatchObject({ record: null, failure: null });
  await rig.store.set({ [`sent/${conversationId}/${replyId}`]: record });
  expect(await readSent(panel, replyId)).toMatchObject({ record, failure: null });

  panel.history.open();
  await until(() => {
    expect(panel.history.summaries.value).toHaveLength(1);
  });
  panel.history.remove(conversationId);
  await until(() => {
    expect(panel.history.summaries.value).toHaveLength(0);
  });
  panel.history.undo();
  await until(() => {
    expect(panel.history.summaries.value).toHaveLength(1);
  });
  panel.thread.open(conversationId);
  await until(() => {
    expect(panel.thread.messages.value).toHaveLength(2);
  });
  expect(await readSent(panel, replyId)).toMatchObject({ record });
});

test('without a conversation there is nothing to ask for', async () => {
  const rig = createRig();
  expect(await readSent(rig.openPanel(), 'r1')).toEqual({ record: null, failure: null });
});
