import { type Signal, signal } from '@preact/signals';

/** What the views of one page share besides the models: which list is open, and the way back to the field. */
export interface Stage {
  readonly isPickerOpen: Signal<boolean>;
  /** Counts up when the field wants the focus. */
  readonly focusAsked: Signal<number>;
  readonly focusField: () => void;
  readonly openPicker: () => void;
  readonly closePicker: () => void;
}

export function createStage(): Stage {
  const isPickerOpen = signal(false);
  const focusAsked = signal(0);
  function focusField(): void {
    focusAsked.value += 1;
  }
  return {
    isPickerOpen,
    focusAsked,
    focusField,
    openPicker: () => {
      isPickerOpen.value = true;
    },
    closePicker: () => {
      isPickerOpen.value = false;
      focusField();
    },
  };
}
