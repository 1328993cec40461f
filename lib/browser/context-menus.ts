import { type Browser, browser } from 'wxt/browser';
import type { Command } from '@/lib/commands/commands';
import { browserMessage } from './browser-message';

const parentId = 'ava';

/** Makes the menu anew. To be called when the extension was installed or updated, and when the browser has started. */
export async function createContextMenus(commands: readonly Command[]): Promise<void> {
  await browser.contextMenus.removeAll();
  const contexts: Browser.contextMenus.CreateProperties['contexts'] = ['selection'];
  browser.contextMenus.create({ id: parentId, title: browserMessage('menuAsk'), contexts });
  for (const { id, title } of commands) {
    browser.contextMenus.create({ id: `${parentId}/${id}`, parentId, title: browserMessage(title), contexts });
  }
}

/** Register at the top of the worker. The listener must open the panel before its first await. */
export function onCommandChosen(
  commands: readonly Command[],
  listener: (command: Command, info: Browser.contextMenus.OnClickData, tab: Browser.tabs.Tab | undefined) => void,
): void {
  browser.contextMenus.onClicked.addListener((info, tab) => {
    const command = commands.find(({ id }) => info.menuItemId === `${parentId}/${id}`);
    if (command) listener(command, info, tab);
  });
}
