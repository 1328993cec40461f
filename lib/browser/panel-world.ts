import { browser } from 'wxt/browser';
import type { PanelWorld } from '@/lib/panel/panel';
import { withPatience } from '@/lib/store/patient-key-value';
import { readRecords } from '@/lib/store/read-records';
import { createPageMemory } from '@/lib/store/page-memory';
import { download } from './download';
import { localKeyValue, sessionKeyValue } from './key-value';
import { beginAnew, pageWorld, readLanguage } from './page-world';
import { markPanelWindow, openSidePanelFromPopup } from './side-panel';
import { findNormalWindow } from './window-of';

/** The browser as the side panel and the quick prompt see it, and the language the user has chosen. */
export async function createPanelWorld(
  surface: PanelWorld['surface'],
): Promise<{ readonly world: PanelWorld; readonly language: Promise<string> }> {
  const language = readLanguage();
  const windowId = await findWindow();
  if (surface === 'panel') markPanelWindow(windowId);
  const world: PanelWorld = {
    ...pageWorld,
    surface,
    windowId,
    memory: createPageMemory({
      local: withPatience(localKeyValue()),
      session: withPatience(sessionKeyValue()),
      atOnce: localStorage,
    }),
    offersBuiltIn: async () => {
      const { findBuiltInModel } = await import('./built-in-model');
      return ((await findBuiltInModel()?.availability()) ?? 'unavailable') !== 'unavailable';
    },
    openOptions: (place) => {
      void browser.tabs.create({ url: browser.runtime.getURL(`/options.html${place ? `#${place}` : ''}`) });
    },
    openPanel: () => {
      openSidePanelFromPopup(windowId);
    },
    beginAnew,
    download,
    readRecords: (conversationId) => readRecords(withPatience(localKeyValue()), conversationId),
  };
  return { world, language };
}

/** The browser window this page belongs to; for a page in a small window of its own, the one the user came from. */
async function findWindow(): Promise<number> {
  const own = await browser.windows.getCurrent();
  return own.type === 'normal' && own.id !== undefined ? own.id : findNormalWindow();
}
