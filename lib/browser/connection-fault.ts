import { type Browser, browser } from 'wxt/browser';
import type { ConnectionFault } from '@/lib/doctor/diagnosis';
import type { DoctorIo } from '@/lib/doctor/doctor';

/** How long the browser may take to tell why a request has failed, in milliseconds. */
const tellingMs = 500;

/**
 * Watches why our requests to this address can't connect: `fetch` says no more than that they failed. Measured: Chromium
 * names the error (`net::ERR_…`); Firefox names it, too (`NS_ERROR_…`), but of TLS it gives a sentence in its own language.
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/API/webRequest/onErrorOccurred
 */
export const watchFault: DoctorIo['watchFault'] = (url) => {
  const { protocol, hostname, origin } = new URL(url);
  const told = Promise.withResolvers<ConnectionFault | undefined>();
  const listener = ({ url: failed, error }: Browser.webRequest.OnErrorOccurredDetails): void => {
    if (new URL(failed).origin === origin) told.resolve(faultIn(error, protocol));
  };
  browser.webRequest.onErrorOccurred.addListener(listener, {
    urls: [`${protocol}//${hostname}/*`],
    types: ['xmlhttprequest'],
    // Not from a tab.
    tabId: -1,
  });
  return {
    fault: () => {
      setTimeout(told.resolve, tellingMs, undefined);
      return told.promise;
    },
    stop: () => {
      browser.webRequest.onErrorOccurred.removeListener(listener);
    },
  };
};

function faultIn(error: string, protocol: string): ConnectionFault | undefined {
  const named = faults.find(([pattern]) => pattern.test(error))?.[1];
  if (named) return named;
  return protocol === 'https:' && !/^(?:net::|NS_)/.test(error) ? 'insecure' : undefined;
}

const faults: readonly (readonly [RegExp, ConnectionFault])[] = [
  [/CONNECTION_REFUSED/, 'refused'],
  [/NAME_NOT_RESOLVED|UNKNOWN_HOST/, 'unknown-host'],
  [/ERR_CERT_/, 'certificate'],
  [/ERR_SSL_PROTOCOL_ERROR|ERR_SSL_VERSION/, 'no-tls'],
  [/EMPTY_RESPONSE|CONNECTION_RESET|CONNECTION_CLOSED|NET_RESET|NET_INTERRUPT/, 'closed'],
];
