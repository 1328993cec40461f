import type { Link } from './nodes';
import { readPlain } from './read-inlines';

/**
 * What the words of a link say of where it leads: the host itself, nothing, or what could be taken for another host.
 */
export function readLinkWords({ host, children }: Link): 'host' | 'nothing' | 'other-host' {
  const named = readPlain(children).toLowerCase().match(hostName) ?? [];
  if (named.length === 0) return 'nothing';
  return named.every((name) => isSameHost(name, host)) ? 'host' : 'other-host';
}

const hostName = /(?:[\p{L}\p{N}_-]{1,63}\.){1,10}[\p{L}][\p{L}\p{N}-]+/gu;

function isSameHost(name: string, host: string): boolean {
  const real = host.toLowerCase().replace(/:\d+$/, '').split('@').at(-1);
  return name === real || `www.${name}` === real || name === `www.${real}`;
}
