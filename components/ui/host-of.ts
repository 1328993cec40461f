/** The host (and port) of an address as people read it; the address itself where it has none. */
export function hostOf(url: string): string {
  return URL.parse(url)?.host || url;
}
