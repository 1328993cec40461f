import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { createLastingBackground } from '@/lib/background/lasting-background';
import { keepAsking, loadWire } from '@/lib/browser/asking';
import { createBackgroundWorld } from '@/lib/browser/background-world';
import { browserMessage } from '@/lib/browser/browser-message';
import { openPanelCommand, quickPromptCommand } from '@/lib/browser/command-names';
import { createContextMenus, onCommandChosen } from '@/lib/browser/context-menus';
import { removeOldHeaderRules } from '@/lib/browser/header-rules';
import { announceAwake, onPageLine } from '@/lib/browser/port-channel';
import { openQuickPrompt } from '@/lib/browser/quick-prompt';
import { readSelectionOf } from '@/lib/browser/selection';
import { onSidePanelAsked, openSidePanel, toggleSidePanel } from '@/lib/browser/side-panel';
import { onUpdateAvailable } from '@/lib/browser/update';
import { windowOf } from '@/lib/browser/window-of';
import { commands } from '@/lib/commands/commands';
import { connectPreset, findPreset } from '@/lib/providers/index';

/** So long after a wake what may wait is done. */
const housekeepingMs = 1000;

export default defineBackground(() => {
  keepAsking();
  const findProvider = (id: string) => {
    const preset = findPreset(id);
    return preset && connectPreset(preset, loadWire);
  };
  const background = createLastingBackground({ ...createBackgroundWorld(), findProvider });

  // The browser replays the event that woke the worker only to listeners that are there at once.
  onPageLine(background.accept);
  onSidePanelAsked();
  browser.runtime.onInstalled.addListener(() => void createContextMenus(commands));
  browser.runtime.onStartup.addListener(() => void createContextMenus(commands));
  onUpdateAvailable(background.turnsEnded, background.flush);
  browser.action.onClicked.addListener((tab) => {
    toggleSidePanel(tab.windowId);
  });
  browser.commands.onCommand.addListener((name, tab) => {
    if (name === quickPromptCommand) openQuickPrompt();
    if (name === openPanelCommand) toggleSidePanel(tab?.windowId ?? browser.windows.WINDOW_ID_CURRENT);
  });
  onCommandChosen(commands, (command, info, tab) => {
    // First, while the click still counts: after an await the browser would refuse.
    openSidePanel(tab?.windowId ?? browser.windows.WINDOW_ID_CURRENT);
    void Promise.all([readSelectionOf(info, tab), windowOf(tab)]).then(([selection, windowId]) =>
      background.askAboutPage({
        windowId,
        attachments: [selection],
        ...(command.prompt ? { prompt: browserMessage(command.prompt) } : {}),
      }),
    );
  });

  announceAwake();
  // They touch nothing but requests of ours: what the worker was woken for comes first.
  setTimeout(() => void removeOldHeaderRules().catch(() => undefined), housekeepingMs);
  void background.recover();
});
