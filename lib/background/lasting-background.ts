import { type Failure, toFailure } from '@/lib/errors/failure';
import type { KeyValue } from '@/lib/store/key-value';
import { type Background, type BackgroundWorld, createBackground } from './background';

export interface LastingBackgroundWorld extends Omit<BackgroundWorld, 'forgetStored'> {
  /** Lets pages whose line has ended come back. */
  readonly announceAwake: () => void;
}

/** A background that can begin anew, as after the installation, when everything that is stored was deleted. */
export function createLastingBackground(world: LastingBackgroundWorld): Background {
  let current = begin();

  function begin(): Background {
    let isOver = false;
    const unlessOver = (write: () => Promise<void>): Promise<void> => (isOver ? Promise.resolve() : write());
    return createBackground({
      ...world,
      // What the old one still holds in its memory must not come back.
      store: {
        ...world.store,
        set: (records) => unlessOver(() => world.store.set(records)),
        remove: (keys) => unlessOver(() => world.store.remove(keys)),
      },
      forgetStored: async () => {
        isOver = true;
        const failure = await removeAll(world.store);
        current = begin();
        // When the pages have been told, and their old lines have ended.
        setTimeout(world.announceAwake);
        return failure;
      },
    });
  }

  return {
    recover: () => current.recover(),
    accept: (line) => {
      current.accept(line);
    },
    askAboutPage: (ask) => current.askAboutPage(ask),
    turnsEnded: () => current.turnsEnded(),
    flush: () => current.flush(),
  };
}

/** Removed in portions: a disk that takes many at once lets itself be waited for longer than a write may take. */
const portion = 500;

async function removeAll(store: KeyValue): Promise<Failure | null> {
  try {
    const keys = await store.keys();
    for (let start = 0; start < keys.length; start += portion) {
      await store.remove(keys.slice(start, start + portion));
    }
    return (await store.keys()).length === 0 ? null : { kind: 'storage' };
  } catch (error) {
    return toFailure(error);
  }
}
