import { browser } from 'wxt/browser';

/**
 * Asks the browser whether access to a match pattern was given, and remembers that it was until some access is taken back:
 * every request asks. What a worker that sleeps does not hear of, it has not remembered either.
 */
export function watchAccess(): (pattern: string) => Promise<boolean> {
  const given = new Set<string>();
  let isWatching = false;
  return async (pattern) => {
    if (!isWatching) {
      isWatching = true;
      browser.permissions.onRemoved.addListener(() => {
        given.clear();
      });
    }
    const has = given.has(pattern) || (await browser.permissions.contains({ origins: [pattern] }));
    if (has) given.add(pattern);
    return has;
  };
}
