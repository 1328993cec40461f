import { answerText } from '@/lib/chat/branches';
import type { Conversation, Reply } from '@/lib/chat/types';
import { createMemoryKeyValue, type KeyValue } from '@/lib/store/key-value';
import { loadConversation } from '@/lib/store/conversation-log';
import { createQueue } from '@/lib/store/queue';
import { settingsKey } from '@/lib/store/settings';
import { endpoint, someModel } from '../support/build-chat';
import { type Clock, stopTheClock } from './clock';
import { createLaboratory, type Laboratory, type OpenPanel } from './laboratory';
import { type Judgement, judgeOperations } from './judge-operations';
import { createNumberedProvider, type NumberedProvider } from './numbered-provider';
import { type Random, randomFrom } from './random';

export interface OperationsResult extends Judgement {
  readonly errors: readonly unknown[];
  /** So many of each kind took place. */
  readonly done: Readonly<Record<string, number>>;
}

const tokens = 12;
/** A worker that died is back, and has been handed what pages hold, after at most so long. */
const handOverMs = 4000;

interface Scene {
  readonly clock: Clock;
  readonly random: Random;
  readonly laboratory: Laboratory;
  readonly provider: NumberedProvider;
  readonly windows: (OpenPanel | undefined)[];
  /** What every panel has ever shown, by message id. */
  readonly shown: Map<string, string>;
  /** When a panel last showed a message. */
  readonly seenAt: Map<string, number>;
  readonly mainId: string;
  questions: number;
}

type Operation = (scene: Scene, open: OpenPanel) => boolean | Promise<boolean>;

const operations: Readonly<Record<string, { readonly weight: number; readonly run: Operation }>> = {
  ask: { weight: 20, run: (scene, { panel }) => typeAndSend(scene, panel) },
  'ask twice at once': {
    weight: 4,
    run: (scene, { panel }) => {
      const isSent = typeAndSend(scene, panel);
      panel.composer.send();
      return isSent;
    },
  },
  'ask from both': {
    weight: 6,
    run: (scene) => scene.windows.filter((other) => other && typeAndSend(scene, other.panel)).length === 2,
  },
  edit: {
    weight: 10,
    run: (scene, { panel }) => {
      const questions = panel.thread.messages.value.filter(({ message }) => message.role === 'user');
      const chosen = scene.random.pick(questions);
      if (!chosen || panel.thread.streaming.value || panel.thread.pending.value) return false;
      panel.composer.edit(chosen.message.id);
      return typeAndSend(scene, panel);
    },
  },
  retry: {
    weight: 12,
    run: (scene, { panel }) => {
      const reply = scene.random.pick(shownReplies(panel).filter(({ state }) => state !== 'streaming'));
      if (reply) panel.thread.retry(reply.parentId);
      return reply !== undefined;
    },
  },
  continue: {
    weight: 12,
    run: (_scene, { panel }) => {
      const reply = shownReplies(panel).at(-1);
      if (!reply || reply.state === 'streaming') return false;
      panel.thread.goOn(reply.id);
      return true;
    },
  },
  stop: {
    weight: 14,
    run: (_scene, { panel }) => {
      const isStreaming = panel.thread.streaming.value !== undefined;
      panel.thread.stop();
      return isStreaming;
    },
  },
  'stop and send at once': {
    weight: 4,
    run: (scene, { panel }) => {
      const isStreaming = panel.thread.streaming.value !== undefined;
      panel.thread.stop();
      typeAndSend(scene, panel);
      return isStreaming;
    },
  },
  'step version': {
    weight: 14,
    run: (scene, { panel }) => {
      const chosen = scene.random.pick(panel.thread.messages.value.filter(({ versions }) => versions > 1));
      if (chosen) panel.thread.stepVersion(chosen.message.id, scene.random.number(2) === 0 ? 1 : -1);
      return chosen !== undefined;
    },
  },
  rename: {
    weight: 5,
    run: (scene, { panel }) => {
      const id = panel.thread.conversationId.value;
      if (id !== null) panel.history.rename(id, `title ${scene.random.number(1000)}`);
      return id !== null;
    },
  },
  'delete and undo': {
    weight: 4,
    run: async (scene, { panel }) => {
      const id = panel.thread.conversationId.value;
      if (id === null) return false;
      await isInStep(scene);
      panel.history.open();
      await scene.clock.pass(40);
      if (!panel.history.summaries.value?.some((summary) => summary.id === id)) return false;
      panel.history.remove(id);
      await scene.clock.pass(scene.random.number(120));
      panel.history.undo();
      panel.thread.open(id);
      return true;
    },
  },
  'delete while the other asks': {
    weight: 3,
    run: async (scene, { panel }) => {
      const other = scene.windows.find((open) => open && open.panel !== panel)?.panel;
      const id = panel.thread.conversationId.value;
      if (!other || id === null || other.thread.conversationId.value !== id) return false;
      await isInStep(scene);
      panel.history.open();
      await scene.clock.pass(40);
      const isFirst = scene.random.number(2) === 0;
      const isSent = isFirst && typeAndSend(scene, other);
      await scene.clock.pass(scene.random.number(40));
      panel.history.remove(id);
      await scene.clock.pass(scene.random.number(40));
      const isSentLate = !isFirst && other.thread.conversationId.value === id && typeAndSend(scene, other);
      await scene.clock.pass(scene.random.number(60));
      panel.history.undo();
      panel.thread.open(id);
      return isSent || isSentLate;
    },
  },
  'new chat': {
    weight: 2,
    run: async (scene, { panel }) => {
      await isInStep(scene);
      panel.newChat();
      return typeAndSend(scene, panel);
    },
  },
  'back to the first chat': {
    weight: 10,
    run: async (scene, { panel }) => {
      if (panel.thread.conversationId.value === scene.mainId) return false;
      await isInStep(scene);
      panel.thread.open(scene.mainId);
      return true;
    },
  },
  'close and reopen': {
    weight: 6,
    run: async (scene, open) => {
      await isInStep(scene);
      open.close();
      scene.windows[open.windowId] = undefined;
      await scene.clock.pass(scene.random.number(100));
      await openWindow(scene, open.windowId);
      return true;
    },
  },
  'kill the worker': {
    weight: 5,
    run: async (scene) => {
      if (hasJustLeftTheScreen(scene)) await scene.clock.pass(300);
      scene.laboratory.killWorker();
      // Now and then it is woken by something else; else by the page that needs it.
      if (scene.random.number(2) === 0) {
        await scene.clock.pass(scene.random.number(30));
        scene.laboratory.wakeWorker();
      }
      return true;
    },
  },
};

const names = Object.entries(operations).flatMap(([name, { weight }]) => Array.from({ length: weight }, () => name));

/** Two panels on one conversation, and `count` random operations. The seed decides everything that happens. */
export async function runOperations(seed: number, count: number): Promise<OperationsResult> {
  const clock = stopTheClock(2);
  try {
    return await runScene(seed, count, clock);
  } finally {
    clock.stop();
  }
}

async function runScene(seed: number, count: number, clock: Clock): Promise<OperationsResult> {
  const random = randomFrom(seed);
  const disk = createMemoryKeyValue({
    [settingsKey]: { v: 1, endpoints: [endpoint()], model: someModel, language: 'auto' },
  });
  const store = inItsOwnTime(disk, () => (random.number(10) === 0 ? 20 + random.number(60) : random.number(8)));
  const provider = createNumberedProvider({
    tokens,
    burst: () => ({ tokens: 1 + random.number(4), ms: 1 + random.number(60) }),
  });
  const laboratory = createLaboratory({ store, provider, idPrefix: 'id' });
  const done: Record<string, number> = {};
  const first = laboratory.openPanel(0);
  await clock.until('the settings arrive', () => first.panel.models.chosen.value !== undefined, 2000);
  first.panel.composer.setText('question 1');
  first.panel.composer.send();
  await clock.until('the first question is taken', () => first.panel.thread.pending.value === undefined, 2000);
  const scene: Scene = {
    clock,
    random,
    laboratory,
    provider,
    windows: [first],
    shown: new Map(),
    seenAt: new Map(),
    mainId: first.panel.thread.conversationId.value ?? '',
    questions: 1,
  };
  await openWindow(scene, 1);

  for (let made = 0; made < count;) {
    const name = random.pick(names) ?? '';
    const open = random.pick(scene.windows);
    if (!open) throw new Error('a window is closed between operations');
    const isDone = await operations[name]?.run(scene, open);
    for (let left = random.number(80); left >= 0; left -= 20) {
      await clock.pass(Math.min(20, left));
      look(scene);
    }
    if (!isDone) continue;
    made += 1;
    done[name] = (done[name] ?? 0) + 1;
  }

  await clock.pass(handOverMs);
  // An Undo that a dying worker did not hear.
  laboratory.openLine().send({ type: 'restore', conversationId: scene.mainId });
  await clock.pass(300);
  for (const open of scene.windows) open?.panel.thread.open(scene.mainId);
  // Everything that is still being written comes to its end, and to disk.
  await clock.pass(tokens * 60 + 3000);
  look(scene);
  const ids = new Set(laboratory.said.flatMap((said) => (said.type === 'ask' ? [said.conversationId] : [])));
  const stored: Conversation[] = [];
  for (const id of ids) {
    const loaded = await loadConversation(disk, id);
    if (loaded) stored.push(loaded.conversation);
  }
  return { ...judgeOperations({ ...scene, tokens, stored }), errors: laboratory.errors, done };
}

function typeAndSend(scene: Scene, panel: OpenPanel['panel']): boolean {
  if (panel.thread.streaming.value || panel.thread.pending.value || panel.thread.isLoading.value) return false;
  const text = `question ${scene.questions + 1}`;
  panel.composer.setText(text);
  panel.composer.send();
  const taken: { readonly text: string } | undefined = panel.thread.pending.peek();
  if (taken?.text !== text) return false;
  scene.questions += 1;
  return true;
}

function shownReplies({ thread }: OpenPanel['panel']): readonly Reply[] {
  return thread.messages.value.flatMap(({ message }) => (message.role === 'assistant' ? [message] : []));
}

async function openWindow(scene: Scene, windowId: number): Promise<void> {
  const open = scene.laboratory.openPanel(windowId);
  scene.windows[windowId] = open;
  await scene.clock.until('a panel opens', () => open.panel.models.chosen.value !== undefined, 2000);
  await scene.clock.pass(10);
  open.panel.thread.open(scene.mainId);
}

/**
 * What a page shows and the log lacks lives in that page alone from the death of a worker until it has told the next
 * one. A page that is closed or sent elsewhere in that moment is the one loss there can be (at most 250 ms of stream),
 * so that is not done here.
 */
async function isInStep({ windows, clock }: Scene): Promise<void> {
  await clock.until(
    'the panels are back on a line',
    () =>
      windows.every(
        (open) =>
          !open ||
          ((open.isOnLine() || !open.panel.thread.isWriting()) &&
            !open.panel.thread.pending.value &&
            !open.panel.thread.isLoading.value),
      ),
    handOverMs,
  );
  await clock.pass(300);
}

/** Shown by no page any more, and perhaps not on disk yet: again the one loss there can be. */
function hasJustLeftTheScreen(scene: Scene): boolean {
  look(scene);
  return [...scene.seenAt.values()].some((at) => at < Date.now() && Date.now() - at < 300);
}

function look({ windows, shown, seenAt }: Scene): void {
  for (const open of windows) {
    for (const message of open?.panel.thread.conversation.value?.messages ?? []) {
      const text = message.role === 'user' ? message.text : answerText(message);
      seenAt.set(message.id, Date.now());
      if (text.length >= (shown.get(message.id)?.length ?? 0)) shown.set(message.id, text);
    }
  }
}

/** A disk that needs a moment for everything it does, one thing after the other. */
function inItsOwnTime(store: KeyValue, nextMs: () => number): KeyValue {
  const inOrder = createQueue();
  const later = <T>(act: () => Promise<T>): Promise<T> =>
    inOrder(async () => {
      await new Promise((resolve) => {
        setTimeout(resolve, nextMs());
      });
      return act();
    });
  return {
    get: (keys) => later(() => store.get(keys)),
    set: (records) => later(() => store.set(records)),
    remove: (keys) => later(() => store.remove(keys)),
    keys: () => later(() => store.keys()),
  };
}
