/** Where servers and gateways have their API, the likeliest first. */
const usualPaths = ['/v1', '', '/api/v1', '/openai/v1', '/api', '/v1beta/openai'];

/**
 * The base URLs that may be meant by one at which there is no API, the likeliest first and at most eight: the path that is
 * usual for the provider, the same path with `/v1` behind it, and the usual ones of the same origin.
 */
export function likelyAddresses(baseUrl: string, usualBaseUrl: string): readonly string[] {
  const { origin, pathname } = new URL(baseUrl);
  const path = pathname.replace(/\/+$/, '');
  const usual = URL.parse(usualBaseUrl)?.pathname.replace(/\/+$/, '');
  const parent = path.replace(/\/[^/]*$/, '');
  const paths = [...(usual === undefined ? [] : [usual]), `${path}/v1`, ...usualPaths, `${parent}/v1`];
  return [...new Set(paths)]
    .filter((likely) => likely !== path)
    .slice(0, 8)
    .map((likely) => `${origin}${likely}`);
}
