import type { BrowserMessageKey } from '@/lib/i18n/locale-files';

/** A ready-made ask. One list feeds the context menu (and, in time, the slash menu and the shortcuts). */
export interface Command {
  readonly id: string;
  readonly title: BrowserMessageKey;
  /** The question that is sent at once; without it the user is asked for one. */
  readonly prompt?: BrowserMessageKey;
}

/** In the order they are shown. */
export const commands: readonly Command[] = [
  { id: 'ask', title: 'commandAsk' },
  { id: 'explain', title: 'commandExplain', prompt: 'promptExplain' },
  { id: 'summarise', title: 'commandSummarise', prompt: 'promptSummarise' },
  { id: 'translate', title: 'commandTranslate', prompt: 'promptTranslate' },
];
