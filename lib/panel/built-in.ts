import { type ReadonlySignal, signal } from '@preact/signals';

/** The browser's own model, as a page can ask for it. */
export interface BuiltInModel {
  /** Never rejects: a browser that can't tell has none for us. */
  availability(): Promise<'unavailable' | 'downloadable' | 'downloading' | 'available'>;
  /** Call in the click itself while it is `downloadable`. Resolves when the model is there. */
  download(onPercent: (percent: number) => void): Promise<void>;
}

export type BuiltInState =
  | { readonly type: 'checking' | 'unavailable' | 'downloadable' | 'available' }
  | { readonly type: 'downloading'; readonly percent: number }
  /** `reason`: the browser's own words. */
  | { readonly type: 'failed'; readonly reason: string };

export interface BuiltIn {
  readonly state: ReadonlySignal<BuiltInState>;
  /** Asks the browser; a download that is under way is followed. */
  look(): void;
  /** Call in the click itself. */
  download(): void;
}

export function createBuiltIn(model: BuiltInModel): BuiltIn {
  const state = signal<BuiltInState>({ type: 'checking' });
  let isFollowing = false;

  async function follow(): Promise<void> {
    if (isFollowing) return;
    isFollowing = true;
    state.value = { type: 'downloading', percent: 0 };
    try {
      await model.download((percent) => {
        state.value = { type: 'downloading', percent };
      });
      const type = await model.availability();
      state.value = type === 'downloading' ? { type, percent: 100 } : { type };
    } catch (error) {
      state.value = { type: 'failed', reason: error instanceof Error ? error.message : '' };
    } finally {
      isFollowing = false;
    }
  }

  return {
    state,
    look: () => {
      if (isFollowing) return;
      void model.availability().then((type) => {
        if (type === 'downloading') return follow();
        if (!isFollowing) state.value = { type };
        return undefined;
      });
    },
    download: () => void follow(),
  };
}
