import { computed, effect, type ReadonlySignal, signal, untracked } from '@preact/signals';
import { localPattern } from '@/lib/doctor/local-ports';
import { describeFailure } from '@/lib/errors/describe-failure';
import { type Failure, toFailure } from '@/lib/errors/failure';
import type { AnyKey } from '@/lib/i18n/en/later';
import type { PageSide } from '@/lib/protocol/messages';
import { type Endpoint, onDeviceAddress } from '@/lib/providers/provider';
import { type Settings, usualLongestReply, usualSilenceSeconds } from '@/lib/store/settings';
import type { KeyLock } from '@/lib/store/key-lock';
import type { Secrets } from '@/lib/store/secrets';
import { type BuiltIn, type BuiltInModel, createBuiltIn } from './built-in';
import { type CheckUps, createCheckUps } from './check-ups';
import { createKeys, type Keys } from './keys';
import { createLine } from './line';
import type { LoadField } from './load-fields';
import { createModels, type ModelGroup } from './models';
import { createPrivacy, type Privacy, type PrivacyWorld } from './privacy';
import { type ProviderForm, readProviderForm } from './provider-form';
import { createPulls, type Pulls } from './pulls';
import { createServerSearch, type ServerSearch } from './server-search';

/** A provider as the settings show it; the registry itself is the background's. */
export interface ProviderChoice {
  readonly id: string;
  readonly label: string;
  readonly baseUrl: string;
  readonly key: { readonly needed: 'yes' | 'no' | 'optional'; readonly url?: string };
  readonly hasModels: boolean;
  readonly working?: boolean;
  /** How its address looks where only the user can say it. */
  readonly example?: string;
  /** Where it is: on one's own computer, at a vendor, or wherever the user says. */
  readonly place: 'computer' | 'vendor' | 'anywhere';
}

export type NormalizeAddress = (
  input: string,
  providerId: string,
) =>
  | {
      readonly ok: true;
      readonly url: string;
      /** The match pattern for access; '' where none is needed. */
      readonly origin: string;
      /** What to say about it before it is saved. */
      readonly warning?: AnyKey;
    }
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
  /** undefined where the browser has none: then it is not offered. */
  readonly builtInModel?: BuiltInModel | undefined;
  readonly secrets: Secrets;
  readonly copy: (text: string) => Promise<void>;
  readonly keyLock: KeyLock;
  readonly newId: () => string;
  readonly now: () => number;
  /** Asks the user for access to an origin pattern; must be called in the click itself, before any await. */
  readonly requestAccess: (origin: string) => Promise<boolean>;
  readonly shortcuts: () => Promise<readonly Shortcut[]>;
  readonly family: 'chrome' | 'firefox';
  readonly version: string;
  /** Opens the browser's own page for changing shortcuts. */
  readonly openShortcuts: () => void;
  readonly privacy: PrivacyWorld;
}

/** What is wrong with a form, by field; `values` fill the message. */
export interface FormProblem {
  readonly field: 'baseUrl' | 'key' | 'passphrase' | LoadField | 'headers' | 'body' | 'form';
  readonly message: AnyKey;
  readonly values: Readonly<Record<string, string | number>>;
}

/** The settings that are changed on this page as they are. */
export type ChosenHere =
  | 'language'
  | 'silenceSeconds'
  | 'longestReply'
  | 'prices'
  | 'defaults'
  | 'modelDefaults'
  | 'fallbacks';

export interface Options {
  readonly providers: readonly ProviderChoice[];
  readonly builtIn: BuiltIn | undefined;
  readonly settings: ReadonlySignal<Settings | undefined>;
  /** What ends an answer, also where nothing was chosen. */
  readonly limits: ReadonlySignal<Required<Pick<Settings, 'silenceSeconds' | 'longestReply'>>>;
  /** Each endpoint with what it answered when asked for its models: its true state. */
  readonly groups: ReadonlySignal<readonly ModelGroup[]>;
  readonly checkUps: CheckUps;
  readonly pulls: Pulls;
  readonly serverSearch: ServerSearch;
  /** Call in the click itself: it asks for access to this computer first. */
  findServers(): void;
  readonly keys: Keys;
  /** Why nothing is being saved; null when all is well. */
  readonly notSaving: ReadonlySignal<Failure | null>;
  readonly privacy: Privacy;
  readonly shortcuts: ReadonlySignal<readonly Shortcut[]>;
  readonly family: 'chrome' | 'firefox';
  readonly version: string;
  readonly normalizeAddress: NormalizeAddress;
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
  /** Why the background can't save. */
  const saving = signal<Failure | null>(null);
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

  /** What these endpoints can do with the key they have now is to be seen. */
  function reload(endpointIds: readonly string[]): void {
    for (const { id } of models.settings.peek()?.endpoints ?? []) if (endpointIds.includes(id)) models.reload(id);
  }

  const keys = createKeys({ ...world, onChanged: reload });
  const pulls = createPulls({ line, settings: models.settings, requestAccess: world.requestAccess });

  /** Headers may be keys, too: that they go to another host is said once, and saving again agrees to it. */
  let agreedHeaders = '';
  function askAboutHeaders({
    endpointId,
    baseUrl,
    headers,
  }: Pick<Endpoint, 'baseUrl' | 'headers'> & { endpointId: string | undefined }): FormProblem | undefined {
    const before = models.settings.peek()?.endpoints.find(({ id }) => id === endpointId);
    const { host } = new URL(baseUrl);
    if (!before || new URL(before.baseUrl).host === host) return undefined;
    const carried = Object.entries(headers).filter(([name, value]) => before.headers[name] === value);
    const asked = JSON.stringify([endpointId, host, carried]);
    if (carried.length === 0 || agreedHeaders === asked) return undefined;
    agreedHeaders = asked;
    return { field: 'headers', message: 'headersGoAlong', values: { host } };
  }

  /** A key that was saved for another origin stays there, so an address that needs one asks for it again. */
  function askKeyAgain({ endpointId, providerId, key }: ProviderForm, origin: string): FormProblem | undefined {
    const isNeeded = world.providers.find(({ id }) => id === providerId)?.key.needed === 'yes';
    const before = keys.saved.peek().find((saved) => saved.endpointId === endpointId);
    if (!isNeeded || !before || before.origin === origin || key.trim() !== '') return undefined;
    return { field: 'key', message: 'keyAskedAgain', values: { origin: before.origin } };
  }

  /** Keeps the key that was typed; where none was, the one that is there is kept in the way that was chosen. */
  async function keepKey(
    { key: typed, kept = 'browser', passphrase = '' }: ProviderForm,
    endpointId: string,
    origin: string,
  ): Promise<FormProblem | undefined> {
    const before = keys.saved.peek().find((saved) => saved.endpointId === endpointId && saved.origin === origin);
    const isKeptSo = !before || (before.kept === 'session') === (kept === 'session');
    if (typed.trim() === '' && isKeptSo) return undefined;
    try {
      const key = typed.trim() || (await world.secrets.get(endpointId, origin));
      if (await world.secrets.set(endpointId, origin, { key, kept, passphrase })) return undefined;
      return { field: 'passphrase', message: passphrase === '' ? 'passphraseNeeded' : 'passphraseWrong', values: {} };
    } catch (error) {
      const { sentence, values } = describeFailure(toFailure(error));
      return { field: 'form', message: sentence, values };
    }
  }

  effect(() => {
    const settings = models.settings.value;
    if (!settings) return;
    void keys.read();
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
    providers: world.providers.filter(({ baseUrl }) => baseUrl !== onDeviceAddress || world.builtInModel),
    builtIn: world.builtInModel && createBuiltIn(world.builtInModel),
    settings: models.settings,
    limits: computed(() => ({
      silenceSeconds: models.settings.value?.silenceSeconds ?? usualSilenceSeconds,
      longestReply: models.settings.value?.longestReply ?? usualLongestReply,
    })),
    groups: models.groups,
    checkUps: createCheckUps({ line, settings: models.settings, requestAccess: world.requestAccess }),
    pulls,
    serverSearch,
    findServers: () => {
      serverSearch.start(world.requestAccess(localPattern));
    },
    keys,
    privacy: createPrivacy(world.privacy, line),
    notSaving: computed(() => saving.value ?? keys.failure.value),
    shortcuts,
    family: world.family,
    version: world.version,
    normalizeAddress: world.normalizeAddress,
    save: async (form) => {
      const read = readProviderForm(form, world.normalizeAddress);
      if (!read.ok) return read.problem;
      const origin = new URL(read.endpoint.baseUrl).origin;
      const missing = askKeyAgain(form, origin) ?? askAboutHeaders({ ...read.endpoint, endpointId: form.endpointId });
      if (missing) return missing;
      // In the click, before any await: the browser asks only then. One that won't ask has not given it.
      const isGranted = read.origin === '' || (await world.requestAccess(read.origin).catch(() => false));
      if (!isGranted) return { field: 'form', message: 'permissionRefused', values: { origin: read.origin } };
      const before = models.settings.value?.endpoints.find(({ id }) => id === form.endpointId);
      const endpoint: Endpoint = {
        ...keptOf(before, read.endpoint),
        ...read.endpoint,
        id: form.endpointId ?? world.newId(),
      };
      const problem = await keepKey(form, endpoint.id, origin);
      if (problem) return problem;
      models.outdate(endpoint.id);
      line.send({ type: 'save-endpoint', endpoint });
      return undefined;
    },
    remove: (endpointId) => {
      // Where the place of the keys refuses, the page says so, and the provider goes all the same.
      void keys.remove(endpointId).then(() => {
        line.send({ type: 'remove-endpoint', endpointId });
      });
    },
    check: models.reload,
    removeKey: async (endpointId) => {
      if (await keys.remove(endpointId)) reload([endpointId]);
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
    choose: models.change,
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
