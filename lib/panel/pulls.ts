import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Pull } from '@/lib/protocol/messages';
import type { Settings } from '@/lib/store/settings';
import type { Line } from './line';
import type { Panel } from './panel';

export type ShownPull =
  | Pull
  /** The background ended meanwhile, and the download with it. */
  | (Pick<Pull, 'endpointId' | 'model'> & { readonly state: 'lost' });

export interface PullsWorld {
  readonly line: Line;
  readonly settings: ReadonlySignal<Settings | undefined>;
  /** Asks the user for access to an origin pattern; must be called in the click itself, before any await. */
  readonly requestAccess: (origin: string) => Promise<boolean>;
}

/** Models that servers download: the background sees to it, and this page watches. */
export interface Pulls {
  /** Oldest first, at most one a model of an endpoint. */
  readonly all: ReadonlySignal<readonly ShownPull[]>;
  start(endpointId: string, model: string): void;
  /** Goes on where it ended. Call in the click itself: where access was missing, it is asked for. */
  goOn(pull: ShownPull): void;
  cancel(pull: ShownPull): void;
  /** Lets the next question go to this model. */
  choose(endpointId: string, model: string): void;
  /** Whether the next question goes to it. Follows the settings. */
  isChosen(endpointId: string, model: string): boolean;
}

export function createPulls({ line, settings, requestAccess }: PullsWorld): Pulls {
  const all = signal<readonly ShownPull[]>([]);

  function put(pull: ShownPull): void {
    const isSame = (other: ShownPull): boolean => other.endpointId === pull.endpointId && other.model === pull.model;
    const before = all.peek();
    all.value = before.some(isSame) ? before.map((other) => (isSame(other) ? pull : other)) : [...before, pull];
  }

  function read(): void {
    line.send({ type: 'read-pulls' });
  }

  line.onMessage((message) => {
    if (message.type === 'pull') put(message.pull);
  });
  line.onOpen(read);
  // What was started before this page, or before this part of it, was there. A background that sleeps does nothing.
  if (line.isOpen.peek()) read();
  effect(() => {
    if (line.isOpen.value) return;
    for (const { endpointId, model, state } of all.peek()) {
      if (state === 'running') put({ endpointId, model, state: 'lost' });
    }
  });

  function start(endpointId: string, model: string): void {
    line.send({ type: 'pull-model', endpointId, model });
    put({ endpointId, model, state: 'running', step: 'preparing', completedBytes: 0, totalBytes: 0 });
  }

  return {
    all,
    start,
    goOn: (pull) => {
      const { endpointId, model } = pull;
      const origin = pull.state === 'failed' ? pull.failure.origin : undefined;
      if (origin === undefined) return start(endpointId, model);
      void requestAccess(origin)
        // One that won't ask has not given it: it goes on saying so.
        .catch(() => false)
        .then((isGranted) => {
          if (isGranted) start(endpointId, model);
        });
    },
    cancel: ({ endpointId, model }) => {
      line.send({ type: 'cancel-pull', endpointId, model });
    },
    choose: (endpointId, model) => {
      line.send({ type: 'choose', settings: { model: { endpointId, model, label: model } } });
    },
    isChosen: (endpointId, model) => {
      const chosen = settings.value?.model;
      return chosen?.endpointId === endpointId && chosen.model === model;
    },
  };
}

const ofLines = new WeakMap<Line, Pulls>();

/** The downloads that a panel watches: made when one is offered first. */
export function pullsOf({ line, models, requestAccess }: Pick<Panel, 'line' | 'models' | 'requestAccess'>): Pulls {
  const before = ofLines.get(line);
  if (before) return before;
  const pulls = createPulls({ line, settings: models.settings, requestAccess });
  ofLines.set(line, pulls);
  return pulls;
}

/** The name in what was typed: a whole command may have been copied from a page. */
export function modelInTyped(typed: string): string {
  return typed.trim().replace(/^ollama\s+(?:pull|run)\s+/, '');
}
