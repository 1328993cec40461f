/**
 * One interface for driving the built extension in a real Chromium and a real Firefox, so that an end-to-end test is
 * written once. What is real and what is simulated stands at the top of chromium.ts and firefox.ts.
 */
import type { Display } from './display.ts';
import type { BrowserName } from './find-browser.ts';
import type { PageFunction, Surface, TabSurface } from './surface.ts';

export interface LaunchOptions {
  /** The folder of the built extension. */
  readonly extension: string;
  /**
   * Where the window is: on a `virtual` display of its own (Linux with Xvfb), on the person's `desktop`, or `none`
   * (headless). Without it: Chromium gets a virtual display where that can be had, because its shortcuts, menus and
   * prompts are real only there; Firefox is headless.
   */
  readonly screen?: 'virtual' | 'desktop' | 'none';
  /**
   * Keep debuggers off the background, which in Chromium would otherwise never sleep: it then lives and dies as for a
   * user. `evaluateInBackground` and the worker's part of `violations` are not to be had then in Chromium.
   * What a person starts to use (`npm start`) wants this.
   */
  readonly letWorkerSleep?: boolean;
  /**
   * The language of the browser, which the extension follows. English without it. Debian's Chromium stays English
   * unless the package chromium-l10n is there: ask `i18n.getUILanguage()` before a test relies on it.
   */
  readonly language?: 'en' | 'ru';
  /** Show the real prompt for optional permissions (see `answerPermissionPrompt`); without it all are granted when asked for. */
  readonly promptForPermissions?: boolean;
  /** A profile that is kept; without it a new one is made, and removed by `close`. */
  readonly userDataDir?: string;
  /** Firefox only: settings of about:config. */
  readonly prefs?: Readonly<Record<string, string | number | boolean>>;
  /** Every request of the browser goes there, also one to this machine: `http://127.0.0.1:<port>`. */
  readonly proxy?: string;
  /** The first tab's address. */
  readonly url?: string;
}

/** How the panel is opened: by the action itself, by a mouse click on its toolbar button, or by the suggested shortcut. */
export type PanelEntry = 'action' | 'toolbar-click' | 'shortcut';

export interface SubmenuChoice {
  /** The item to choose, among `items`. */
  readonly item: string;
  /** The labels of all items of the extension's submenu, in their order. */
  readonly items: readonly string[];
}

export interface TestBrowser {
  readonly name: BrowserName;
  /** `chrome-extension://…` or `moz-extension://…`, without a slash at the end. */
  readonly extensionOrigin: string;
  /** The browser's own virtual display, if it has one. */
  readonly display: Display | undefined;
  /** Opens the panel of the front window, where none is open, and attaches to it when it is laid out. */
  openPanel(entry?: PanelEntry): Promise<Surface>;
  /** The panel of the first window that has one open. */
  panel(): Promise<Surface | undefined>;
  /** Waits for a panel that something else opens. */
  waitForPanel(): Promise<Surface>;
  /** A new browser window at `url`, in front of the first, with a panel of its own. */
  openSecondWindowPanel(url?: string): Promise<Surface>;
  /** Presses the suggested shortcut and attaches to the popup (or small window) that shows quick.html. */
  openQuickPrompt(): Promise<Surface>;
  /** Waits for the quick prompt that something else opens. */
  waitForQuickPrompt(): Promise<Surface>;
  openOptions(hash?: string): Promise<TabSurface>;
  /** A new tab at the front of the first window, loaded. */
  openTab(url: string): Promise<TabSurface>;
  /** The tab the browser started with. */
  readonly firstTab: TabSurface;
  /** A shortcut of the extension, `Alt+Shift+S`, pressed while the browser's front window has the keyboard. */
  shortcut(keys: string): Promise<void>;
  /**
   * Types into whatever has the keyboard focus of the browser's front window: what a person's typing would reach. On a
   * virtual display in Chromium only; ASCII is safest there.
   */
  typeWhereFocusIs(text: string): Promise<void>;
  /** Selects the text of an element, opens the context menu on it and chooses from the extension's submenu. */
  chooseFromContextMenu(tab: TabSurface, selector: string, choice: SubmenuChoice): Promise<void>;
  /** Gives the extension these origins now, as if it had asked and the user had agreed. Patterns as in the manifest. */
  grantOrigins(origins: readonly string[]): Promise<void>;
  /** Does what makes the extension ask (a click, as a rule), waits for the prompt and answers it. */
  answerPermissionPrompt(ask: () => Promise<void>, allow: boolean): Promise<void>;
  /** Ends the background as the browser does after 30 idle seconds: memory, requests and ports are gone. */
  killWorker(): Promise<void>;
  /** Does not wake it. */
  workerAlive(): Promise<boolean>;
  /** Runs a function in the background, which is woken for it. Its globals are the extension's: `chrome` or `browser`. */
  evaluateInBackground<Result, Arguments extends unknown[] = unknown[]>(
    pageFunction: PageFunction<Arguments, Result>,
    ...parameters: Arguments
  ): Promise<Result>;
  /** Installs a second, unpacked extension; gives its origin. */
  installAnother(extension: string): Promise<string>;
  /** The id by which other extensions know this one. */
  readonly extensionId: string;
  /** Everything in the memory of a page of the extension, `sidepanel.html`, as a heap snapshot's text. Chromium only. */
  readHeap(page: string): Promise<string>;
  /** Uncaught errors, logged errors and violations of the content policy seen so far in pages of the extension. */
  violations(): Promise<readonly string[]>;
  /** A PNG of the whole window, the browser's own parts included. Headless Chromium cannot: it throws. */
  screenshotWindow(path: string): Promise<void>;
  /** Settles when the person closes the browser, or it ends for another reason. */
  readonly closed: Promise<void>;
  /** Kills the browser without warning (SIGKILL), as a power cut would. Its profile stays. */
  crash(): Promise<void>;
  close(): Promise<void>;
}
