import { browser } from 'wxt/browser';

/**
 * Asks the browser whether access to a match pattern was given, and remembers that it was until some access is taken back:
 * every request asks. To be called at the start of the background, else the browser does not tell it.
 */
export function watchAccess(): (pattern: string) => Promise<boolean> {
  const given = new Set<string>();
  browser.permissions.onRemoved.addListener(() => {
    given.clear();
  });
  return async (pattern) => {
    const has = given.has(pattern) || (await browser.permissions.contains({ origins: [pattern] }));
    if (has) given.add(pattern);
    return has;
  };
}
