/**
 * The part of the Firefox driver that runs inside the browser's own window, with all privileges: it does what WebDriver
 * has no command for. Everything a page is shown in (tab, sidebar, popup) is a `<browser>` element, named here by its
 * `browserId`, which outlives navigations.
 *
 * These are the browser's internals and may change with a version. Tried with Firefox ESR 153.
 */

export interface Privileged {
  setLanguage(language: string): void;
  /** The panels (sidebars) that show an address starting so. */
  listPanels(prefix: string): readonly number[];
  /** Open popups, or tabs, that show an address starting so. */
  listPopups(prefix: string): readonly number[];
  currentTab(): number;
  /** Ends when the page is loaded. */
  openTab(url: string): Promise<number>;
  load(browserId: number, url: string): Promise<void>;
  /** Opens a window, which becomes the front one. */
  openWindow(url: string): Promise<void>;
  bringToFront(browserId: number): void;
  isOpen(browserId: number): boolean;
  close(browserId: number): void;
  url(browserId: number): string;
  /** Evaluates an expression in the document; gives the JSON of its awaited value. A user gesture until its first await. */
  evaluate(browserId: number, expression: string): Promise<string | undefined>;
  /** Asks for the keyboard: it is there when the document says so (`hasFocus`). */
  focus(browserId: number): void;
  /** A trusted click at a point of the document. */
  click(browserId: number, x: number, y: number, button: number): void;
  /** Trusted keys to what has the focus in the front window; with a browserId, that browser is focused before. */
  press(browserId: number | undefined, modifiers: readonly string[], key: string): void;
  type(browserId: number | undefined, text: string): void;
  triggerAction(): void;
  /** Clicks the extension's toolbar button with the mouse; pins it first. */
  clickToolbarButton(): Promise<void>;
  isContextMenuOpen(): boolean;
  /** Opens the extension's submenu in the open context menu and chooses the item; gives the labels it found there. */
  chooseFromContextMenu(item: string): Promise<readonly string[]>;
  isPromptOpen(): boolean;
  answerPrompt(allow: boolean): void;
  grantOrigins(origins: readonly string[]): Promise<void>;
  /** Wakes the background page when it sleeps. */
  background(): Promise<number>;
  isBackgroundAlive(): boolean;
  killBackground(): Promise<void>;
  /** Of an extension, by its id. */
  originOf(id: string): string;
  violations(): readonly string[];
  /** PNG in base64. */
  pictureOfWindow(): Promise<string>;
  pictureOfBrowser(browserId: number, size: { width?: number; height?: number; scheme?: string }): Promise<string>;
}

/** Its source is sent to Firefox and called there. */
export function makePrivileged(addonId: string): Privileged;
