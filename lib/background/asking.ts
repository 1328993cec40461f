import { createLedger } from '@/lib/store/ledger';
import { type CheckUps, type CheckUpsWorld, createCheckUps } from './check-ups';
import { type Door, type DoorWorld, openDoor } from './door';
import { createPulls, type Pulls, type PullsWorld } from './pulls';
import { createSentLog, type SentLog, type SentLogWorld } from './sent-log';
import { createTurns, type Turns, type TurnsWorld } from './turns';
import { createWitnesses } from './witness';

type Inner = 'fetch' | 'sent' | 'callWitness';

export interface AskingWorld
  extends
    Omit<DoorWorld, Inner>,
    Omit<TurnsWorld, Inner>,
    Omit<CheckUpsWorld, Inner>,
    Omit<PullsWorld, Inner>,
    SentLogWorld {
  readonly fetch: DoorWorld['fetch'];
  readonly newId: () => string;
  /** Sets the rules about `Origin`, which a new browser has not got yet. */
  readonly hideOrigin: () => Promise<void>;
}

/** All that makes requests, and nothing else: the background reads it when something is asked (`entrypoints/asking.ts`). */
export interface Asking {
  readonly door: Door;
  readonly turns: Turns;
  readonly sent: SentLog;
  readonly checkUps: CheckUps;
  readonly pulls: Pulls;
}

/** Made once in the life of a background. */
export type OpenAsking = (world: Omit<AskingWorld, 'doctor'>) => Asking;

export function openAsking(world: AskingWorld): Asking {
  const callWitness = createWitnesses({ ...world, ledger: createLedger(world.store) });
  const openedDoor = openDoor({ ...world, callWitness });
  let originHidden: Promise<void> | undefined;
  /** The rules about `Origin` are there before the first request is. */
  const door: Door = async (url, init, errand) => {
    originHidden ??= world.hideOrigin();
    await originHidden;
    return openedDoor(url, init, errand);
  };
  const inner = { ...world, fetch: door };
  const sent = createSentLog(world);
  return {
    door,
    turns: createTurns({ ...inner, sent }),
    sent,
    checkUps: createCheckUps(inner),
    pulls: createPulls(inner),
  };
}
