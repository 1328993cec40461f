import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { ModelRef } from '@/lib/chat/types';
import type { Diagnosis } from '@/lib/doctor/diagnosis';
import type { Failure } from '@/lib/errors/failure';
import type { Endpoint, ModelListing } from '@/lib/providers/provider';
import type { Settings } from '@/lib/store/settings';
import type { Line } from './line';
import type { Panel } from './panel';

export interface CheckUpsWorld {
  readonly line: Line;
  readonly settings: ReadonlySignal<Settings | undefined>;
  /** Asks the user for access to an origin pattern; must be called in the click itself, before any await. */
  readonly requestAccess: (origin: string) => Promise<boolean>;
}

/** What is known of one place where something hurts. */
export type CheckUp =
  | { readonly state: 'looking' }
  | { readonly state: 'found'; readonly diagnosis: Diagnosis }
  /** The background ended meanwhile. */
  | { readonly state: 'lost' }
  /** The browser was asked for access, and did not give it. */
  | { readonly state: 'refused'; readonly diagnosis: Diagnosis }
  /** A model was chosen: there is nothing left to do here. */
  | { readonly state: 'chosen'; readonly model: ModelRef };

/** A place is named by the one who looks: an endpoint's card, a reply that failed. */
export interface CheckUps {
  readonly all: ReadonlySignal<ReadonlyMap<string, CheckUp>>;
  /** Asks the doctor. What a failure says already is not asked again. */
  start(place: string, endpointId: string, failure?: Failure): void;
  /** Asks the model for one token. On the user's click only: it is a real question. */
  askOneToken(place: string, endpointId: string, diagnosis: Diagnosis): void;
  /** Call in the click itself. */
  grantAccess(place: string, endpointId: string, diagnosis: Diagnosis): void;
  /** Lets our requests to this endpoint go without `Origin`, or with it again, and looks what it says then. */
  hideOrigin(place: string, endpointId: string, hidesOrigin?: boolean): void;
  /** Call in the click itself: another origin wants access of its own. The key stays with the origin it was saved for. */
  useAddress(place: string, endpointId: string, diagnosis: Diagnosis): void;
  chooseModel(place: string, endpointId: string, model: ModelListing): void;
}

export function createCheckUps({ line, settings, requestAccess }: CheckUpsWorld): CheckUps {
  const all = signal<ReadonlyMap<string, CheckUp>>(new Map());

  function put(place: string, checkUp: CheckUp): void {
    all.value = new Map(all.peek()).set(place, checkUp);
  }

  line.onMessage((message) => {
    if (message.type === 'diagnosis') put(message.id, { state: 'found', diagnosis: message.diagnosis });
  });
  effect(() => {
    if (line.isOpen.value) return;
    for (const [place, { state }] of all.peek()) if (state === 'looking') put(place, { state: 'lost' });
  });

  function start(
    place: string,
    endpointId: string,
    complaint: { readonly failure?: Failure; readonly model?: string; readonly mayAsk?: boolean } = {},
  ): void {
    line.send({ type: 'diagnose', id: place, endpointId, ...complaint });
    put(place, { state: 'looking' });
  }

  /** The model that a question would go to. */
  function modelOf(endpointId: string, { model, models }: Partial<Diagnosis> = {}): { readonly model?: string } {
    const chosen = settings.peek()?.model;
    const name = model ?? (chosen?.endpointId === endpointId ? chosen.model : models?.[0]?.id);
    return name === undefined ? {} : { model: name };
  }

  function change(endpointId: string, changed: Partial<Endpoint>): void {
    const endpoint = settings.peek()?.endpoints.find(({ id }) => id === endpointId);
    if (endpoint) line.send({ type: 'save-endpoint', endpoint: { ...endpoint, ...changed } });
  }

  /** What was agreed to for one server is not for another. */
  function isSameOrigin(endpointId: string, address: string): boolean {
    const endpoint = settings.peek()?.endpoints.find(({ id }) => id === endpointId);
    return endpoint !== undefined && new URL(endpoint.baseUrl).origin === new URL(address).origin;
  }

  function withAccess(origin: string, place: string, diagnosis: Diagnosis, go: () => void): void {
    requestAccess(origin).then(
      (isGranted) => {
        if (isGranted) go();
        else put(place, { state: 'refused', diagnosis });
      },
      // A browser that won't ask has not given it.
      () => put(place, { state: 'refused', diagnosis }),
    );
  }

  return {
    all,
    start: (place, endpointId, failure) => {
      const named = failure?.model === undefined ? {} : { model: failure.model };
      start(place, endpointId, { ...(failure && { failure }), ...modelOf(endpointId, named) });
    },
    askOneToken: (place, endpointId, diagnosis) => {
      start(place, endpointId, { ...modelOf(endpointId, diagnosis), mayAsk: true });
    },
    grantAccess: (place, endpointId, diagnosis) => {
      const { origin } = diagnosis;
      if (origin !== undefined) withAccess(origin, place, diagnosis, () => start(place, endpointId));
    },
    hideOrigin: (place, endpointId, hidesOrigin = true) => {
      change(endpointId, { hidesOrigin });
      start(place, endpointId);
    },
    useAddress: (place, endpointId, diagnosis) => {
      const { address } = diagnosis;
      if (address === undefined) return;
      const { protocol, hostname } = new URL(address);
      withAccess(`${protocol}//${hostname}/*`, place, diagnosis, () => {
        change(endpointId, { baseUrl: address, ...(isSameOrigin(endpointId, address) ? {} : { hidesOrigin: false }) });
        start(place, endpointId);
      });
    },
    chooseModel: (place, endpointId, { id, label = id }) => {
      const model = { endpointId, model: id, label };
      line.send({ type: 'choose', settings: { model } });
      put(place, { state: 'chosen', model });
    },
  };
}

const ofLines = new WeakMap<Line, CheckUps>();

/** The check-ups of a panel: made when its first one is asked for. */
export function checkUpsOf({
  line,
  models,
  requestAccess,
}: Pick<Panel, 'line' | 'models' | 'requestAccess'>): CheckUps {
  const before = ofLines.get(line);
  if (before) return before;
  const checkUps = createCheckUps({ line, settings: models.settings, requestAccess });
  ofLines.set(line, checkUps);
  return checkUps;
}
