import { type Browser, browser } from 'wxt/browser';
import type { Channel } from '@/lib/protocol/channel';
import { type BackgroundSide, type PageSide, portName } from '@/lib/protocol/messages';

/** A line to the background; wakes it. */
export function connectToBackground(): PageSide {
  return overPort(browser.runtime.connect({ name: portName }));
}

/** Lines from pages of our own extension, and of our own version, only. Register at the top of the worker. */
export function onPageLine(accept: (line: BackgroundSide) => void): void {
  browser.runtime.onConnect.addListener((port) => {
    if (port.name === portName && isOwnPage(port.sender)) accept(overPort(port));
    else port.disconnect();
  });
}

const awakeMessage = { type: 'awake', v: 1 } as const;

/** Tells pages whose line has ended that the background is there again. */
export function announceAwake(): void {
  // Rejects when no page is open, which is as good.
  browser.runtime.sendMessage(awakeMessage).catch(() => undefined);
}

export function onBackgroundAwake(listener: () => void): void {
  browser.runtime.onMessage.addListener((message: unknown) => {
    if ((message as Partial<typeof awakeMessage> | undefined)?.type === awakeMessage.type) listener();
  });
}

/** A page of our own that stands for itself: one in a frame may be shown in a page of anybody's. */
export function isOwnPage(sender: Browser.runtime.MessageSender | undefined): boolean {
  return (
    sender?.id === browser.runtime.id &&
    (sender.url?.startsWith(browser.runtime.getURL('/')) ?? false) &&
    (sender.frameId ?? 0) === 0
  );
}

function overPort<Out, In>(port: Browser.runtime.Port): Channel<Out, In> {
  let isOpen = true;
  port.onDisconnect.addListener(() => {
    isOpen = false;
  });
  return {
    send: (message) => {
      if (!isOpen) return;
      try {
        port.postMessage(message);
      } catch {
        // Closed in this very moment: `onDisconnect` tells.
      }
    },
    onMessage: (listener) => {
      port.onMessage.addListener((message: unknown) => {
        listener(message as In);
      });
    },
    onClose: (listener) => {
      port.onDisconnect.addListener(() => {
        listener();
      });
    },
    close: () => {
      isOpen = false;
      port.disconnect();
    },
  };
}
