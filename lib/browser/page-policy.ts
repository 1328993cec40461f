/**
 * The content security policies of the extension.
 *
 * The manifest's policy also rules the worker's own requests, so its `connect-src` stays open for the addresses that
 * users choose. Every page carries the stricter one in a `<meta>`, first in its head: no request of its own, no frame,
 * and no HTML string is ever parsed (Trusted Types `'none'`).
 *
 * https://www.w3.org/TR/CSP3/ · https://www.w3.org/TR/trusted-types/
 */
const common = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "worker-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "object-src 'none'",
];

export const extensionPagesPolicy = [
  ...common,
  'connect-src https: http:',
  "frame-src 'self'",
  "frame-ancestors 'self'",
].join('; ');

export const pagePolicy = [
  ...common,
  "connect-src 'self'",
  "frame-src 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');
