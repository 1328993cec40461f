import { laterView } from '../ui/later-view';
import { lazyView } from '../ui/lazy-view';

/** The list of conversations, which nobody sees before they open it. */
export const lazyHistory = laterView(async () => (await import('../history/history-view')).HistoryView);

/** It can only be there once something was deleted in the list. */
export const lazyUndoToast = lazyView(async () => (await import('../history/undo-toast')).UndoToast);

/** Seen only when the disk refuses, or has lost something. */
export const lazyStorageNotice = laterView(async () => (await import('./storage-notice')).StorageNotice);

/** The way to what was sent for a reply; nobody looks for it in the first moment. */
export const lazySentButton = lazyView(async () => (await import('../sent/sent-button')).loadSentButton());

/** The list of models, which opens at a click. */
export const lazyModelPicker = laterView(async () => (await import('../composer/model-picker')).ModelPicker);

/** Seen only when somebody looks for servers on this computer. */
export const lazyLocalServers = laterView(async () => (await import('./local-servers')).LocalServers);

/** Only where the browser has a model of its own. */
export const lazyBuiltInWay = laterView(async () => (await import('./built-in-way')).BuiltInWay);
