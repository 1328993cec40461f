import { isOwnHost, isPrivateHost } from './is-private-host';
import type { Preset } from './provider';

export type NormalizedBaseUrl =
  | {
      readonly ok: true;
      /** With scheme, without trailing slash, `/chat/completions`, query and fragment. */
      readonly url: string;
      /** The match pattern to ask access for. It has no port: Firefox's patterns take none, Chrome's mean all without. */
      readonly origin: string;
      /** What somebody should know before saving it. */
      readonly warning?: BaseUrlWarning;
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
 * - `network-http`: plain http to another machine of the local network, where who shares the network could read along
 * - `foreign-letters`: the name has letters beyond a to z, among which some look like others
 */
export type BaseUrlWarning = 'network-http' | 'foreign-letters';

/**
 * Makes a base URL of what a user typed or pasted; `docs/base-urls.md` says what becomes of which form. Without a scheme:
 * http for this machine and the local network, https for all else. A pasted path of a request is taken off. A host alone
 * gets the provider's usual path, such as `/v1`. A fragment is dropped. The address of a provider without models is the
 * address that it posts to: its path and query stay as they are.
 */
export function normalizeBaseUrl(
  input: string,
  provider?: Pick<Preset, 'baseUrl' | 'example' | 'hasModels'>,
): NormalizedBaseUrl {
  const typed = input.replace(wrapping, '').replace(/^(https?):[\\/]*/i, '$1://');
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
  const hostname = hostToReach(url.hostname);
  const isPrivate = isPrivateHost(hostname);
  if (!isPrivate && url.protocol === 'http:') return refuse('public-http');

  const protocol = isPrivate && !hasScheme ? 'http:' : url.protocol;
  // Read again with its scheme: the port 443 that `https:` hides is not the usual one of `http:`.
  const { port, search } = new URL(withScheme.replace(/^https?:/i, protocol));
  const host = `${protocol}//${hostname}${port === '' ? '' : `:${port}`}`;
  const warning = warningOf(protocol, hostname);
  const rest = { origin: `${protocol}//${hostname}/*`, ...(warning ? { warning } : {}) };
  if (provider?.hasModels === false) {
    return { ok: true, url: `${host}${url.pathname}${search}`.replace(/\/$/, ''), ...rest };
  }
  const deployments = deploymentsOf(url);
  if (deployments !== undefined) return { ok: true, url: `${host}${deployments}/v1`, ...rest };
  if (search !== '') return refuse('query');
  return { ok: true, url: `${host}${pathOf(url, provider)}`, ...rest };
}

/** Space, what nobody sees, and the marks that addresses are wrapped in. */
const wrapping = /^[\s\u200b-\u200d\u2060"'`<]+|[\s\u200b-\u200d\u2060"'`>]+$/g;

/** Servers listen at 0.0.0.0 and [::], which is no place to go to. A dot at the end is a spelling of the same name. */
function hostToReach(hostname: string): string {
  if (hostname === '0.0.0.0') return '127.0.0.1';
  if (hostname === '[::]') return '[::1]';
  return hostname.replace(/\.$/, '');
}

function warningOf(protocol: string, hostname: string): BaseUrlWarning | undefined {
  if (/(?:^|\.)xn--/.test(hostname)) return 'foreign-letters';
  return protocol === 'http:' && !isOwnHost(hostname) ? 'network-http' : undefined;
}

/**
 * Azure's address of one deployment, as its portal gives it, up to where the v1 API begins, which takes no `api-version`.
 * https://learn.microsoft.com/azure/foundry/openai/api-version-lifecycle
 */
function deploymentsOf({ hostname, pathname }: URL): string | undefined {
  if (!/\.azure\.(?:com|us|cn)$/.test(hostname)) return undefined;
  return /^(\/openai)\/deployments\//.exec(pathname)?.[1];
}

function pathOf(url: URL, provider: Pick<Preset, 'baseUrl' | 'example'> | undefined): string {
  const path = url.pathname
    .replace(/\/+$/, '')
    .replace(
      /(?:(?:\/chat)?\/completions|\/models(?:\/[^/]+:\w+)?|\/messages|\/responses|\/api\/(?:chat|generate|tags))$/,
      '',
    )
    .replace(/\/+$/, '');
  const usual = provider?.baseUrl || provider?.example;
  if (url.pathname !== '/' || usual === undefined) return path;
  return new URL(usual).pathname.replace(/\/+$/, '');
}

function refuse(reason: BaseUrlRefusal): NormalizedBaseUrl {
  return { ok: false, reason };
}
