import { signal } from '@preact/signals';
import type { ComponentType, VNode } from 'preact';
import { useEffect } from 'preact/hooks';

/** A view that the first paint can do without. */
export interface LazyView<Props> {
  /** Draws nothing until the view is there, and fetches it when nobody has. */
  readonly View: (props: Props) => VNode | null;
  /** Fetches it ahead of time. */
  readonly load: () => Promise<void>;
}

export function lazyView<Props extends object>(fetchView: () => Promise<ComponentType<Props>>): LazyView<Props> {
  const fetched = signal<ComponentType<Props> | undefined>(undefined);
  async function load(): Promise<void> {
    try {
      fetched.value ??= await fetchView();
    } catch {
      // The page was closing, as a rule. If it was not, it is fetched when it is shown.
    }
  }
  return {
    load,
    View: (props) => {
      useEffect(() => void load(), []);
      const View = fetched.value;
      return View ? <View {...props} /> : null;
    },
  };
}
