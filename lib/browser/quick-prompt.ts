import { browser } from 'wxt/browser';

const page = 'quick.html';

/**
 * Opens the quick prompt over whatever the user is doing: as the popup of the toolbar button, which needs no access to
 * the page under it; in a small window of its own where there is no such popup. Call it in the user's act itself.
 *
 * The button has a popup only for this moment, so that a click on it goes on to open the side panel.
 */
export function openQuickPrompt(): void {
  void browser.action.setPopup({ popup: page });
  const opening = browser.action.openPopup();
  void browser.action.setPopup({ popup: '' });
  opening.catch(openInWindow);
}

async function openInWindow(): Promise<void> {
  // Refused because the prompt is open already: the shortcut was pressed twice.
  const popups = await browser.runtime.getContexts({ contextTypes: ['POPUP'] });
  if (popups.length > 0) return;
  await browser.windows.create({ url: `${page}?window`, type: 'popup', width: 600, height: 420 });
}
