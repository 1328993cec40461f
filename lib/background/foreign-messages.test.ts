import { expect, test, vi } from 'vitest';
import { createChannelPair } from '@/lib/protocol/channel';
import type { FromPage, ToPage } from '@/lib/protocol/messages';
import { createRig } from '@/tests/support/background-and-pages';
import { someModel } from '@/tests/support/build-chat';
import { fuzzMessage } from '@/tests/support/fuzz-messages';
import { randomFrom } from '@/tests/faults/random';

test('what is no message of ours changes nothing, and the background answers afterwards', async () => {
  const rig = createRig();
  const panel = rig.openPanel();
  await vi.waitFor(() => {
    expect(panel.models.chosen.value).toBeDefined();
  });
  panel.composer.setText('hello');
  panel.composer.send();
  await vi.waitFor(() => {
    expect(rig.provider.requests).toHaveLength(1);
  });
  rig.provider.write({ type: 'text', text: 'Hi' });
  rig.provider.write({ type: 'finish', ending: 'complete' });
  const conversationId = panel.thread.conversationId.value ?? '';
  const stored = async (): Promise<string> => JSON.stringify(await rig.store.get(await rig.store.keys()));
  let before = '';
  await vi.waitFor(async () => {
    expect(panel.thread.messages.value.at(-1)?.message).toMatchObject({ state: 'complete' });
    before = await stored();
    expect(before).toContain('Hi');
    expect(before).not.toContain('"streaming"');
  });
  await rig.background().flush();
  before = await stored();

  const [page, side] = createChannelPair<FromPage, ToPage>();
  rig.background().accept(side);
  const answers: ToPage[] = [];
  page.onMessage((message) => answers.push(message));
  const random = randomFrom(7);
  const targets = { conversationId, endpointId: someModel.endpointId };
  for (let count = 0; count < 3000; count += 1) page.send(fuzzMessage(random, targets) as FromPage);
  page.send({ type: 'hello', surface: 'options', windowId: -1 });
  await vi.waitFor(() => {
    expect(answers.at(-1)?.type).toBe('settings');
  });
  expect(await stored()).toBe(before);
  expect(rig.provider.requests).toHaveLength(1);
  expect(answers.some(({ type }) => type === 'refused')).toBe(true);
});
