/**
 * The content security policies of the extension.
 *
 * The manifest's policy also rules the worker's own requests, so its `connect-src` stays open for the addresses that
 * users choose. Every page carries the stricter one in a `<meta>`, first in its head: no request of its own, and no HTML
 * string is ever parsed (Trusted Types `'none'`). Pages that show answers frame one page, in which diagrams are drawn;
 * that one is a sandbox and carries a policy of its own.
 *
 * https://www.w3.org/TR/CSP3/ · https://www.w3.org/TR/trusted-types/
 */
const common = [
  "default-src 'none'",
  "script-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "worker-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "object-src 'none'",
];

/**
 * The manifest's. Firefox, which knows no sandboxed pages in the manifest before version 154, lays it on the page of
 * diagrams, too, whose styles are inline; all other pages forbid those themselves.
 */
export function makeExtensionPagesPolicy(family: 'chrome' | 'firefox'): string {
  return [
    ...common,
    family === 'firefox' ? "style-src 'self' 'unsafe-inline'" : "style-src 'self'",
    'connect-src https: http:',
    "frame-src 'self'",
    "frame-ancestors 'self'",
  ].join('; ');
}

const framing: ReadonlySet<string> = new Set(['sidepanel.html', 'quick.html']);

export function makePagePolicy(page: string): string {
  return [
    ...common,
    "style-src 'self'",
    "connect-src 'self'",
    framing.has(page) ? "frame-src 'self'" : "frame-src 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** Of the page that draws diagrams: nothing is fetched but its script. */
export const diagramPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
].join('; ');

/** The same for the manifest, where a sandboxed page gets its opaque origin. */
export const sandboxPolicy = `sandbox allow-scripts; ${diagramPolicy}`;
