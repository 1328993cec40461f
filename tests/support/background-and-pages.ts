import { loadAskingWith } from './load-asking';
import type { Background, BackgroundWorld } from '@/lib/background/background';
import { createLastingBackground } from '@/lib/background/lasting-background';
import { createPanel, type Panel } from '@/lib/panel/panel';
import { createChannelPair } from '@/lib/protocol/channel';
import type { FromPage, ToPage } from '@/lib/protocol/messages';
import { createMemoryKeyValue, type KeyValue } from '@/lib/store/key-value';
import { readRecords } from '@/lib/store/read-records';
import { createPageMemory } from '@/lib/store/page-memory';
import { settingsKey } from '@/lib/store/settings';
import { endpoint, someModel } from './build-chat.ts';
import { createScriptedProvider, type ScriptedProvider } from './scripted-provider.ts';

/** A background and its pages in one process: real models and real store code, lines that are pairs of arrays. */
export interface Rig {
  readonly store: KeyValue;
  readonly provider: ScriptedProvider;
  readonly background: () => Background;
  /** How many want the worker kept alive. */
  readonly hearts: () => number;
  /** `beginAnew`: as the page is loaded again. */
  openPanel(windowId?: number, beginAnew?: () => void): Panel;
  /** The worker dies: lines break, memory is gone; the next line starts a new one. */
  killWorker(): void;
}

/** A `localStorage` for one page. */
function createMemoryStorage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const items = new Map<string, string>();
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

export interface RigOptions {
  readonly store?: KeyValue;
  readonly hasModel?: boolean;
  /** The key of the endpoint, as it is looked up. */
  readonly findKey?: () => Promise<string>;
  readonly loadAsking?: BackgroundWorld['loadAsking'];
}

export function createRig({
  store = createMemoryKeyValue(),
  hasModel = true,
  findKey = () => Promise.resolve(''),
  loadAsking = loadAskingWith(),
}: RigOptions = {}): Rig {
  const provider = createScriptedProvider();
  const session = createMemoryKeyValue();
  let newest = 0;
  const newId = (): string => `id${(newest += 1)}`;
  let now = 1_000_000;
  let beats = 0;
  const tick = (): number => (now += 1);
  let worker = startWorker();
  const wakers = new Set<() => void>();
  if (hasModel)
    void store.set({ [settingsKey]: { v: 1, endpoints: [endpoint()], model: someModel, language: 'auto' } });

  function startWorker() {
    const lines: (() => void)[] = [];
    let isDead = false;
    // A dead worker writes no more.
    const ownStore: KeyValue = {
      ...store,
      set: (records) => (isDead ? new Promise(() => undefined) : store.set(records)),
      remove: (keys) => (isDead ? new Promise(() => undefined) : store.remove(keys)),
    };
    const background = createLastingBackground({
      store: ownStore,
      findKey,
      findProvider: (id) => (id === provider.id ? provider : undefined),
      fetch: () => Promise.reject(new Error('nothing is to be fetched here')),
      hasAccess: () => Promise.resolve(true),
      watchRedirect: () => ({ target: () => Promise.resolve(undefined), stop: () => undefined }),
      giveBackAccess: () => Promise.resolve(),
      forceHeaders: () => Promise.resolve(() => Promise.resolve()),
      hideOriginFrom: () => Promise.resolve(),
      watchFault: () => ({ fault: () => Promise.resolve(undefined), stop: () => undefined }),
      loadAsking,
      startHeartbeat: () => {
        beats += 1;
        return () => {
          beats -= 1;
        };
      },
      holdLease: () => Promise.resolve(),
      announceAwake: () => {
        for (const wake of wakers) wake();
      },
      now: tick,
      newId,
      random: () => 0.5,
    });
    return {
      background,
      lines,
      die: () => {
        isDead = true;
        for (const close of lines) close();
      },
    };
  }

  return {
    store,
    provider,
    background: () => worker.background,
    hearts: () => beats,
    openPanel: (windowId = 1, beginAnew = () => undefined) =>
      createPanel({
        surface: 'panel',
        windowId,
        connect: () => {
          const [page, side] = createChannelPair<FromPage, ToPage>();
          worker.lines.push(() => {
            side.close();
          });
          worker.background.accept(side);
          return page;
        },
        onBackgroundAwake: (listener) => wakers.add(listener),
        memory: createPageMemory({ local: store, session, atOnce: createMemoryStorage() }),
        newId,
        now: tick,
        requestAccess: () => Promise.resolve(true),
        offersBuiltIn: () => Promise.resolve(false),
        openOptions: () => undefined,
        openPanel: () => undefined,
        beginAnew,
        copy: () => Promise.resolve(),
        download: () => undefined,
        readRecords: (conversationId) => readRecords(store, conversationId),
      }),
    killWorker: () => {
      const dying = worker;
      worker = startWorker();
      dying.die();
      void worker.background.recover();
      for (const wake of wakers) wake();
    },
  };
}
