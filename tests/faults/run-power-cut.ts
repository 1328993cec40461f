import { answerText, streamingReplies } from '@/lib/chat/branches';
import type { Conversation } from '@/lib/chat/types';
import { loadConversation } from '@/lib/store/conversation-log';
import { withPatience } from '@/lib/store/patient-key-value';
import { createFaultyKeyValue } from '../support/faulty-key-value';
import { stopTheClock } from './clock';
import { fillStore } from './full-store';
import { createLaboratory } from './laboratory';
import { createNumberedProvider } from './numbered-provider';

export interface PowerCutResult {
  readonly wrong: readonly string[];
  readonly errors: readonly unknown[];
  /** How many writes there were to be cut among. */
  readonly writes: number;
}

/**
 * The power goes after so many writes of: finding and ending an orphan, a turn with its checkpoints and its seal, a
 * rename, a deletion with Undo, and the list made anew. Then everything starts again.
 */
export async function runPowerCut(afterWrites: number): Promise<PowerCutResult> {
  const clock = stopTheClock(5);
  try {
    const full = await fillStore(clock);
    const store = createFaultyKeyValue(full.disk);
    const provider = createNumberedProvider({ tokens: 30, burst: () => ({ tokens: 2, ms: 60 }) });
    const laboratory = createLaboratory({ store: withPatience(store), provider, idPrefix: 'cut' });
    store.dieAfterWrites(afterWrites);
    laboratory.wakeWorker();
    const { panel, close } = laboratory.openPanel(1);
    await clock.pass(100);
    panel.thread.open(full.finished);
    await clock.pass(100);
    panel.composer.setText('cut');
    panel.composer.send();
    await clock.pass(1500);
    panel.history.open();
    panel.history.rename(full.finished, 'a new name');
    await clock.pass(100);
    panel.history.remove(full.finished);
    await clock.pass(100);
    panel.history.undo();
    const line = laboratory.openLine();
    line.send({ type: 'rebuild-history' });
    await clock.pass(100);
    const writes = store.writes();

    laboratory.killWorker();
    close();
    await store.heal();
    laboratory.wakeWorker();
    await clock.pass(1000);
    const wrong: string[] = [];
    const again = laboratory.openPanel(1);
    for (const [id, before] of full.conversations) {
      const loaded = await loadConversation(full.disk, id);
      const after = loaded?.conversation;
      if (!after || !startsWith(after, before)) wrong.push(`${id} has lost something`);
      if (after && streamingReplies(after).length > 0) wrong.push(`${id} is streaming for ever`);
      if (loaded && loaded.damaged.length > 0) wrong.push(`${id} is damaged: ${loaded.damaged.join()}`);
      if (loaded?.head.deletedAt !== undefined) continue;
      again.panel.thread.open(id);
      await clock.pass(100);
      if (again.panel.thread.conversation.value?.id !== id) wrong.push(`${id} can’t be opened`);
    }
    return { wrong, errors: laboratory.errors, writes };
  } finally {
    clock.stop();
  }
}

/** Whether everything of the one is still in the other. */
function startsWith(after: Conversation, before: Conversation): boolean {
  const texts = new Map(after.messages.map((message) => [message.id, textOf(message)]));
  return before.messages.every((message) => texts.get(message.id)?.startsWith(textOf(message)));
}

function textOf(message: Conversation['messages'][number]): string {
  return message.role === 'user' ? message.text : answerText(message);
}
