import { type Browser, browser } from 'wxt/browser';

/** The window that a click in this tab belongs to. A click in a sidebar has no tab: it is the window that was last used. */
export async function windowOf(tab: Browser.tabs.Tab | undefined): Promise<number> {
  return tab ? tab.windowId : findNormalWindow();
}

/** The browser window that was last used; -1 where there is none. */
export async function findNormalWindow(): Promise<number> {
  // Not `getLastFocused`: Firefox takes no types there, and would give a small window of ours.
  const normal = (await browser.windows.getAll()).filter(({ type }) => type === 'normal');
  return (normal.find(({ focused }) => focused) ?? normal.at(-1))?.id ?? -1;
}
