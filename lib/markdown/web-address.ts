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

/** What is larger is not shown as an image. */
const maxImageLength = 400_000;

/** An image that is all in its address, of the raster types that browsers show; undefined for everything else. */
export function readImageSource(destination: string): string | undefined {
  if (destination.length > maxImageLength) return undefined;
  return /^data:image\/(?:png|jpeg|gif|webp|avif);base64,[a-z\d+/]+={0,2}$/i.test(destination)
    ? destination
    : undefined;
}

/** Characters of a query, or of a path, up to which a link opens without a question. */
const maxQueryLength = 64;
const maxPathLength = 200;
const maxHostLength = 80;

/** Whether an address is long enough to carry a text away, so that it has to be seen before it is opened. */
export function carriesText(href: string): boolean {
  const url = URL.parse(href);
  return (
    !url ||
    url.search.length + url.hash.length > maxQueryLength ||
    url.pathname.length > maxPathLength ||
    url.host.length > maxHostLength ||
    // A name for a server to ask after, or one that is made to look like the host.
    url.username !== '' ||
    url.password !== ''
  );
}
