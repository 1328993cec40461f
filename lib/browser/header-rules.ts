import { browser } from 'wxt/browser';
import type { ForcedHeaders } from '@/lib/providers/provider';

/**
 * Sets headers that a script may not set, on our own requests to one address, until the function it gives is called.
 * `initiatorDomains` is what leaves every web page's requests to that host alone. Session rules: they are never written
 * to disk. https://developer.chrome.com/docs/extensions/reference/api/declarativeNetRequest
 */
export async function forceHeaders(url: string, headers: ForcedHeaders): Promise<() => Promise<void>> {
  const id = nextRuleId();
  await browser.declarativeNetRequest.updateSessionRules({
    addRules: [
      {
        id,
        condition: {
          initiatorDomains: [new URL(browser.runtime.getURL('/')).hostname],
          // To its very end: another port or path may belong to somebody else.
          urlFilter: `|${new URL(url).href}|`,
          resourceTypes: ['xmlhttprequest'],
        },
        action: {
          type: 'modifyHeaders',
          requestHeaders: Object.entries(headers).map(([header, value]) => ({ header, operation: 'set', value })),
        },
      },
    ],
  });
  return async () => {
    await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: [id] });
  };
}

/** Rules that a worker which died left behind. */
export async function removeOldHeaderRules(): Promise<void> {
  const rules = await browser.declarativeNetRequest.getSessionRules();
  await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: rules.map(({ id }) => id) });
}

/** Rule numbers are ours to give. Random, so that a new worker does not meet an old one's. */
function nextRuleId(): number {
  return 1 + Math.floor(Math.random() * 2 ** 30);
}
