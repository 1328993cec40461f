import { findQuestion, streamingReplies } from '@/lib/chat/branches';
import type { Attachment, Message, UserMessage } from '@/lib/chat/types';
import type { Diagnosis, FoundServer } from '@/lib/doctor/diagnosis';
import { ChatError, type Failure, toFailure } from '@/lib/errors/failure';
import type { ForcedHeaders, Provider } from '@/lib/providers/provider';
import { isFromPage } from '@/lib/protocol/is-from-page';
import type { BackgroundSide, FromPage, InboxItem, ToPage } from '@/lib/protocol/messages';
import { loadConversation } from '@/lib/store/conversation-log';
import type { KeyValue } from '@/lib/store/key-value';
import { createQueue } from '@/lib/store/queue';
import type { ReadSecret } from '@/lib/store/read-secret';
import { createListRecord } from '@/lib/store/record';
import { createLater } from '@/lib/store/retry-later';
import { createSteadyKeyValue } from '@/lib/store/steady-key-value';
import { createSummaries } from '@/lib/store/summaries';
import type { Asking, AskingWorld, OpenAsking } from './asking';
import { createEndpoints, isUsable } from './endpoints';
import { createInbox } from './inbox';
import { createLiveConversations, lastChange, type LiveConversation, summaryOf } from './live-conversation';
import { createTrash } from './trash';

export interface BackgroundWorld {
  readonly store: KeyValue;
  /** The key that was saved for this endpoint and this origin; '' when there is none. */
  readonly findKey: ReadSecret;
  readonly findProvider: (id: string) => Provider | undefined;
  readonly fetch: typeof fetch;
  readonly hasAccess: (origin: string) => Promise<boolean>;
  readonly watchRedirect: AskingWorld['watchRedirect'];
  /**
   * Deletes everything that is stored, and begins anew with another background; nothing of this one is written any more.
   * Resolves with why something is still there.
   */
  readonly forgetStored: () => Promise<Failure | null>;
  readonly giveBackAccess: (origin: string) => Promise<void>;
  readonly forceHeaders: (url: string, headers: ForcedHeaders) => Promise<() => Promise<void>>;
  readonly hideOriginFrom: (origins: readonly string[]) => Promise<void>;
  readonly watchFault: AskingWorld['watchFault'];
  /** Gives what makes requests, when its script has been read. */
  readonly loadAsking: () => Promise<OpenAsking>;
  readonly startHeartbeat: () => () => void;
  /** Resolves when no other background of this profile lives; it is then the owner until its end. */
  readonly holdLease: () => Promise<void>;
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
  /** Resolves when no turn runs: an update may then replace the worker without cutting an answer. */
  turnsEnded(): Promise<void>;
  /** Resolves when all is on disk, or has been refused. */
  flush(): Promise<unknown>;
}

interface Page extends Pick<BackgroundSide, 'send' | 'close'> {
  surface: 'panel' | 'quick' | 'options' | undefined;
  windowId: number;
  historyCount: number;
  readonly watched: Map<string, () => void>;
}

/** So long pages whose line has rested take to come back when the worker wakes. */
const comeBackMs = 500;
/** Turns that are stopped end at once; a disk that hangs is not waited for. */
const turnsEndMs = 2000;

export function createBackground(world: BackgroundWorld): Background {
  const { now, newId } = world;
  const pages = new Set<Page>();
  /** What is wrong with the disk, for as long as it is. */
  const amiss = new Map<'newer' | 'reading' | 'writing', Failure>();
  let stopHeartbeat: (() => void) | undefined;
  let isForgetting = false;
  /** false: what the settings hold may not be all that is on the disk. */
  let hasReadAll = true;

  const broadcast = (message: ToPage): void => {
    for (const page of pages) page.send(message);
  };
  const notSaving = (): Failure | null => amiss.values().next().value ?? null;
  const tell = (what: 'newer' | 'reading' | 'writing', failure: Failure | null): void => {
    const before = notSaving();
    if (failure) amiss.set(what, failure);
    else amiss.delete(what);
    // What the disk refuses lives here alone: so does the worker, until it is taken.
    if (amiss.has('writing') && failure?.kind !== 'newer-version') stopHeartbeat ??= world.startHeartbeat();
    else {
      stopHeartbeat?.();
      stopHeartbeat = undefined;
    }
    const after = notSaving();
    if (before?.message !== after?.message || before?.kind !== after?.kind) {
      broadcast({ type: 'saving', failure: after });
    }
  };
  const store = createSteadyKeyValue(world.store, (failure) => {
    tell('writing', failure);
  });
  /** The disk could not be read: it is asked again until it answers. */
  const onUnread = (failure: Failure): void => {
    hasReadAll = false;
    // What a newer version wrote stays so; anything else may pass.
    if (failure.kind === 'newer-version') return tell('newer', failure);
    tell('reading', failure);
    return readAgain.ask();
  };
  const readAgain = createLater(() => {
    store.keys().then(
      () => {
        tell('reading', null);
      },
      (error: unknown) => {
        onUnread(toFailure(error));
      },
    );
  });
  const list = <T>(key: string) => createListRecord<T>({ store, key, onUnread });

  const summaries = createSummaries({
    store,
    summarise: async (id) => {
      const loaded = await loadConversation(store, id);
      return loaded && summaryOf(loaded.conversation, lastChange(loaded.conversation));
    },
  });
  const endpoints = createEndpoints({
    ...world,
    store,
    fetch: async (...request) => (await openAsking()).door(...request),
    onUnread,
    onSettings: (settings) => {
      broadcast({ type: 'settings', settings });
    },
  });
  const conversations = createLiveConversations({ store, summaries, now });
  const inbox = createInbox(list('inbox'), now);
  const trash = createTrash(store, list('trash'), now);
  /** Conversations in which a turn runs: what a worker that died leaves open. */
  const running = list<string>('running');
  /** undefined while nothing was asked since this background began. */
  let asking: Asking | undefined;
  async function openAsking(): Promise<Asking> {
    const open = await world.loadAsking();
    return (asking ??= open({
      ...world,
      store,
      settings: endpoints.settings,
      hideOrigin: endpoints.hideOrigin,
      giveBackAccess: async (origin) => {
        if (hasReadAll) await world.giveBackAccess(origin);
      },
      onStarted: async ({ id, flush }) => {
        await running.change(
          (before) => (before.items.includes(id) ? before : { v: 1, items: [...before.items, id] }),
          flush,
        );
      },
      onEnded: async (live) => {
        await summariseNow(live);
        await endRunning([live.id]);
      },
      listAnew: async (endpointId) => {
        const listed = await endpoints.listModels(endpointId, true);
        broadcast({ type: 'models', endpointId, ...listed });
        return listed.models;
      },
      onPull: (pull) => {
        broadcast({ type: 'pull', pull });
      },
    }));
  }

  /** A conversation in which another turn runs stays in the record. */
  async function endRunning(ids: readonly string[]): Promise<void> {
    await running.change((before) =>
      ids.length === 0
        ? before
        : { v: 1, items: before.items.filter((id) => !ids.includes(id) || asking?.turns.isRunning(id)) },
    );
  }

  async function summariseNow(live: LiveConversation): Promise<void> {
    try {
      await live.summarise(now());
      await sendHistory();
    } catch (error) {
      // The list can't be read. What is asked for is done all the same.
      onUnread(toFailure(error));
    }
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
    isFirst,
    message,
    replyId,
    model,
  }: FromPage & { type: 'ask' }): Promise<LiveConversation> {
    const opening = openToAsk(conversationId, message, isFirst).then(async (opened) => {
      // Deleted in one window while the other asks: the question brings it back.
      if (opened.isDeleted()) await restore(opened);
      return opened;
    });
    // What the request needs is looked up while the disk is asked.
    const preparing = openAsking().then(({ turns }) => ({ turns, preparation: turns.prepare(model) }));
    opening.catch(() =>
      preparing.then(
        ({ preparation }) => preparation.drop(),
        () => undefined,
      ),
    );
    const [live, { turns, preparation }] = await Promise.all([opening, preparing]);
    // Asked again after a lost line: it is on its way already.
    if (!findQuestion(live.conversation(), message.id)) live.record({ type: 'asked', message });
    void turns.start(live, { replyId, parentId: message.id, model }, preparation);
    void endpoints.noteUse(model);
    // The list may be slow; the next message of this page does not wait for it.
    void summariseNow(live);
    return live;
  }

  async function restore(live: LiveConversation): Promise<void> {
    await live.restore();
    await trash.takeBack(live.id);
  }

  /** undefined when there is no such conversation (any more). */
  async function openUndeleted(conversationId: string): Promise<LiveConversation | undefined> {
    const live = await conversations.open(conversationId);
    return live?.isDeleted() ? undefined : live;
  }

  /** A conversation that died with its worker before it was on disk is made again from what the page shows of it. */
  async function openToWatch(
    conversationId: string,
    holding: readonly Message[],
  ): Promise<LiveConversation | undefined> {
    const first = holding.find(({ parentId }) => parentId === null);
    return first
      ? conversations.openOrCreate(conversationId, first.createdAt, false)
      : conversations.open(conversationId);
  }

  async function openToAsk(conversationId: string, message: UserMessage, isFirst: boolean): Promise<LiveConversation> {
    try {
      return writable(await conversations.openOrCreate(conversationId, message.createdAt, isFirst));
    } catch (error) {
      const failure = toFailure(error);
      // The first question of a new chat needs nothing from a disk that can't be read.
      if (failure.kind !== 'storage' || message.parentId !== null) throw error;
      onUnread(failure);
      return conversations.create(conversationId, message.createdAt);
    }
  }

  async function tellSent(page: Page, { conversationId, messageId }: FromPage & { type: 'read-sent' }): Promise<void> {
    const about = { type: 'sent', messageId } as const;
    try {
      page.send({ ...about, record: await (await openAsking()).sent.read(conversationId, messageId), failure: null });
    } catch (error) {
      page.send({ ...about, record: null, failure: toFailure(error) });
    }
  }

  async function startPull({ endpointId, model }: FromPage & { type: 'pull-model' }): Promise<void> {
    try {
      (await openAsking()).pulls.start(endpointId, model);
    } catch (error) {
      const failure = toFailure(error);
      broadcast({ type: 'pull', pull: { endpointId, model, state: 'failed', reason: 'other', failure } });
    }
  }

  async function diagnose(endpointId: string, complaint: FromPage & { type: 'diagnose' }): Promise<Diagnosis> {
    try {
      return await (await openAsking()).checkUps.diagnose(endpointId, complaint);
    } catch (error) {
      return { kind: 'other', host: '', failure: toFailure(error) };
    }
  }

  async function findServers(): Promise<readonly FoundServer[]> {
    try {
      return await (await openAsking()).checkUps.findServers();
    } catch {
      return [];
    }
  }

  /** Ends what runs, and lets every page forget what it shows before anything is deleted: it could come back from there. */
  async function forgetEverything(): Promise<void> {
    // Those that have not come back yet when the worker has just been woken are told, too.
    await elapsed(comeBackMs);
    isForgetting = true;
    broadcast({ type: 'forgetting' });
    asking?.turns.stopAll();
    asking?.pulls.cancelAll();
    await Promise.race([asking?.turns.allEnded(), elapsed(turnsEndMs)]);
    broadcast({ type: 'forgotten', failure: await world.forgetStored() });
    for (const page of pages) page.close();
  }

  async function receive(page: Page, message: FromPage): Promise<void> {
    switch (message.type) {
      case 'hello': {
        page.surface = message.surface;
        page.windowId = message.windowId;
        // At once: the page knows that the line leads somewhere, however slow the disk is.
        page.send({ type: 'saving', failure: notSaving() });
        page.send({ type: 'settings', settings: await endpoints.settings() });
        const items = message.surface === 'panel' ? await inbox.forWindow(message.windowId) : [];
        if (items.length > 0) page.send({ type: 'inbox', items });
        return;
      }
      case 'watch': {
        const { conversationId, holding = [] } = message;
        const live = await openToWatch(conversationId, holding);
        page.watched.get(conversationId)?.();
        // Also into one that is deleted: the worker may have died before it could write that Undo was pressed.
        if (live && !live.isReadOnly && holding.length > 0) {
          for (const held of holding) live.takeOver(held);
          // What was handed over is not to be lost a second time; that a disk refuses is told elsewhere.
          void live.flush();
          void summariseNow(live);
        }
        if (!live || live.isDeleted()) {
          page.send({ type: 'no-conversation', conversationId });
          return;
        }
        if (pages.has(page)) page.watched.set(conversationId, live.watch(page.send));
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
        const { turns } = await openAsking();
        const live = await openUndeleted(message.conversationId);
        if (!live || !findQuestion(live.conversation(), message.parentId)) return;
        // A second click, or another window: one answer at a time to one question.
        const isAsked = streamingReplies(live.conversation()).some(({ parentId }) => parentId === message.parentId);
        if (isAsked) return;
        void turns.start(writable(live), message);
        void endpoints.noteUse(message.model);
        return;
      }
      case 'continue': {
        const { turns } = await openAsking();
        const live = await openUndeleted(message.conversationId);
        if (live) void turns.goOn(writable(live), message.messageId, message.model);
        return;
      }
      case 'stop': {
        if (asking?.turns.stop(message.messageId)) return;
        // Opening it ends what no turn is writing any more.
        await conversations.open(message.conversationId);
        return;
      }
      case 'try-now':
        asking?.turns.tryNow(message.messageId);
        return;
      case 'show-branch': {
        const live = await openUndeleted(message.conversationId);
        if (!live?.conversation().messages.some(({ id }) => id === message.headId)) return;
        live.record({ type: 'branch-shown', headId: message.headId });
        void live.flush();
        return;
      }
      case 'rename': {
        const live = await openUndeleted(message.conversationId);
        if (!live) return;
        writable(live).record({ type: 'renamed', title: message.title });
        void live.flush();
        await live.summarise(lastChange(live.conversation()));
        await sendHistory();
        return;
      }
      case 'delete': {
        const live = await conversations.open(message.conversationId);
        if (!live) return;
        writable(live);
        asking?.turns.stopAll(live);
        // First: a conversation that says it is deleted and lies in no trash would stay on the disk for ever.
        void trash.add(message.conversationId);
        await live.remove(now());
        await sendHistory();
        return;
      }
      case 'restore': {
        const live = await conversations.open(message.conversationId);
        if (!live?.isDeleted()) return;
        await restore(live);
        await sendHistory();
        return;
      }
      case 'rebuild-history':
        await summaries.rebuild();
        await sendHistory();
        return;
      case 'watch-history':
        page.historyCount = message.count;
        await sendHistory(page);
        return;
      case 'list-models': {
        const { endpointId, fresh } = message;
        page.send({ type: 'models', endpointId, ...(await endpoints.listModels(endpointId, fresh)) });
        return;
      }
      case 'choose':
        await endpoints.choose(message.settings);
        return;
      case 'save-endpoint':
        await endpoints.save(message.endpoint);
        return;
      case 'remove-endpoint':
        asking?.pulls.cancelAll(message.endpointId);
        await endpoints.remove(message.endpointId);
        return;
      case 'diagnose': {
        const { id, endpointId } = message;
        page.send({ type: 'diagnosis', id, diagnosis: await diagnose(endpointId, message) });
        return;
      }
      case 'find-servers':
        page.send({ type: 'found-servers', servers: await findServers() });
        return;
      case 'pull-model':
        return startPull(message);
      case 'cancel-pull':
        asking?.pulls.cancel(message.endpointId, message.model);
        return;
      case 'read-pulls':
        for (const pull of asking?.pulls.all() ?? []) page.send({ type: 'pull', pull });
        return;
      case 'take':
        await inbox.take(message.inboxId);
        return;
      case 'read-sent':
        return tellSent(page, message);
      case 'forget-everything':
        return forgetEverything();
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
      await world.holdLease();
      const { items } = await running.read();
      const ended: string[] = [];
      for (const id of items) {
        try {
          const live = await conversations.open(id);
          if (live && !live.isReadOnly) {
            await live.seal();
            await summariseNow(live);
          }
          ended.push(id);
        } catch (error) {
          // It can't be read now: whoever opens it ends what it left open, and so does the next start.
          onUnread(toFailure(error));
        }
      }
      await endRunning(ended);
      await trash.empty();
    },
    accept: (line) => {
      // It comes back when all is done.
      if (isForgetting) return line.close();
      const page: Page = {
        send: line.send,
        close: line.close,
        surface: undefined,
        windowId: -1,
        historyCount: 0,
        watched: new Map(),
      };
      pages.add(page);
      const inOrder = createQueue();
      line.onMessage((message) => {
        if (!isFromPage(message)) {
          refuseForeign(page, message);
          return;
        }
        if (isForgetting) return;
        // A server that is slow to list its models keeps nothing else waiting, and Stop waits for nothing.
        const receiving = ['list-models', 'find-servers', 'stop', 'try-now'].includes(message.type)
          ? receive(page, message)
          : message.type === 'diagnose'
            ? // After what this page has saved before; it keeps nothing waiting itself.
              inOrder(() => Promise.resolve()).then(() => receive(page, message))
            : inOrder(() => receive(page, message));
        receiving.catch((error: unknown) => {
          const failure = toFailure(error);
          if (failure.kind === 'storage') onUnread(failure);
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
    turnsEnded: async () => asking?.turns.allEnded(),
    flush: conversations.flush,
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
      try {
        await ask({ type: 'ask', conversationId, isFirst: true, message, replyId: newId(), model: settings.model });
      } catch {
        // It could not be taken: in the composer it is kept, and sent again when its user says so.
        await deliver({ ...item, type: 'compose', text: prompt, attachments });
        return;
      }
      await deliver({ ...item, type: 'show', conversationId });
    },
  };
}

/** Nothing is done about what is no message of ours; a page that waits for an answer is told. */
function refuseForeign(page: Page, message: unknown): void {
  const { conversationId } = (message ?? {}) as { readonly conversationId?: unknown };
  if (typeof conversationId === 'string') page.send({ type: 'refused', conversationId, failure: { kind: 'bug' } });
}

function writable(live: LiveConversation): LiveConversation {
  if (live.isReadOnly) throw new ChatError({ kind: 'newer-version' });
  return live;
}

function elapsed(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
