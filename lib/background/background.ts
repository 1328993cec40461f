import { findQuestion } from '@/lib/chat/branches';
import type { Attachment, UserMessage } from '@/lib/chat/types';
import { type Failure, toFailure } from '@/lib/errors/failure';
import type { ForcedHeaders, Provider } from '@/lib/providers/provider';
import type { BackgroundSide, FromPage, InboxItem, ToPage } from '@/lib/protocol/messages';
import { loadConversation } from '@/lib/store/conversation-log';
import type { KeyValue } from '@/lib/store/key-value';
import { createQueue } from '@/lib/store/queue';
import { createListRecord } from '@/lib/store/record';
import type { Secrets } from '@/lib/store/secrets';
import { createSummaries } from '@/lib/store/summaries';
import { type DoorWorld, openDoor } from './door';
import { createEndpoints, isUsable } from './endpoints';
import { createInbox } from './inbox';
import { createLiveConversations, lastChange, type LiveConversation, summaryOf } from './live-conversation';
import { createTrash } from './trash';
import { createTurns } from './turns';

export interface BackgroundWorld {
  readonly store: KeyValue;
  readonly secrets: Pick<Secrets, 'get'>;
  readonly findProvider: (id: string) => Provider | undefined;
  readonly fetch: typeof fetch;
  readonly hasAccess: (origin: string) => Promise<boolean>;
  readonly watchRedirect: DoorWorld['watchRedirect'];
  readonly giveBackAccess: (origin: string) => Promise<void>;
  readonly forceHeaders: (url: string, headers: ForcedHeaders) => Promise<() => Promise<void>>;
  readonly startHeartbeat: () => () => void;
  readonly now: () => number;
  readonly newId: () => string;
  readonly random: () => number;
}

/** A ready-made ask about something on a page. Without a `prompt` the panel asks for one. */
export interface PageAsk {
  readonly windowId: number;
  readonly attachments: readonly Attachment[];
  readonly prompt?: string;
}

/** The background: takes lines from pages and asks from menus, runs turns, keeps the log. */
export interface Background {
  /** Ends what an earlier worker left open. To be called once, at the start. */
  recover(): Promise<void>;
  accept(line: BackgroundSide): void;
  /** Resolves when the ask is on disk and on its way. */
  askAboutPage(ask: PageAsk): Promise<void>;
}

interface Page {
  readonly send: (message: ToPage) => void;
  surface: 'panel' | 'quick' | 'options' | undefined;
  windowId: number;
  historyCount: number;
  readonly watched: Map<string, () => void>;
}

export function createBackground(world: BackgroundWorld): Background {
  const { store, now, newId } = world;
  const pages = new Set<Page>();
  let notSaving: Failure | null = null;

  const broadcast = (message: ToPage): void => {
    for (const page of pages) page.send(message);
  };
  const onSaved = (failure: Failure | null): void => {
    if (failure?.message === notSaving?.message && (failure === null) === (notSaving === null)) return;
    notSaving = failure;
    broadcast({ type: 'saving', failure });
  };

  const summaries = createSummaries({
    store,
    summarise: async (id) => {
      const loaded = await loadConversation(store, id);
      return loaded && summaryOf(loaded.conversation, lastChange(loaded.conversation));
    },
  });
  const door = openDoor(world);
  const endpoints = createEndpoints({
    ...world,
    fetch: door,
    findKey: world.secrets.get,
    onSettings: (settings) => {
      broadcast({ type: 'settings', settings });
    },
  });
  const conversations = createLiveConversations({ store, summaries, now, onSaved });
  const inbox = createInbox(store, now);
  const trash = createTrash(store, now);
  /** Conversations in which a turn runs: what a worker that died leaves open. */
  const running = createListRecord<string>(store, 'running');
  const turns = createTurns({
    ...world,
    fetch: door,
    settings: endpoints.settings,
    findKey: world.secrets.get,
    onStarted: async (conversationId) => {
      await unlessRefused(
        running.change((list) =>
          list.items.includes(conversationId) ? list : { v: 1, items: [...list.items, conversationId] },
        ),
      );
    },
    onEnded: async (live) => {
      await unlessRefused(summariseNow(live));
      await unlessRefused(running.change((list) => ({ v: 1, items: list.items.filter((id) => id !== live.id) })));
    },
  });

  async function unlessRefused(writing: Promise<unknown>): Promise<void> {
    try {
      await writing;
    } catch (error) {
      onSaved({ ...toFailure(error), kind: 'storage' });
    }
  }

  async function summariseNow(live: LiveConversation): Promise<void> {
    await live.summarise(now());
    await sendHistory();
  }

  async function sendHistory(only?: Page): Promise<void> {
    const wanting = [...(only ? [only] : pages)].filter(({ historyCount }) => historyCount > 0);
    if (wanting.length === 0) return;
    const all = await summaries.all();
    for (const page of wanting) {
      page.send({ type: 'history', summaries: all.slice(0, page.historyCount), total: all.length });
    }
  }

  async function deliver(item: InboxItem): Promise<void> {
    await inbox.add(item);
    for (const page of pages) {
      if (page.surface === 'panel' && page.windowId === item.windowId) page.send({ type: 'inbox', items: [item] });
    }
  }

  async function ask({
    conversationId,
    message,
    replyId,
    model,
  }: FromPage & { type: 'ask' }): Promise<LiveConversation> {
    const live = await conversations.openOrCreate(conversationId, message.createdAt);
    // Asked again after a lost line: it is on its way already.
    if (!findQuestion(live.conversation(), message.id)) live.record({ type: 'asked', message });
    void turns.start(live, { replyId, parentId: message.id, model });
    await unlessRefused(summariseNow(live));
    return live;
  }

  async function receive(page: Page, message: FromPage): Promise<void> {
    switch (message.type) {
      case 'hello': {
        page.surface = message.surface;
        page.windowId = message.windowId;
        page.send({ type: 'settings', settings: await endpoints.settings() });
        if (notSaving) page.send({ type: 'saving', failure: notSaving });
        const items = message.surface === 'panel' ? await inbox.forWindow(message.windowId) : [];
        if (items.length > 0) page.send({ type: 'inbox', items });
        return;
      }
      case 'watch': {
        const live = await conversations.open(message.conversationId);
        page.watched.get(message.conversationId)?.();
        if (!live || live.isDeleted()) {
          page.send({ type: 'no-conversation', conversationId: message.conversationId });
          return;
        }
        if (message.holding) live.takeOver(message.holding);
        if (pages.has(page)) page.watched.set(message.conversationId, live.watch(page.send));
        return;
      }
      case 'unwatch':
        page.watched.get(message.conversationId)?.();
        page.watched.delete(message.conversationId);
        return;
      case 'ask':
        await ask(message);
        return;
      case 'retry': {
        const live = await conversations.open(message.conversationId);
        if (live && findQuestion(live.conversation(), message.parentId)) void turns.start(live, message);
        return;
      }
      case 'continue': {
        const live = await conversations.open(message.conversationId);
        if (live) void turns.goOn(live, message.messageId, message.model);
        return;
      }
      case 'stop': {
        if (turns.stop(message.messageId)) return;
        // Opening it ends what no turn is writing any more.
        await conversations.open(message.conversationId);
        return;
      }
      case 'try-now':
        turns.tryNow(message.messageId);
        return;
      case 'show-branch': {
        const live = await conversations.open(message.conversationId);
        live?.record({ type: 'branch-shown', headId: message.headId });
        return;
      }
      case 'rename': {
        const live = await conversations.open(message.conversationId);
        if (!live) return;
        live.record({ type: 'renamed', title: message.title });
        await live.summarise(lastChange(live.conversation()));
        await sendHistory();
        return;
      }
      case 'delete': {
        const live = await conversations.open(message.conversationId);
        if (!live) return;
        turns.stopAll(live);
        await live.remove(now());
        await trash.add(message.conversationId);
        await sendHistory();
        return;
      }
      case 'restore': {
        const live = await conversations.open(message.conversationId);
        if (!live?.isDeleted()) return;
        await live.restore();
        await trash.takeBack(message.conversationId);
        await sendHistory();
        return;
      }
      case 'watch-history':
        page.historyCount = message.count;
        await sendHistory(page);
        return;
      case 'list-models': {
        const { endpointId, fresh } = message;
        page.send({ type: 'models', endpointId, ...(await endpoints.listModels(endpointId, fresh)) });
        return;
      }
      case 'choose-model':
        await endpoints.chooseModel(message.model);
        return;
      case 'choose-language':
        await endpoints.chooseLanguage(message.language);
        return;
      case 'save-endpoint':
        await endpoints.save(message.endpoint);
        return;
      case 'remove-endpoint':
        await endpoints.remove(message.endpointId);
        return;
      case 'take':
        await inbox.take(message.inboxId);
        return;
      case 'show-in-panel':
        await deliver({
          v: 1,
          id: newId(),
          windowId: message.windowId,
          createdAt: now(),
          type: 'show',
          conversationId: message.conversationId,
        });
        return;
    }
  }

  return {
    recover: async () => {
      const { items } = await running.read();
      for (const id of items) {
        const live = await conversations.open(id);
        if (live) await unlessRefused(live.seal().then(() => summariseNow(live)));
      }
      if (items.length > 0) {
        await unlessRefused(
          running.change((list) => ({ v: 1, items: list.items.filter((id) => !items.includes(id)) })),
        );
      }
      await unlessRefused(trash.empty());
    },
    accept: (line) => {
      const page: Page = {
        send: line.send,
        surface: undefined,
        windowId: -1,
        historyCount: 0,
        watched: new Map(),
      };
      pages.add(page);
      const inOrder = createQueue();
      line.onMessage((message) => {
        // A server that is slow to list its models keeps nothing else waiting.
        const receiving =
          message.type === 'list-models' ? receive(page, message) : inOrder(() => receive(page, message));
        receiving.catch((error: unknown) => {
          const failure = toFailure(error);
          if (failure.kind === 'storage') onSaved(failure);
          if ('conversationId' in message) {
            page.send({ type: 'refused', conversationId: message.conversationId, failure });
          }
        });
      });
      line.onClose(() => {
        pages.delete(page);
        for (const unwatch of page.watched.values()) unwatch();
      });
    },
    askAboutPage: async ({ windowId, attachments, prompt }) => {
      const settings = await endpoints.settings();
      const item = { v: 1, id: newId(), windowId, createdAt: now() } as const;
      if (prompt === undefined || !isUsable(settings) || settings.model === null) {
        await deliver({ ...item, type: 'compose', text: prompt ?? '', attachments });
        return;
      }
      const conversationId = newId();
      const message: UserMessage = {
        id: newId(),
        role: 'user',
        parentId: null,
        createdAt: now(),
        text: prompt,
        attachments,
      };
      await ask({ type: 'ask', conversationId, message, replyId: newId(), model: settings.model });
      await deliver({ ...item, type: 'show', conversationId });
    },
  };
}
