import type { Conversation } from '@/lib/chat/types';
import { type Head, loadConversation } from '@/lib/store/conversation-log';
import { createMemoryKeyValue, type KeyValue } from '@/lib/store/key-value';
import { settingsKey } from '@/lib/store/settings';
import { endpoint, someModel } from '../support/build-chat';
import type { Clock } from './clock';
import { createLaboratory, type OpenPanel } from './laboratory';
import { createNumberedProvider } from './numbered-provider';

/** A disk after some days of use: written by the real thing, not by hand. */
export interface FullStore {
  readonly disk: KeyValue;
  /** A conversation of three turns, with a draft; another one was looked at last. */
  readonly finished: string;
  /** One whose worker died in mid-answer: its checkpoints are still open. */
  readonly unfinished: string;
  /** Two finished ones that nobody touches. */
  readonly others: readonly string[];
  /** In the trash. */
  readonly deleted: string;
  readonly conversations: ReadonlyMap<string, Conversation>;
  readonly heads: ReadonlyMap<string, Head>;
}

export async function fillStore(clock: Clock): Promise<FullStore> {
  const disk = createMemoryKeyValue({
    [settingsKey]: { v: 1, endpoints: [endpoint()], model: someModel, language: 'auto' },
  });
  const provider = createNumberedProvider({ tokens: 30, burst: () => ({ tokens: 2, ms: 50 }) });
  const laboratory = createLaboratory({ store: disk, provider, idPrefix: 'before' });
  const open = laboratory.openPanel(1);
  const { panel } = open;
  await clock.until('the settings arrive', () => panel.models.chosen.value !== undefined, 2000);

  const finished = await askNew(clock, open, ['one', 'two', 'three']);
  panel.composer.setText('half a question');
  await clock.pass(300);
  const others = [await askNew(clock, open, ['four']), await askNew(clock, open, ['five', 'six'])];
  const deleted = await askNew(clock, open, ['seven']);
  panel.history.open();
  await clock.pass(50);
  panel.history.remove(deleted);
  await laboratory.background().askAboutPage({
    windowId: 9,
    attachments: [{ id: 'a1', kind: 'selection', title: 'Page', url: 'https://example.com/', text: 'Words' }],
  });
  panel.thread.open(null);
  panel.composer.setText('eight');
  panel.composer.send();
  await clock.pass(650);
  const unfinished = panel.thread.conversationId.value ?? '';
  laboratory.killWorker();
  open.close();

  const conversations = new Map<string, Conversation>();
  const heads = new Map<string, Head>();
  for (const id of [finished, unfinished, ...others]) {
    const loaded = await loadConversation(disk, id);
    if (!loaded) throw new Error(`${id} is not on the disk`);
    conversations.set(id, loaded.conversation);
    heads.set(id, loaded.head);
  }
  return { disk, finished, unfinished, others, deleted, conversations, heads };
}

/** Asks in a new chat, one question after the other; gives its id when all is answered and on disk. */
async function askNew(clock: Clock, { panel }: OpenPanel, questions: readonly string[]): Promise<string> {
  panel.thread.open(null);
  for (const text of questions) {
    panel.composer.setText(text);
    panel.composer.send();
    const isAnswered = (): boolean =>
      panel.thread.pending.value === undefined &&
      panel.thread.messages.value.at(-2)?.message.role === 'user' &&
      panel.thread.streaming.value === undefined;
    await clock.until(`"${text}" is answered`, isAnswered, 5000);
    await clock.pass(50);
  }
  return panel.thread.conversationId.value ?? '';
}
