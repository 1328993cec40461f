/** An address that a link may open. */
export interface WebAddress {
  /** Absolute, as the browser would ask for it. */
  readonly href: string;
  /** The host with its port, or the mail address. */
  readonly host: string;
}

/**
 * Reads the destination of a link as an absolute http, https or mailto address; undefined for everything else, relative
 * ones too, since an answer has no place that they could be relative to.
 */
export function readWebAddress(destination: string): WebAddress | undefined {
  const url = URL.parse(destination);
  switch (url?.protocol) {
    case 'http:':
    case 'https:':
      return { href: url.href, host: url.host };
    case 'mailto:':
      return { href: url.href, host: url.pathname };
    case undefined:
    default:
      return undefined;
  }
}
