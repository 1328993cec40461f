import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { type Failure, toFailure } from '@/lib/errors/failure';
import type { Exporter } from '@/lib/exporters/exporter';
import type { PageSide } from '@/lib/protocol/messages';
import type { PageMemory } from '@/lib/store/page-memory';
import { type Composer, createComposer } from './composer';
import { createHistory, type History } from './history';
import { createLine, type Line } from './line';
import { createModels, type Models } from './models';
import { createThread, type Thread } from './thread';

/** The world of the side panel and of the quick prompt. */
export interface PanelWorld {
  readonly surface: 'panel' | 'quick';
  readonly windowId: number;
  readonly connect: () => PageSide;
  /** Calls back whenever the background wakes. */
  readonly onBackgroundAwake: (listener: () => void) => void;
  readonly memory: PageMemory;
  readonly newId: () => string;
  readonly now: () => number;
  /** Asks the user for access to an origin; must be called in the click itself, before any await. */
  readonly requestAccess: (origin: string) => Promise<boolean>;
  /** Whether the browser has a model of its own, or can get it to this device. */
  readonly offersBuiltIn: () => Promise<boolean>;
  /** `place`: the hash of the options page, such as `choose/vendor`. */
  readonly openOptions: (place?: string) => void;
  /** Opens the side panel of this window from the quick prompt; must be called in the key press itself. */
  readonly openPanel: () => void;
  /** Loads the page again, without anything that it has kept for itself. */
  readonly beginAnew: () => void;
  readonly copy: (text: string) => Promise<void>;
  /** Everything stored of a conversation, as it lies on the disk. */
  readonly readRecords: (conversationId: string) => Promise<Readonly<Record<string, unknown>>>;
  /** Saves a text as a file; must be called in the user's act. */
  readonly download: (name: string, text: string, mediaType: string) => void;
}

/** The models behind the side panel and the quick prompt: what is shown, and what can be done. */
export interface Panel {
  readonly surface: 'panel' | 'quick';
  readonly thread: Thread;
  readonly composer: Composer;
  readonly history: History;
  readonly models: Models;
  /** For models of views that are loaded later. */
  readonly line: Line;
  /** Call in the click itself. */
  readonly requestAccess: PanelWorld['requestAccess'];
  readonly newId: () => string;
  readonly offersBuiltIn: PanelWorld['offersBuiltIn'];
  /** Why nothing is being saved; null when all is well. */
  readonly notSaving: ReadonlySignal<Failure | null>;
  /** Access was asked for and not given. */
  readonly accessRefused: ReadonlySignal<boolean>;
  /** Something arrived that is to be asked about: the field wants the focus. Counts up. */
  readonly attention: ReadonlySignal<number>;
  newChat(): void;
  /** Call in the click itself. Does `again` once access is there. */
  grantAccess(origin: string, again: () => void): void;
  openOptions(place?: string): void;
  copy(text: string): Promise<void>;
  /** Saves a text as a file. Call in the user's act. */
  download(name: string, text: string): void;
  /** The shown conversation in one of the formats, from what the page has: no disk is needed. */
  writeConversation(exporter: Exporter, names: Parameters<Exporter['write']>[1]): string;
  exportConversation(exporter: Exporter, names: Parameters<Exporter['write']>[1]): void;
  /** Saves what lies on the disk of the shown conversation, as it is there. Gives why it could not. */
  exportRecords(): Promise<Failure | undefined>;
  /** Quick prompt: the same conversation, in the side panel. Call in the key press itself. */
  continueInPanel(): void;
  /** For a page that is about to go. */
  keep(): void;
}

export function createPanel(world: PanelWorld): Panel {
  const { surface, windowId, memory, now, newId } = world;
  const notSaving = signal<Failure | null>(null);
  const accessRefused = signal(false);
  const attention = signal(0);
  let isAskingAccess = false;
  /** Everything is being deleted: nothing of this page may be kept. */
  let isForgotten = false;
  /** What a lost line may bring a second time. */
  const taken = new Set<string>();

  const line = createLine({
    connect: world.connect,
    now,
    isNeeded: () =>
      !isForgotten && (thread.isWriting() || thread.pending.peek() !== undefined || thread.isLoading.peek()),
  });
  line.onOpen(() => {
    line.send({ type: 'hello', surface, windowId });
  });

  const models = createModels(line, { fromMemory: true });
  const thread = createThread({
    line,
    newId,
    model: () => models.chosen.peek(),
    onShown: (conversationId) => {
      if (surface === 'panel') void memory.saveView(windowId, conversationId, now()).catch(ignoreUnsaved);
    },
    onAsked: () => {
      composer.onAsked();
    },
    onRefused: () => {
      composer.onRefused();
    },
  });
  const place = (conversationId: string | null): string => conversationId ?? (surface === 'quick' ? 'quick' : 'new');
  const composer = createComposer({
    thread,
    newId,
    now,
    hasModel: computed(() => models.chosen.value !== undefined),
    loadDraft: (conversationId) => memory.loadDraft(place(conversationId)),
    saveDraft: (conversationId, draft) => {
      if (!isForgotten) void memory.saveDraft(place(conversationId), draft).catch(ignoreUnsaved);
    },
    saveDraftAtOnce: (conversationId, draft) => {
      if (!isForgotten) memory.saveDraftAtOnce(place(conversationId), draft);
    },
  });
  const history = createHistory(line, (conversationId) => {
    if (thread.conversationId.value === conversationId) thread.open(null);
  });

  line.onMessage((message) => {
    if (message.type === 'saving') notSaving.value = message.failure;
    isForgotten ||= message.type === 'forgetting';
    if (message.type === 'forgotten') world.beginAnew();
    if (message.type !== 'inbox') return;
    for (const item of message.items.filter(({ id }) => !taken.has(id))) {
      taken.add(item.id);
      if (item.type === 'show') {
        thread.open(item.conversationId);
      } else {
        // The question starts a chat of its own; what was half typed elsewhere stays there as its draft.
        thread.open(null);
        composer.add(item.text, item.attachments);
      }
      history.close();
      attention.value += 1;
      line.send({ type: 'take', inboxId: item.id });
    }
  });
  world.onBackgroundAwake(() => {
    if (!isForgotten) line.wake();
  });

  async function start(): Promise<void> {
    if (surface === 'panel') {
      const shown = await memory.loadView(windowId, now()).catch(() => null);
      // What came from the inbox meanwhile is newer than what was shown last.
      if (thread.conversationId.value === null && attention.value === 0) thread.open(shown);
    }
  }
  const writeConversation: Panel['writeConversation'] = (exporter, names) => {
    const conversation = thread.conversation.peek();
    return conversation ? exporter.write(conversation, names) : '';
  };
  line.wake();
  void start();

  return {
    surface,
    thread,
    composer,
    history,
    models,
    line,
    requestAccess: world.requestAccess,
    newId,
    offersBuiltIn: world.offersBuiltIn,
    notSaving,
    accessRefused,
    attention,
    newChat: () => {
      thread.open(null);
      history.close();
      attention.value += 1;
    },
    grantAccess: (origin, again) => {
      if (isAskingAccess) return;
      isAskingAccess = true;
      void world
        .requestAccess(origin)
        // A browser that won't ask has not given it.
        .catch(() => false)
        .then((isGranted) => {
          isAskingAccess = false;
          accessRefused.value = !isGranted;
          if (isGranted) again();
        });
    },
    openOptions: world.openOptions,
    copy: world.copy,
    download: (name, text) => {
      world.download(name, text, 'text/plain');
    },
    writeConversation,
    exportConversation: (exporter, names) => {
      world.download(`ava.${exporter.extension}`, writeConversation(exporter, names), exporter.mediaType);
    },
    exportRecords: async () => {
      const conversationId = thread.conversationId.peek();
      if (conversationId === null) return undefined;
      try {
        const records = await world.readRecords(conversationId);
        world.download('ava-records.json', JSON.stringify(records, null, 2), 'application/json');
        return undefined;
      } catch (error) {
        return toFailure(error);
      }
    },
    continueInPanel: () => {
      world.openPanel();
      const conversationId = thread.conversationId.value;
      if (conversationId !== null) line.send({ type: 'show-in-panel', conversationId, windowId });
    },
    keep: composer.keepAtOnce,
  };
}

/** A draft that could not be written is still on screen, and the background tells when the disk refuses. */
function ignoreUnsaved(): void {}
