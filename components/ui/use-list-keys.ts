import { useEffect, useState } from 'preact/hooks';

/** A list whose active option moves by keys while the focus stays in a field: the listbox half of a combobox. */
export interface ListKeys {
  readonly active: number;
  readonly setActive: (index: number) => void;
  /** For the field's `onKeyDown`. */
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

export interface ListKeysOptions {
  readonly count: number;
  readonly first: number;
  /** The active option starts again at `first` whenever this changes. */
  readonly resetKey: string;
  readonly onChoose: (index: number) => void;
  readonly onEscape: () => void;
}

/** https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
export function useListKeys({ count, first, resetKey, onChoose, onEscape }: ListKeysOptions): ListKeys {
  const [wanted, setActive] = useState(first);
  useEffect(() => setActive(first), [resetKey, first]);
  const active = Math.min(wanted, count - 1);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const next = indexAfter(event, active, count);
    if (next !== undefined) setActive(next);
    else if (event.key === 'Enter') onChoose(active);
    else if (event.key === 'Escape') onEscape();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  return { active, setActive, onKeyDown };
}

/** Where an arrow key leads; undefined for keys that don't move. */
function indexAfter(event: KeyboardEvent, active: number, count: number): number | undefined {
  if (count === 0) return undefined;
  switch (event.key) {
    case 'ArrowDown':
      return (active + 1) % count;
    case 'ArrowUp':
      return (active - 1 + count) % count;
    case 'PageDown':
      return Math.min(active + 10, count - 1);
    case 'PageUp':
      return Math.max(active - 10, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
