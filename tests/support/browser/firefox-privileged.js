/* global BrowsingContext, Cc, ChromeUtils, Ci, Cu, OffscreenCanvas, Services, WebExtensionPolicy, window */
// Plain JavaScript, because none of the browser's internals has types. What it promises stands in firefox-privileged.d.ts.

export function makePrivileged(addonId) {
  const widgetId = `${addonId.toLowerCase().replaceAll(/[^a-z0-9_-]/g, '_')}-browser-action`;
  const extension = () => WebExtensionPolicy.getByID(addonId).extension;
  const windows = () => [...Services.wm.getEnumerator('navigator:browser')];
  const frontWindow = () => Services.wm.getMostRecentWindow('navigator:browser');
  const element = (browserId) => {
    const browser = BrowsingContext.getCurrentTopByBrowserId(browserId)?.embedderElement;
    if (!browser?.isConnected) throw new Error('the page is gone');
    return browser;
  };
  const topWindow = (browser) => browser.ownerDocument.defaultView.browsingContext.topChromeWindow;
  const isPanel = (browser) => browser.id === 'webext-panels-browser';
  const isPopup = (browser) => browser.classList.contains('webextension-popup-browser');

  const errors = [];
  Services.console.registerListener({
    observe(message) {
      if (!(message instanceof Ci.nsIScriptError)) return;
      const isOurs = message.sourceName.startsWith(
        `moz-extension://${WebExtensionPolicy.getByID(addonId)?.mozExtensionHostname}`,
      );
      const isWarning = (message.flags & Ci.nsIScriptError.warningFlag) !== 0 && !message.category.startsWith('CSP');
      // A page that is being closed has no frames any more: Firefox throws this at whoever asks for one then.
      const isClosing = message.errorMessage.includes('NS_ERROR_NOT_INITIALIZED');
      if (isOurs && !isWarning && !isClosing)
        errors.push(`${message.sourceName}:${message.lineNumber}:${message.columnNumber}: ${message.errorMessage}`);
    },
  });

  /** Ends with the load that comes next, about:blank aside. */
  const nextLoad = (win, browser, isInitial) =>
    new Promise((resolve) => {
      const listener = {
        onStateChange(loading, progress, _request, flags) {
          const ended = Ci.nsIWebProgressListener.STATE_STOP | Ci.nsIWebProgressListener.STATE_IS_NETWORK;
          if (loading !== browser || !progress.isTopLevel || (flags & ended) !== ended) return;
          if (isInitial && browser.currentURI.spec === 'about:blank') return;
          win.gBrowser.removeTabsProgressListener(listener);
          resolve();
        },
      };
      win.gBrowser.addTabsProgressListener(listener);
    });

  const triggeringPrincipal = Services.scriptSecurityManager.getSystemPrincipal();
  const addTab = async (win, url) => {
    const tab = win.gBrowser.addTab(url, { triggeringPrincipal });
    win.gBrowser.selectedTab = tab;
    if (url !== 'about:blank') await nextLoad(win, tab.linkedBrowser, true);
    tab.linkedBrowser.focus();
    return tab.linkedBrowser.browserId;
  };

  const giveFocus = (win, browser) => {
    // Focusing a window that has the focus would take it from an open popup.
    if (Services.focus.activeWindow !== win) win.focus();
    if (browser && win.document.activeElement !== browser) browser.focus();
  };
  const withKeys = (browserId, act) => {
    const browser = browserId === undefined ? undefined : element(browserId);
    const win = browser ? topWindow(browser) : frontWindow();
    giveFocus(win, browser);
    const processor = Cc['@mozilla.org/text-input-processor;1'].createInstance(Ci.nsITextInputProcessor);
    processor.beginInputTransactionForTests(win);
    act(processor, (key, code) => new win.KeyboardEvent('', { key, code }));
  };
  // Only a key that is no character needs its code, and a letter in a shortcut.
  const codeOf = (key) => (/^[A-Za-z]$/.test(key) ? `Key${key.toUpperCase()}` : key.length === 1 ? '' : key);

  const mouse = (browser, x, y, button) => {
    const win = topWindow(browser);
    // Panels lie in documents of their own inside the window's document.
    for (let outer = browser; outer; outer = outer.ownerDocument.defaultView.browsingContext.embedderElement) {
      const box = outer.getBoundingClientRect();
      x += box.x;
      y += box.y;
    }
    const send = (type, details) => win.synthesizeMouseEvent(type, x, y, details, {});
    send('mousemove', {});
    send('mousedown', { button, buttons: button === 2 ? 2 : 1, clickCount: 1 });
    if (button === 2) send('contextmenu', { button, clickCount: 1 });
    send('mouseup', { button, buttons: 0, clickCount: 1 });
  };

  const promptId = 'addon-webext-permissions-notification';
  const promptWindow = () =>
    windows().find(
      (win) =>
        win.PopupNotifications.panel.state === 'open' &&
        win.PopupNotifications.panel.firstElementChild?.id === promptId,
    );

  const toPng = async (bitmap) => {
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    canvas.getContext('2d').drawImage(bitmap, 0, 0);
    const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
    return bytes.toBase64();
  };
  const untilTrue = async (ask) => {
    const end = Date.now() + 40_000;
    while (!(await ask())) {
      if (Date.now() > end) throw new Error(`not within 40 s: ${ask}`);
      await new Promise((resolve) => {
        window.setTimeout(resolve, 20);
      });
    }
  };

  const privileged = {
    setLanguage(language) {
      const wanted = language === 'en' ? 'en-US' : language;
      Services.locale.availableLocales = [...new Set([...Services.locale.availableLocales, wanted])];
      Services.locale.requestedLocales = [wanted];
    },
    listPanels: (prefix) =>
      windows().flatMap((win) => {
        const browser = win.SidebarController.browser?.contentDocument?.getElementById('webext-panels-browser');
        return win.SidebarController.isOpen && browser?.currentURI?.spec.startsWith(prefix) ? [browser.browserId] : [];
      }),
    listPopups: (prefix) =>
      windows().flatMap((win) => {
        const popups = [...win.document.querySelectorAll('panel .webextension-popup-browser')].filter(
          (browser) => browser.closest('panel').state === 'open',
        );
        return [...popups, ...win.gBrowser.browsers]
          .filter((browser) => browser.currentURI.spec.startsWith(prefix))
          .map((browser) => browser.browserId);
      }),
    currentTab: () => frontWindow().gBrowser.selectedBrowser.browserId,
    openTab: (url) => addTab(windows()[0], url),
    async load(browserId, url) {
      const browser = element(browserId);
      const loaded = nextLoad(topWindow(browser), browser, false);
      browser.fixupAndLoadURIString(url, { triggeringPrincipal });
      await loaded;
    },
    async openWindow(url) {
      const known = windows();
      window.OpenBrowserWindow();
      await untilTrue(() => windows().some((win) => !known.includes(win) && win.gBrowserInit?.delayedStartupFinished));
      const win = windows().find((candidate) => !known.includes(candidate));
      win.focus();
      await untilTrue(() => frontWindow() === win);
      if (url !== 'about:blank') await addTab(win, url);
    },
    bringToFront(browserId) {
      const browser = element(browserId);
      const win = topWindow(browser);
      win.focus();
      win.gBrowser.selectedTab = win.gBrowser.getTabForBrowser(browser);
      browser.focus();
    },
    isOpen(browserId) {
      const browser = BrowsingContext.getCurrentTopByBrowserId(browserId)?.embedderElement;
      if (!browser?.isConnected) return false;
      return isPopup(browser) ? browser.closest('panel').state === 'open' : true;
    },
    close(browserId) {
      const browser = element(browserId);
      const win = topWindow(browser);
      if (isPanel(browser)) win.SidebarController.hide();
      else if (isPopup(browser)) browser.closest('panel').hidePopup();
      else win.gBrowser.removeTab(win.gBrowser.getTabForBrowser(browser));
    },
    url: (browserId) => element(browserId).currentURI.spec,
    async evaluate(browserId, expression) {
      const browser = element(browserId);
      const { messageManager } = browser;
      const name = `ava-driver:${Math.random()}`;
      const source = `(async () => JSON.stringify(await ${expression}))()`;
      if (!browser.isRemoteBrowser) {
        // Pages of the browser itself run in its own process.
        const { contentWindow } = browser;
        return Cu.evalInSandbox(
          source,
          new Cu.Sandbox(contentWindow, { sandboxPrototype: contentWindow, wantXrays: false }),
        );
      }
      // The content policy of a page does not bind a sandbox around it.
      const script = `
        const handle = content.windowUtils.setHandlingUserInput(true);
        let done;
        try {
          const box = new Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false });
          done = Promise.resolve(Cu.evalInSandbox(${JSON.stringify(source)}, box));
        } catch (error) { done = Promise.reject(error); } finally { handle.destruct(); }
        done.then((value) => sendAsyncMessage('${name}', { value }), (error) => sendAsyncMessage('${name}', { error: String(error) }));`;
      return new Promise((resolve, reject) => {
        const timer = window.setTimeout(() => reject(new Error('the page did not answer within 60 s')), 60_000);
        messageManager.addMessageListener(name, function listener({ data: { value, error } }) {
          messageManager.removeMessageListener(name, listener);
          window.clearTimeout(timer);
          if (error) reject(new Error(error));
          else resolve(value);
        });
        messageManager.loadFrameScript(
          `data:application/javascript;charset=utf-8,${encodeURIComponent(`{${script}}`)}`,
          false,
        );
      });
    },
    focus(browserId) {
      const browser = element(browserId);
      giveFocus(topWindow(browser), browser);
    },
    click: (browserId, x, y, button) => mouse(element(browserId), x, y, button),
    press(browserId, modifiers, key) {
      withKeys(browserId, (processor, make) => {
        const all = [...modifiers.map((modifier) => make(modifier, `${modifier}Left`)), make(key, codeOf(key))];
        for (const event of all) processor.keydown(event);
        for (const event of all.toReversed()) processor.keyup(event);
      });
    },
    type(browserId, text) {
      withKeys(browserId, (processor, make) => {
        for (const key of text) {
          const event = make(key, '');
          processor.keydown(event);
          processor.keyup(event);
        }
      });
    },
    triggerAction() {
      const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
      ExtensionParent.apiManager.global.browserActionFor(extension()).triggerAction(frontWindow());
    },
    async clickToolbarButton() {
      const win = frontWindow();
      win.CustomizableUI.addWidgetToArea(widgetId, 'nav-bar');
      const button = () =>
        win.document.getElementById(widgetId)?.querySelector('.unified-extensions-item-action-button');
      await untilTrue(() => button()?.getBoundingClientRect().width > 0);
      const box = button().getBoundingClientRect();
      const send = (type, details) =>
        win.synthesizeMouseEvent(type, box.x + box.width / 2, box.y + box.height / 2, details, {});
      send('mousemove', {});
      send('mousedown', { button: 0, buttons: 1, clickCount: 1 });
      send('mouseup', { button: 0, buttons: 0, clickCount: 1 });
    },
    isContextMenuOpen: () => frontWindow().document.getElementById('contentAreaContextMenu').state === 'open',
    async chooseFromContextMenu(wanted) {
      const menu = frontWindow().document.getElementById('contentAreaContextMenu');
      const parent = [...menu.children].find(
        (item) => item.localName === 'menu' && item.id.startsWith(widgetId.replace('browser-action', 'menuitem')),
      );
      if (!parent) throw new Error('the context menu has no submenu of the extension');
      parent.openMenu(true);
      await untilTrue(() => parent.menupopup.state === 'open');
      const items = [...parent.menupopup.children];
      const item = items.find((candidate) => candidate.label === wanted);
      if (item) parent.menupopup.activateItem(item);
      else menu.hidePopup();
      return items.map((candidate) => candidate.label);
    },
    isPromptOpen: () => promptWindow() !== undefined,
    answerPrompt(allow) {
      const prompt = promptWindow().PopupNotifications.panel.firstElementChild;
      (allow ? prompt.button : prompt.secondaryButton).click();
    },
    async grantOrigins(origins) {
      const { ExtensionPermissions } = ChromeUtils.importESModule(
        'resource://gre/modules/ExtensionPermissions.sys.mjs',
      );
      await ExtensionPermissions.add(addonId, { permissions: [], origins }, extension());
    },
    async background() {
      const find = () => [...extension().views].find((view) => view.viewType === 'background')?.xulBrowser;
      if (!find()) await extension().wakeupBackground();
      return find().browserId;
    },
    // One that is starting has its page already, and listens to nothing yet.
    isBackgroundAlive: () => extension().backgroundState === 'running',
    async killBackground() {
      await extension().terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });
    },
    originOf: (id) => `moz-extension://${WebExtensionPolicy.getByID(id).mozExtensionHostname}`,
    violations: () => errors,
    pictureOfWindow: async () =>
      toPng(await frontWindow().browsingContext.currentWindowGlobal.drawSnapshot(null, 1, 'white')),
    async pictureOfBrowser(browserId, { width, height, scheme }) {
      const browser = element(browserId);
      const before = browser.getAttribute('style');
      const context = browser.browsingContext;
      if (width) browser.style.cssText += `;width:${width}px;min-width:${width}px;max-width:${width}px;flex:none`;
      if (height) browser.style.cssText += `;height:${height}px;min-height:${height}px;max-height:${height}px`;
      if (scheme) context.prefersColorSchemeOverride = scheme;
      try {
        await untilTrue(async () => {
          const found = JSON.parse(
            await privileged.evaluate(
              browserId,
              '[innerWidth, innerHeight, matchMedia("(prefers-color-scheme: dark)").matches]',
            ),
          );
          return (
            (!width || found[0] === width) &&
            (!height || found[1] === height) &&
            (!scheme || found[2] === (scheme === 'dark'))
          );
        });
        return await toPng(await context.currentWindowGlobal.drawSnapshot(null, 1, 'white'));
      } finally {
        if (before === null) browser.removeAttribute('style');
        else browser.setAttribute('style', before);
        context.prefersColorSchemeOverride = 'none';
      }
    },
  };
  return privileged;
}
