import { browser } from 'wxt/browser';
import type { ForcedHeaders } from '@/lib/providers/provider';

/**
 * Sets headers that a script may not set, on our own requests to one address, until the function it gives is called.
 * `initiatorDomains` is what leaves every web page's requests to that host alone. Session rules: they are never written
 * to disk. https://developer.chrome.com/docs/extensions/reference/api/declarativeNetRequest
 */
export async function forceHeaders(url: string, headers: ForcedHeaders): Promise<() => Promise<void>> {
  const id = nextRuleId();
  own.add(id);
  await browser.declarativeNetRequest.updateSessionRules({
    addRules: [
      {
        id,
        // Above the lasting rules, which may take the same header off.
        priority: 2,
        condition: {
          initiatorDomains: [ownHost()],
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
    own.delete(id);
  };
}

/** Of this worker: those of requests that are under way. */
const own = new Set<number>();

/** Takes away rules that a worker which died left behind. Those that last are not among them. */
export async function removeOldHeaderRules(): Promise<void> {
  const rules = await browser.declarativeNetRequest.getSessionRules();
  const old = rules.map(({ id }) => id).filter((id) => id < firstLasting && !own.has(id));
  await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: old });
}

/**
 * From now on our own requests to exactly these origins (`http://127.0.0.1:11434`) go without `Origin`. They last until they
 * are set anew, but no longer than the browser runs. Requests of web pages to the same servers keep theirs.
 */
export async function hideOriginFrom(origins: readonly string[]): Promise<void> {
  const rules = await browser.declarativeNetRequest.getSessionRules();
  await browser.declarativeNetRequest.updateSessionRules({
    removeRuleIds: rules.map(({ id }) => id).filter((id) => id >= firstLasting),
    addRules: origins.map((origin, index) => ({
      id: firstLasting + index,
      condition: {
        initiatorDomains: [ownHost()],
        urlFilter: `|${origin}/`,
        resourceTypes: ['xmlhttprequest'],
      },
      action: { type: 'modifyHeaders', requestHeaders: [{ header: 'Origin', operation: 'remove' }] },
    })),
  });
}

/** Rule numbers are ours to give: from here on for those that last, below for those of one request. */
const firstLasting = 2 ** 30;

function ownHost(): string {
  return new URL(browser.runtime.getURL('/')).hostname;
}

/** Random, so that a new worker does not meet an old one's. */
function nextRuleId(): number {
  return 1 + Math.floor(Math.random() * (firstLasting - 1));
}
