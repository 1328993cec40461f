import { expect, test, vi } from 'vitest';
import { createChannelPair } from '@/lib/protocol/channel';
import type { FromPage, ToPage } from '@/lib/protocol/messages';
import { createRig } from '@/tests/support/background-and-pages';
import { loadAskingWith } from '@/tests/support/load-asking';

const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 4000, interval: 5 });

test('is read when something is asked, and not before', async () => {
  const load = vi.fn(loadAskingWith());
  const rig = createRig({ loadAsking: load });
  const panel = rig.openPanel();
  panel.history.open();
  await until(() => expect(panel.models.chosen.value).toBeDefined());
  await rig.background().recover();
  await rig.background().turnsEnded();
  expect(load).not.toHaveBeenCalled();
  panel.composer.setText('now');
  panel.composer.send();
  await until(() => expect(rig.provider.requests).toHaveLength(1));
});

test('a question that can not be sent because it is not there goes back to its place, and is sent by the next try', async () => {
  const load = vi.fn(loadAskingWith());
  load.mockRejectedValueOnce(new Error('no script'));
  const rig = createRig({ loadAsking: load });
  const panel = rig.openPanel();
  await until(() => expect(panel.models.chosen.value).toBeDefined());
  panel.composer.setText('kept');
  panel.composer.send();
  await until(() => expect(panel.thread.refusal.value).toMatchObject({ kind: 'bug' }));
  expect(panel.composer.text.value).toBe('kept');
  panel.composer.send();
  await until(() => expect(rig.provider.requests).toHaveLength(1));
  expect(rig.provider.requests[0]?.messages.at(-1)).toMatchObject({ role: 'user', content: 'kept' });
});

test('whoever else waits for it is told', async () => {
  const rig = createRig({ loadAsking: () => Promise.reject(new Error('no script')) });
  const [page, side] = createChannelPair<FromPage, ToPage>();
  const seen: ToPage[] = [];
  page.onMessage((message) => void seen.push(message));
  rig.background().accept(side);
  page.send({ type: 'diagnose', id: 'd', endpointId: 'e1' });
  page.send({ type: 'find-servers' });
  page.send({ type: 'read-sent', conversationId: 'c', messageId: 'm' });
  const failure = expect.objectContaining({ kind: 'bug' }) as unknown;
  await until(() =>
    expect(seen).toEqual(
      expect.arrayContaining([
        { type: 'diagnosis', id: 'd', diagnosis: { kind: 'other', host: '', failure } },
        { type: 'found-servers', servers: [] },
        { type: 'sent', messageId: 'm', record: null, failure },
      ]),
    ),
  );
});
