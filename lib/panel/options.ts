import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import { localPattern } from '@/lib/doctor/local-ports';
import { type Failure, toFailure } from '@/lib/errors/failure';
import type { AnyKey } from '@/lib/i18n/en/later';
import type { PageSide } from '@/lib/protocol/messages';
import type { Endpoint } from '@/lib/providers/provider';
import { type Settings, usualLongestReply, usualSilenceSeconds } from '@/lib/store/settings';
import type { Secrets } from '@/lib/store/secrets';
import { type CheckUps, createCheckUps } from './check-ups';
import { createLine } from './line';
import { createModels, type ModelGroup } from './models';
import { type ProviderForm, readProviderForm } from './provider-form';
import { createServerSearch, type ServerSearch } from './server-search';

/** A provider as the settings show it; the registry itself is the background's. */
export interface ProviderChoice {
  readonly id: string;
  readonly label: string;
  readonly baseUrl: string;
  readonly key: { readonly needed: 'yes' | 'no' | 'optional'; readonly url?: string };
  readonly hasModels: boolean;
  readonly working?: boolean;
}

export type NormalizeAddress = (
  input: string,
  providerId: string,
) =>
  | { readonly ok: true; readonly url: string; readonly origin: string }
  | { readonly ok: false; readonly reason: AnyKey };

/** One of our shortcuts: what it does, and its keys; '' when it has none. */
export interface Shortcut {
  readonly label: 'openPanel' | 'quickPrompt';
  readonly keys: string;
}

export interface OptionsWorld {
  readonly connect: () => PageSide;
  readonly onBackgroundAwake: (listener: () => void) => void;
  readonly providers: readonly ProviderChoice[];
  readonly normalizeAddress: NormalizeAddress;
  readonly secrets: Secrets;
  readonly newId: () => string;
  readonly now: () => number;
  /** Asks the user for access to an origin pattern; must be called in the click itself, before any await. */
  readonly requestAccess: (origin: string) => Promise<boolean>;
  readonly shortcuts: () => Promise<readonly Shortcut[]>;
  readonly family: 'chrome' | 'firefox';
  readonly version: string;
  /** Opens the browser's own page for changing shortcuts. */
  readonly openShortcuts: () => void;
  readonly copy: (text: string) => Promise<void>;
}

/** What is wrong with a form, by field; `values` fill the message. */
export interface FormProblem {
  readonly field: 'baseUrl' | 'headers' | 'body' | 'form';
  readonly message: AnyKey;
  readonly values: Readonly<Record<string, string | number>>;
}

/** The settings that are changed on this page as they are. */
export type ChosenHere = 'language' | 'silenceSeconds' | 'longestReply' | 'defaults' | 'modelDefaults' | 'fallbacks';

export interface Options {
  readonly providers: readonly ProviderChoice[];
  readonly settings: ReadonlySignal<Settings | undefined>;
  /** What ends an answer, also where nothing was chosen. */
  readonly limits: ReadonlySignal<Required<Pick<Settings, 'silenceSeconds' | 'longestReply'>>>;
  /** Each endpoint with what it answered when asked for its models: its true state. */
  readonly groups: ReadonlySignal<readonly ModelGroup[]>;
  readonly checkUps: CheckUps;
  readonly serverSearch: ServerSearch;
  /** Call in the click itself: it asks for access to this computer first. */
  findServers(): void;
  /** What may be shown of each endpoint's key; missing where there is none. */
  readonly keyHints: ReadonlySignal<ReadonlyMap<string, string>>;
  /** Why nothing is being saved; null when all is well. */
  readonly notSaving: ReadonlySignal<Failure | null>;
  readonly shortcuts: ReadonlySignal<readonly Shortcut[]>;
  readonly family: 'chrome' | 'firefox';
  readonly version: string;
  /** Call in the submit itself: it asks for access first. The problem, or undefined when it was saved. */
  save(form: ProviderForm): Promise<FormProblem | undefined>;
  remove(endpointId: string): void;
  check(endpointId: string): void;
  removeKey(endpointId: string): Promise<void>;
  /** Call in the click itself. */
  grantAccess(origin: string, endpointId: string): void;
  choose(settings: Partial<Pick<Settings, ChosenHere>>): void;
  /** Makes the list of conversations anew from what is stored. */
  rebuildHistory(): void;
  openShortcuts(): void;
  copy(text: string): Promise<void>;
}

export function createOptions(world: OptionsWorld): Options {
  const keyHints = signal<ReadonlyMap<string, string>>(new Map());
  /** Why the background can't save, and why a key could not be removed. */
  const saving = signal<Failure | null>(null);
  const forgetting = signal<Failure | null>(null);
  const shortcuts = signal<readonly Shortcut[]>([]);
  const line = createLine({ connect: world.connect, now: world.now, isNeeded: () => false });
  line.onOpen(() => {
    line.send({ type: 'hello', surface: 'options', windowId: -1 });
  });
  const models = createModels(line, { fromMemory: false });
  world.onBackgroundAwake(line.wake);
  line.onMessage((message) => {
    if (message.type === 'saving') saving.value = message.failure;
    // The card says that it failed, and it lists its models: what it says is out of date.
    if (message.type !== 'diagnosis' || message.diagnosis.kind !== 'fine') return;
    const group = models.groups.peek().find(({ endpoint }) => endpoint.id === message.id);
    if (group?.failure) models.reload(message.id);
  });

  async function loadHints(endpoints: readonly Endpoint[]): Promise<void> {
    const hints = await Promise.all(
      endpoints.map(async ({ id, baseUrl }) => [id, await world.secrets.hint(id, new URL(baseUrl).origin)] as const),
    );
    keyHints.value = new Map(hints.filter((hint): hint is [string, string] => hint[1] !== undefined));
  }

  /** Whether the key is gone; where the place of the keys refuses, the page says so. */
  async function forgetKey(endpointId: string): Promise<boolean> {
    try {
      await world.secrets.remove(endpointId);
      forgetting.value = null;
    } catch (error) {
      forgetting.value = toFailure(error);
    }
    return forgetting.value === null;
  }

  effect(() => {
    const settings = models.settings.value;
    if (!settings) return;
    void loadHints(settings.endpoints).catch(() => {
      keyHints.value = new Map();
    });
    // Once for each change of the settings: the answers to it are no reason to ask again.
    untracked(() => models.load(false));
  });
  line.wake();
  world.shortcuts().then(
    (list) => {
      shortcuts.value = list;
    },
    // The browser has a page of its own for them, and its button stands there.
    () => undefined,
  );

  const serverSearch = createServerSearch({ line, newId: world.newId });

  return {
    providers: world.providers,
    settings: models.settings,
    limits: computed(() => ({
      silenceSeconds: models.settings.value?.silenceSeconds ?? usualSilenceSeconds,
      longestReply: models.settings.value?.longestReply ?? usualLongestReply,
    })),
    groups: models.groups,
    checkUps: createCheckUps({ line, settings: models.settings, requestAccess: world.requestAccess }),
    serverSearch,
    findServers: () => {
      serverSearch.start(world.requestAccess(localPattern));
    },
    keyHints,
    notSaving: computed(() => saving.value ?? forgetting.value),
    shortcuts,
    family: world.family,
    version: world.version,
    save: async (form) => {
      const read = readProviderForm(form, world.normalizeAddress);
      if (!read.ok) return read.problem;
      // In the click, before any await: the browser asks only then. One that won't ask has not given it.
      const isGranted = await world.requestAccess(read.origin).catch(() => false);
      if (!isGranted) return { field: 'form', message: 'permissionRefused', values: { origin: read.origin } };
      const before = models.settings.value?.endpoints.find(({ id }) => id === form.endpointId);
      const endpoint: Endpoint = {
        ...keptOf(before, read.endpoint),
        ...read.endpoint,
        id: form.endpointId ?? world.newId(),
      };
      const origin = new URL(endpoint.baseUrl).origin;
      const key = form.key.trim();
      try {
        if (key !== '') await world.secrets.set(endpoint.id, origin, key);
      } catch {
        return { field: 'form', message: 'failureStorage', values: {} };
      }
      models.outdate(endpoint.id);
      line.send({ type: 'save-endpoint', endpoint });
      return undefined;
    },
    remove: (endpointId) => {
      void forgetKey(endpointId).then(() => {
        line.send({ type: 'remove-endpoint', endpointId });
      });
    },
    check: models.reload,
    removeKey: async (endpointId) => {
      if (!(await forgetKey(endpointId))) return;
      keyHints.value = new Map([...keyHints.peek()].filter(([id]) => id !== endpointId));
      models.reload(endpointId);
    },
    grantAccess: (origin, endpointId) => {
      void world
        .requestAccess(origin)
        // One that won't ask has not given it: the card goes on saying so.
        .catch(() => false)
        .then((isGranted) => {
          if (isGranted) models.reload(endpointId);
        });
    },
    choose: (settings) => {
      line.send({ type: 'choose', settings });
    },
    rebuildHistory: () => {
      line.send({ type: 'rebuild-history' });
    },
    openShortcuts: world.openShortcuts,
    copy: world.copy,
  };
}

/** What the form does not show, and what holds for the same server still. */
function keptOf(before: Endpoint | undefined, { baseUrl }: Pick<Endpoint, 'baseUrl'>): Pick<Endpoint, 'hidesOrigin'> {
  const isSame = before && new URL(before.baseUrl).origin === new URL(baseUrl).origin;
  return isSame && before.hidesOrigin ? { hidesOrigin: true } : {};
}
