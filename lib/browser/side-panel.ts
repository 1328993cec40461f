import { browser } from 'wxt/browser';
import { isOwnPage } from './port-channel';

/** What Firefox has in place of `sidePanel`. https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/sidebarAction */
interface SidebarAction {
  open(): Promise<void>;
  close(): Promise<void>;
  toggle(): Promise<void>;
}

const sidebar = (): SidebarAction => (browser as unknown as { sidebarAction: SidebarAction }).sidebarAction;

/**
 * Opens the side panel of a window. Browsers allow it only in the user's own act: call it first, before any await.
 * Firefox always takes the window that the user is in.
 */
export function openSidePanel(windowId: number): void {
  // Refused means: not in the user's act any more. What was asked for waits in the inbox all the same.
  if (import.meta.env.FIREFOX)
    sidebar()
      .open()
      .catch(() => undefined);
  else browser.sidePanel.open({ windowId }).catch(() => undefined);
}

/**
 * Opens the side panel from the quick prompt, which is about to close. In Chromium a popup that closes after the panel has
 * opened takes the keyboard back to the web page, so there the background opens it: the user's act goes with the message.
 */
export function openSidePanelFromPopup(windowId: number): void {
  if (import.meta.env.FIREFOX) openSidePanel(windowId);
  else
    void browser.runtime
      .sendMessage({ type: openMessage, v: 1, windowId } satisfies OpenMessage)
      .catch(() => undefined);
}

/** Register at the top of the worker. */
export function onSidePanelAsked(): void {
  browser.runtime.onMessage.addListener((message: unknown, sender) => {
    const asked = message as Partial<OpenMessage> | undefined;
    if (asked?.type !== openMessage || typeof asked.windowId !== 'number' || !isOwnPage(sender)) return;
    waitForPopupToClose();
    openSidePanel(asked.windowId);
  });
}

const openMessage = 'open-side-panel';

interface OpenMessage {
  readonly type: typeof openMessage;
  readonly v: 1;
  readonly windowId: number;
}

/** Five milliseconds were enough on a busy machine with two cores. */
const popupClosingMs = 30;

/** Stands still, because the user's act counts in this very turn only: no timer and no event can be waited for. */
function waitForPopupToClose(): void {
  const end = performance.now() + popupClosingMs;
  while (performance.now() < end);
}

/** Opens the side panel, or closes it when it is open in that window. The same rule as for `openSidePanel`. */
export function toggleSidePanel(windowId: number): void {
  if (import.meta.env.FIREFOX) {
    sidebar()
      .toggle()
      .catch(() => undefined);
    return;
  }
  // Asked before it is opened, answered after: opening has to come in the same turn as the click.
  const before = browser.runtime.getContexts({ contextTypes: ['SIDE_PANEL'] });
  openSidePanel(windowId);
  void before.then(async (contexts) => {
    const isOpen = contexts.some(({ documentUrl }) => documentUrl !== undefined && windowOf(documentUrl) === windowId);
    if (!isOpen) return;
    // From Chrome 141; before that, a second click leaves it open.
    const { close } = browser.sidePanel as { close?: (options: { windowId: number }) => Promise<void> };
    await close?.({ windowId });
  });
}

/**
 * Writes into the panel's address which window it is in: `runtime.getContexts` tells addresses, but -1 for the window of
 * every side panel (Chromium 156). Not in Firefox, which loads a sidebar again when it is opened at another address.
 */
export function markPanelWindow(windowId: number): void {
  if (!import.meta.env.FIREFOX) history.replaceState(null, '', `#${windowId}`);
}

function windowOf(documentUrl: string): number {
  return Number(new URL(documentUrl).hash.slice(1));
}
