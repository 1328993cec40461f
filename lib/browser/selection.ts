import { type Browser, browser } from 'wxt/browser';
import type { Attachment } from '@/lib/chat/types';
import { readSelection } from '@/lib/page/read-selection';

/**
 * What the user has selected, with its page. The browser's own `selectionText` has lost its line breaks, so the page is
 * asked (the menu click gives access to it); where no script may go, `selectionText` it is.
 */
export async function readSelectionOf(
  info: Browser.contextMenus.OnClickData,
  tab: Browser.tabs.Tab | undefined,
): Promise<Attachment> {
  const fallback = info.selectionText ?? '';
  const text = tab?.id === undefined || tab.id < 0 ? '' : await readFrame(tab.id, info.frameId ?? 0);
  return {
    id: crypto.randomUUID(),
    kind: 'selection',
    title: tab?.title ?? '',
    url: tab?.url ?? info.pageUrl ?? '',
    // Firefox puts an empty line before a block that is selected whole.
    text: text.trim() === '' ? fallback : text.replaceAll(/^\s*\n|\s+$/g, ''),
  };
}

async function readFrame(tabId: number, frameId: number): Promise<string> {
  try {
    const [frame] = await browser.scripting.executeScript({
      target: { tabId, frameIds: [frameId] },
      func: readSelection,
    });
    return frame?.result ?? '';
  } catch {
    // The browser's own pages, its PDF view, the store, a frame of another site: no script may go there.
    return '';
  }
}
