import { answerText } from '@/lib/chat/branches';
import type { Conversation } from '@/lib/chat/types';
import type { ToPage } from '@/lib/protocol/messages';
import { loadConversation } from '@/lib/store/conversation-log';
import type { KeyValue } from '@/lib/store/key-value';
import { readRecords } from '@/lib/store/read-records';
import { withPatience } from '@/lib/store/patient-key-value';
import { endpoint } from '../support/build-chat';
import { createFaultyKeyValue } from '../support/faulty-key-value';
import { type Clock, stopTheClock } from './clock';
import { fillStore, type FullStore } from './full-store';
import { createLaboratory, type OpenPanel } from './laboratory';
import { createNumberedProvider, findWrongTokens } from './numbered-provider';
import type { StorageFault } from './storage-faults';

export interface FaultResult {
  /** Until the panel could be used: it has its settings, or says why not. */
  readonly opensMs: number;
  /** What is not as the fault says; [] when all is well. */
  readonly wrong: readonly string[];
  /** Records of other conversations that are not as they were. */
  readonly othersLost: readonly string[];
  readonly errors: readonly unknown[];
}

const tokens = 30;
/** A disk that is written to again is so after a few tries. */
const healedMs = 20_000;

/** Opens the panel over a damaged or failing store, uses it, and looks at what has become of everything. */
export async function runStorageFault(fault: StorageFault): Promise<FaultResult> {
  const clock = stopTheClock(5);
  try {
    return await runOn(fault, await fillStore(clock), clock);
  } finally {
    clock.stop();
  }
}

async function runOn(fault: StorageFault, full: FullStore, clock: Clock): Promise<FaultResult> {
  const wrong: string[] = [];
  const claim = (isSo: boolean, what: string): void => {
    if (!isSo) wrong.push(what);
  };
  const harmed = (await fault.damage?.(full.disk, full)) ?? [];
  const before = await everything(full.disk);
  const store = createFaultyKeyValue(full.disk);
  fault.inject?.(store, full);
  const provider = createNumberedProvider({ tokens, burst: () => ({ tokens: 3, ms: 40 }) });
  const laboratory = createLaboratory({ store: withPatience(store), provider, idPrefix: 'after' });
  const target = fault.on === 'finished' ? full.finished : full.unfinished;

  laboratory.wakeWorker();
  const { panel } = laboratory.openPanel(1);
  let tells = false;
  panel.notSaving.subscribe((failure) => {
    tells ||= failure !== null;
  });
  const opensMs = await clock.until(
    'the panel opens',
    () => panel.models.settings.value !== undefined || panel.notSaving.value !== null,
    10_000,
  );

  // What it shows of the conversation.
  panel.thread.open(target);
  await clock.until('the conversation is shown or refused', () => !panel.thread.isLoading.value, 10_000);
  await clock.pass(300);
  const known = full.conversations.get(target);
  const shown = panel.thread.conversation.value;
  const { damaged, isReadOnly } = panel.thread.health.value;
  const hasAll = texts(shown) === texts(known);
  switch (fault.opens) {
    case 'whole':
      claim(hasAll && !isReadOnly, 'the conversation is not shown whole');
      break;
    case 'in part':
      claim(shown !== undefined && harmed.every((key) => damaged.includes(key)), 'the damage is not told');
      break;
    case 'read-only':
      claim(isReadOnly, 'it is not read-only');
      break;
    case 'refused':
      claim(panel.thread.refusal.value?.kind === 'storage', 'why it can’t be shown is not told');
      break;
  }

  // Its own records, as they lie there, whatever can be read of it.
  let exported: Records | undefined;
  readRecords(withPatience(store), target).then(
    (records) => {
      exported = records;
    },
    () => undefined,
  );
  await clock.pass(3000);
  if (!fault.inject) {
    const own = (await full.disk.keys()).filter((key) => key === `chat/${target}` || key.startsWith(`chat/${target}/`));
    claim(
      own.every((key) => key in (exported ?? {})),
      'the export lacks records',
    );
  }

  // Asking in it, and in a new chat.
  if (fault.model === 'to be set up') {
    claim(panel.models.chosen.value === undefined, 'a model is there without settings');
    laboratory.openLine().send({ type: 'save-endpoint', endpoint: endpoint() });
    await clock.until('a model is set up', () => panel.models.chosen.value !== undefined, 30_000);
  }
  const canAsk = fault.opens === 'whole' || fault.opens === 'in part';
  if (panel.thread.conversationId.value === target) {
    await askHere(clock, panel, 'in the old chat', canAsk, claim);
  }
  panel.thread.open(null);
  await askHere(clock, panel, 'in a new chat', true, claim);
  const hasTold: boolean = tells;
  claim(hasTold === fault.tells, hasTold ? 'it says that nothing is saved' : 'it does not say that nothing is saved');
  const fresh = panel.thread.conversation.value;

  // The disk works again.
  await store.heal();
  if (fault.losesAnswers !== true) {
    const isWritten = async (): Promise<boolean> =>
      texts((await loadConversation(full.disk, fresh?.id ?? ''))?.conversation) === texts(fresh);
    await clock.until('what was in memory is written', isWritten, healedMs);
    if (fault.tellsUntil !== 'restart') {
      await clock.until('it says that all is saved', () => panel.notSaving.value === null, healedMs);
    }
  }
  await clock.pass(5000);

  // The worker starts anew. What a newer version wrote is still there; a record that went bad is kept.
  laboratory.killWorker();
  laboratory.wakeWorker();
  await clock.pass(1000);
  const after = await everything(full.disk);
  const kept = new Set(Object.values(after).map((value) => JSON.stringify(value)));
  for (const key of fault.record === 'replaced' ? [] : harmed) {
    if (key in before) claim(kept.has(JSON.stringify(before[key])), `the bad record ${key} is gone`);
  }
  const othersLost: string[] = [];
  for (const id of full.others) {
    const own = (records: Records): string =>
      JSON.stringify(Object.entries(records).filter(([key]) => key === `chat/${id}` || key.startsWith(`chat/${id}/`)));
    if (own(before) !== own(after)) othersLost.push(`records of ${id}`);
    panel.thread.open(id);
    await clock.pass(100);
    if (texts(panel.thread.conversation.value) !== texts(full.conversations.get(id)))
      othersLost.push(`content of ${id}`);
  }

  // The list can be made again from the conversations.
  const line = laboratory.openLine();
  const lists: (ToPage & { type: 'history' })[] = [];
  line.onMessage((message) => {
    if (message.type === 'history') lists.push(message);
  });
  line.send({ type: 'watch-history', count: 100 });
  line.send({ type: 'rebuild-history' });
  await clock.pass(500);
  const listed = lists.at(-1)?.summaries.map(({ id }) => id) ?? [];
  const expected = [
    full.finished,
    full.unfinished,
    ...full.others,
    ...(fresh && !fault.losesAnswers ? [fresh.id] : []),
  ];
  claim(
    expected.every((id) => listed.includes(id)),
    `the list lacks ${expected.filter((id) => !listed.includes(id)).join()}`,
  );
  claim(!listed.includes(full.deleted), 'the list shows what was deleted');
  return { opensMs, wrong, othersLost, errors: laboratory.errors };
}

type Records = Readonly<Record<string, unknown>>;

async function askHere(
  clock: Clock,
  panel: OpenPanel['panel'],
  text: string,
  canAsk: boolean,
  claim: (isSo: boolean, what: string) => void,
): Promise<void> {
  panel.composer.setText(text);
  panel.composer.send();
  const last = () => panel.thread.messages.value.at(-1)?.message;
  const isOver = (): boolean => {
    if (!canAsk) return panel.thread.refusal.value !== undefined;
    const reply = last();
    return (
      panel.thread.pending.value === undefined &&
      reply?.role === 'assistant' &&
      reply.state !== 'streaming' &&
      panel.thread.messages.value.at(-2)?.message.role === 'user'
    );
  };
  await clock.until(`asking ${text} comes to its end`, isOver, 15_000).catch((error: unknown) => {
    claim(false, `${String(error)} (${panel.thread.refusal.value?.kind})`);
  });
  await clock.pass(500);
  if (!canAsk) {
    claim(panel.composer.text.value === text, 'a question that was refused has left the composer');
    return;
  }
  const reply = last();
  const isWhole =
    reply?.role === 'assistant' &&
    reply.state === 'complete' &&
    findWrongTokens(answerText(reply), 1, tokens).length === 0;
  claim(isWhole, `the answer ${text} is not whole`);
}

/** Everything of a conversation that a reader sees. */
function texts(conversation: Conversation | undefined): string {
  return JSON.stringify(
    conversation?.messages.map((message) => [message.id, message.role === 'user' ? message.text : answerText(message)]),
  );
}

function everything(disk: KeyValue): Promise<Records> {
  return disk.keys().then((keys) => disk.get([...keys].sort()));
}
