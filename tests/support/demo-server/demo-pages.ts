/** Web pages to read, select from and ask about. */

export interface DemoPage {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const style = `<style>
  :root { color-scheme: light dark; }
  body { font: 18px/1.6 Georgia, serif; max-width: 38em; margin: 3em auto; padding: 0 1.5em; }
  h1 { line-height: 1.2; }
  footer { margin-top: 4em; font-size: 14px; opacity: 0.7; }
</style>`;

const article = (head: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Backpressure in Node streams</title>${head}</head>
<body>
<h1>Backpressure in Node streams</h1>
<p id="first">Backpressure is what a stream does when data arrives faster than it can be handled: it tells the sender to wait.</p>
<p id="second">A readable stream that is piped into a slower writable one would otherwise fill the memory of the process. The writable side therefore has a mark, its high water mark; above it, write returns false, and the readable side pauses until the drain event.</p>
<p id="third">The rule is easy to break by accident. A loop that calls write and does not look at what it returns works well in tests, with small files, and takes the server down in production, with large ones.</p>
<footer>A page of Ava's demo server.</footer>
</body>
</html>`;

export const demoPages: Readonly<Record<string, DemoPage>> = {
  '/page': { headers: { 'content-type': 'text/html; charset=utf-8' }, body: article(style) },
  // No script, no style, no frame, no form: what a page can do to keep others out.
  '/page-no-inject': {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; script-src 'none'; style-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox",
    },
    body: article(''),
  },
};
