import { type Browser, browser } from 'wxt/browser';

/** How long the browser may take to tell of a redirect that a request has already met, in milliseconds. */
const tellingMs = 300;

/**
 * Watches where a request of ours to this address is redirected to: `fetch` does not tell of a redirect that it does not
 * follow. `target` gives the host; undefined when the browser does not say. Requests of web pages are not seen.
 */
export function watchRedirect(url: string): {
  readonly target: () => Promise<string | undefined>;
  readonly stop: () => void;
} {
  const told = Promise.withResolvers<string | undefined>();
  const listener = ({ responseHeaders, url: from }: Browser.webRequest.OnHeadersReceivedDetails): undefined => {
    const location = responseHeaders?.find(({ name }) => name.toLowerCase() === 'location')?.value;
    if (location !== undefined && URL.canParse(location, from)) told.resolve(new URL(location, from).host);
  };
  const { protocol, hostname } = new URL(url);
  browser.webRequest.onHeadersReceived.addListener(
    listener,
    // -1: not from a tab. Types as `fetch` has them.
    { urls: [`${protocol}//${hostname}/*`], types: ['xmlhttprequest'], tabId: -1 },
    ['responseHeaders'],
  );
  return {
    target: () => {
      setTimeout(told.resolve, tellingMs, undefined);
      return told.promise;
    },
    stop: () => {
      browser.webRequest.onHeadersReceived.removeListener(listener);
    },
  };
}
