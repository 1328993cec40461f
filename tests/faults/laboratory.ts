import { loadAskingWith } from '@/tests/support/load-asking';
import { type Background, createBackground } from '@/lib/background/background';
import { createPanel, type Panel } from '@/lib/panel/panel';
import { createChannelPair } from '@/lib/protocol/channel';
import type { FromPage, PageSide, ToPage } from '@/lib/protocol/messages';
import { createMemoryKeyValue, type KeyValue } from '@/lib/store/key-value';
import { readRecords } from '@/lib/store/read-records';
import { createPageMemory } from '@/lib/store/page-memory';
import type { NumberedProvider } from './numbered-provider';

/**
 * A browser in one process, for faults: the real background and real panels over lines that can break, workers that
 * die as real ones do (nothing of them is heard of again), and pages that can be closed.
 */
export interface Laboratory {
  /** Everything that pages said, in order. */
  readonly said: readonly FromPage[];
  /** Faults in the program itself: what `recover` threw. */
  readonly errors: readonly unknown[];
  openPanel(windowId: number): OpenPanel;
  /** A page without a view: for what no panel has a button for. */
  openLine(): PageSide;
  killWorker(): void;
  /** Starts the worker when there is none, as a browser event would; pages hear of it. */
  wakeWorker(): void;
  readonly background: () => Background;
}

export interface OpenPanel {
  readonly panel: Panel;
  readonly windowId: number;
  /** Whether its line leads to a worker that lives. */
  isOnLine(): boolean;
  close(): void;
}

export interface LaboratoryOptions {
  readonly store: KeyValue;
  readonly provider: NumberedProvider;
  /** Begins every id that is made here: two laboratories over one store make different ones. */
  readonly idPrefix: string;
}

interface Worker {
  readonly background: Background;
  readonly lines: PageEnd[];
  isDead: boolean;
}

interface PageEnd {
  hangUp(): void;
}

export function createLaboratory({ store, provider, idPrefix }: LaboratoryOptions): Laboratory {
  const session = createMemoryKeyValue();
  const atOnce = createMemoryStorage();
  const said: FromPage[] = [];
  const errors: unknown[] = [];
  const wakers = new Set<() => void>();
  let newest = 0;
  const newId = (): string => `${idPrefix}${(newest += 1)}`;
  let worker: Worker | undefined;

  function startWorker(): Worker {
    const isDead = (): boolean => made.isDead;
    const own = provider.forWorker(isDead);
    const background = createBackground({
      store: untilDeath(store, isDead),
      findKey: () => Promise.resolve(''),
      findProvider: (id) => (id === own.id ? own : undefined),
      fetch: () => Promise.reject(new Error('nothing is to be fetched here')),
      hasAccess: () => Promise.resolve(true),
      watchRedirect: () => ({ target: () => Promise.resolve(undefined), stop: () => undefined }),
      giveBackAccess: () => Promise.resolve(),
      forceHeaders: () => Promise.resolve(() => Promise.resolve()),
      hideOriginFrom: () => Promise.resolve(),
      watchFault: () => ({ fault: () => Promise.resolve(undefined), stop: () => undefined }),
      loadAsking: loadAskingWith(),
      startHeartbeat: () => () => undefined,
      holdLease: () => Promise.resolve(),
      forgetStored: () => Promise.resolve(null),
      now: () => Date.now(),
      newId,
      random: () => 0.5,
    });
    const made: Worker = { background, lines: [], isDead: false };
    worker = made;
    background.recover().catch((error: unknown) => {
      errors.push(error);
    });
    return made;
  }

  function connect(): { readonly side: PageSide; readonly isAlive: () => boolean } {
    const { background, lines } = worker ?? startWorker();
    const [page, side] = createChannelPair<FromPage, ToPage>();
    let isAlive = true;
    lines.push({
      hangUp: () => {
        isAlive = false;
        side.close();
      },
    });
    background.accept(side);
    return {
      side: {
        ...page,
        send: (message) => {
          said.push(structuredClone(message));
          page.send(message);
        },
      },
      isAlive: () => isAlive,
    };
  }

  return {
    said,
    errors,
    background: () => (worker ?? startWorker()).background,
    openLine: () => connect().side,
    openPanel: (windowId) => {
      let isClosed = false;
      let line: ReturnType<typeof connect> | undefined;
      const wake = { call: (): void => undefined };
      const waker = (): void => {
        wake.call();
      };
      wakers.add(waker);
      const local = untilDeath(store, () => isClosed);
      const panel = createPanel({
        surface: 'panel',
        windowId,
        connect: () => {
          // What is left of a closed page may ask, and gets no answer.
          if (isClosed) return createChannelPair<FromPage, ToPage>()[0];
          line = connect();
          return line.side;
        },
        onBackgroundAwake: (listener) => {
          wake.call = listener;
        },
        memory: createPageMemory({ local, session, atOnce }),
        newId,
        now: () => Date.now(),
        requestAccess: () => Promise.resolve(true),
        offersBuiltIn: () => Promise.resolve(false),
        openOptions: () => undefined,
        openPanel: () => undefined,
        beginAnew: () => undefined,
        copy: () => Promise.resolve(),
        download: () => undefined,
        readRecords: (conversationId) => readRecords(store, conversationId),
      });
      return {
        panel,
        windowId,
        isOnLine: () => line?.isAlive() ?? false,
        close: () => {
          panel.keep();
          isClosed = true;
          wakers.delete(waker);
          line?.side.close();
        },
      };
    },
    killWorker: () => {
      if (!worker) return;
      const dying = worker;
      worker = undefined;
      dying.isDead = true;
      for (const line of dying.lines) line.hangUp();
    },
    wakeWorker: () => {
      if (!worker) startWorker();
      for (const wake of wakers) wake();
    },
  };
}

/** After its death nothing of it reaches the disk, and nothing from the disk reaches it. */
function untilDeath(store: KeyValue, isDead: () => boolean): KeyValue {
  const unlessDead =
    <Arguments extends readonly unknown[], Result>(ask: (...asked: Arguments) => Promise<Result>) =>
    async (...asked: Arguments): Promise<Result> => {
      if (isDead()) return new Promise(() => undefined);
      const answer = await ask(...asked);
      return isDead() ? new Promise(() => undefined) : answer;
    };
  return {
    get: unlessDead(store.get),
    set: unlessDead(store.set),
    remove: unlessDead(store.remove),
    keys: unlessDead(store.keys),
  };
}

/** A `localStorage`, which all pages share. */
function createMemoryStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}
