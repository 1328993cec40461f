import { isPrivateHost } from './is-private-host';
import type { Preset } from './provider';

export type NormalizedBaseUrl =
  | {
      readonly ok: true;
      /** With scheme, without trailing slash, `/chat/completions`, query and fragment. */
      readonly url: string;
      /** The match pattern to ask access for. It has no port: Firefox's patterns take none, Chrome's mean all without. */
      readonly origin: string;
    }
  | { readonly ok: false; readonly reason: BaseUrlRefusal };

/**
 * - `empty`: nothing was typed
 * - `not-an-address`: no host can be read from it
 * - `scheme`: neither http nor https
 * - `public-http`: plain http to a host outside the local network, where anybody in between could read key and chat
 * - `credentials`: user name or password in the address; browsers refuse to send them
 * - `query`: a `?…` that would be lost, because paths are appended to a base URL
 */
export type BaseUrlRefusal = 'empty' | 'not-an-address' | 'scheme' | 'public-http' | 'credentials' | 'query';

/**
 * Makes a base URL of what a user typed or pasted. Without a scheme: http for this machine and the local network, https
 * for all else. A pasted request path (`/chat/completions`, `/completions`, `/models`, `/messages`, `/responses`, Ollama's
 * `/api/chat` and `/api/tags`) is taken off. A host alone gets
 * the provider's usual path, such as `/v1`. A fragment is dropped. The address of a provider without models is the
 * address that it posts to: its path and query stay as they are.
 */
export function normalizeBaseUrl(input: string, provider?: Pick<Preset, 'baseUrl' | 'hasModels'>): NormalizedBaseUrl {
  const typed = input.trim();
  if (typed === '') return refuse('empty');
  const hasScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(typed);
  if (!hasScheme && /^[a-z][a-z\d+.-]*:(?!\d)[^@]*$/i.test(typed)) return refuse('scheme');
  const withScheme = hasScheme ? typed : `https://${typed.replace(/^\/+/, '')}`;
  if (/\s/.test(typed) || !URL.canParse(withScheme)) return refuse('not-an-address');

  const url = new URL(withScheme);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return refuse('scheme');
  if (url.username !== '' || url.password !== '') return refuse('credentials');
  if (!/^(?:\[[\da-f:.]+\]|[\w.-]*\w\.?)$/i.test(url.hostname) || url.pathname.startsWith('//')) {
    return refuse('not-an-address');
  }
  const isPrivate = isPrivateHost(url.hostname);
  if (!isPrivate && url.protocol === 'http:') return refuse('public-http');

  const protocol = isPrivate && !hasScheme ? 'http:' : url.protocol;
  // Read again with its scheme: the port 443 that `https:` hides is not the usual one of `http:`.
  const { host, hostname, search } = new URL(withScheme.replace(/^https?:/i, protocol));
  const origin = `${protocol}//${hostname}/*`;
  if (provider?.hasModels === false) {
    return { ok: true, url: `${protocol}//${host}${url.pathname}${search}`.replace(/\/$/, ''), origin };
  }
  if (search !== '') return refuse('query');
  return { ok: true, url: `${protocol}//${host}${pathOf(url, provider)}`, origin };
}

function pathOf(url: URL, provider: Pick<Preset, 'baseUrl'> | undefined): string {
  const path = url.pathname
    .replace(/\/+$/, '')
    .replace(/(?:(?:\/chat)?\/completions|\/models|\/messages|\/responses|\/api\/(?:chat|tags))$/, '')
    .replace(/\/+$/, '');
  if (url.pathname !== '/' || !provider?.baseUrl) return path;
  return new URL(provider.baseUrl).pathname.replace(/\/+$/, '');
}

function refuse(reason: BaseUrlRefusal): NormalizedBaseUrl {
  return { ok: false, reason };
}
