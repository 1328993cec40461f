import { effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import type { MessageKey } from '@/lib/i18n/en';
import type { PageSide } from '@/lib/protocol/messages';
import type { Endpoint } from '@/lib/providers/provider';
import type { Settings } from '@/lib/store/settings';
import type { Secrets } from '@/lib/store/secrets';
import { createLine } from './line';
import { createModels, type ModelGroup } from './models';
import { type ProviderForm, readProviderForm } from './provider-form';

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
  | { readonly ok: false; readonly reason: MessageKey };

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
}

/** What is wrong with a form, by field; `values` fill the message. */
export interface FormProblem {
  readonly field: 'baseUrl' | 'headers' | 'body' | 'form';
  readonly message: MessageKey;
  readonly values: Readonly<Record<string, string | number>>;
}

export interface Options {
  readonly providers: readonly ProviderChoice[];
  readonly settings: ReadonlySignal<Settings | undefined>;
  /** Each endpoint with what it answered when asked for its models: its true state. */
  readonly groups: ReadonlySignal<readonly ModelGroup[]>;
  /** The last four characters of each endpoint's key; '' or missing where there is none. */
  readonly keyHints: ReadonlySignal<ReadonlyMap<string, string>>;
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
  chooseLanguage(language: string): void;
  openShortcuts(): void;
}

export function createOptions(world: OptionsWorld): Options {
  const keyHints = signal<ReadonlyMap<string, string>>(new Map());
  const shortcuts = signal<readonly Shortcut[]>([]);
  const line = createLine({ connect: world.connect, now: world.now, isNeeded: () => false });
  line.onOpen(() => {
    line.send({ type: 'hello', surface: 'options', windowId: -1 });
  });
  const models = createModels(line, { fromMemory: false });
  world.onBackgroundAwake(line.wake);

  async function loadHints(endpoints: readonly Endpoint[]): Promise<void> {
    const hints = await Promise.all(endpoints.map(async ({ id }) => [id, await world.secrets.hint(id)] as const));
    keyHints.value = new Map(hints);
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
  void world.shortcuts().then((list) => {
    shortcuts.value = list;
  });

  return {
    providers: world.providers,
    settings: models.settings,
    groups: models.groups,
    keyHints,
    shortcuts,
    family: world.family,
    version: world.version,
    save: async (form) => {
      const read = readProviderForm(form, world.normalizeAddress);
      if (!read.ok) return read.problem;
      // In the click, before any await: the browser asks only then.
      const isGranted = await world.requestAccess(read.origin);
      if (!isGranted) return { field: 'form', message: 'permissionRefused', values: { origin: read.origin } };
      const endpoint: Endpoint = { ...read.endpoint, id: form.endpointId ?? world.newId() };
      const origin = new URL(endpoint.baseUrl).origin;
      if (form.key !== '') await world.secrets.set(endpoint.id, origin, form.key.trim());
      line.send({ type: 'save-endpoint', endpoint });
      return undefined;
    },
    remove: (endpointId) => {
      void world.secrets.remove(endpointId).finally(() => {
        line.send({ type: 'remove-endpoint', endpointId });
      });
    },
    check: models.reload,
    removeKey: async (endpointId) => {
      await world.secrets.remove(endpointId);
      await loadHints(models.settings.value?.endpoints ?? []);
      models.reload(endpointId);
    },
    grantAccess: (origin, endpointId) => {
      void world.requestAccess(origin).then((isGranted) => {
        if (isGranted) models.reload(endpointId);
      });
    },
    chooseLanguage: (language) => {
      line.send({ type: 'choose-language', language });
    },
    openShortcuts: world.openShortcuts,
  };
}
