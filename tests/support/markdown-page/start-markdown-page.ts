import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export interface MarkdownPage {
  readonly url: string;
  /** Paths that were asked for and are no part of the page. */
  readonly strangers: string[];
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** Serves the view of answers on 127.0.0.1 as a page of the web, without any policy. */
export async function startMarkdownPage(): Promise<MarkdownPage> {
  const files = await buildPage();
  const strangers: string[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path === '/') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end(
        '<!doctype html><title>Answer</title><link rel="icon" href="data:,"><div id="answer"></div><script type="module" src="/main.js"></script>',
      );
      return;
    }
    const file = files.get(path.slice(1));
    if (file === undefined) {
      if (path !== '/favicon.ico') strangers.push(path);
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-type': path.endsWith('.css') ? 'text/css' : 'text/javascript' });
    response.end(file);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the page has no port');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    strangers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function buildPage(): Promise<ReadonlyMap<string, string | Uint8Array>> {
  const built = await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'error',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    resolve: { alias: { '@': root } },
    plugins: [
      {
        // Every beginning is drawn, however fast they come.
        name: 'unpaced',
        enforce: 'pre',
        load: (id) => (id.endsWith('use-paced-text.ts') ? 'export const usePacedText = (text) => text;' : undefined),
      },
    ],
    build: {
      write: false,
      target: 'es2024',
      rollupOptions: {
        input: fileURLToPath(new URL('main.tsx', import.meta.url)),
        output: { entryFileNames: 'main.js' },
      },
    },
  });
  const files = new Map<string, string | Uint8Array>();
  for (const { output } of [built].flat().filter((result) => 'output' in result)) {
    for (const file of output) files.set(file.fileName, file.type === 'chunk' ? file.code : file.source);
  }
  return files;
}
