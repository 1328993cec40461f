import { fileURLToPath } from 'node:url';
import { minify } from '@swc/core';
import type { Plugin } from 'vite';
import { defineConfig } from 'wxt';
import { makeManifest } from './lib/browser/manifest.ts';
import { diagramHtml, diagramPage } from './lib/browser/diagram-page.ts';
import { makeExtensionPagesPolicy, makePagePolicy, sandboxPolicy } from './lib/browser/page-policy.ts';
import { localeFiles } from './lib/i18n/locale-files.ts';

/** Puts the strict page policy first in the head of every built page. (Development serves scripts from a local server.) */
const strictPagePolicy: Plugin = {
  name: 'ava:page-policy',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { path }) => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: makePagePolicy(pageOf(path)) },
        injectTo: 'head-prepend',
      },
      // No policy rules this: Firefox looks up the hosts of links that are merely shown.
      { tag: 'meta', attrs: { 'http-equiv': 'x-dns-prefetch-control', content: 'off' }, injectTo: 'head-prepend' },
    ],
  },
};

/** `/entrypoints/sidepanel/index.html` is built into `sidepanel.html`. */
function pageOf(path: string): string {
  return `${/([\w-]+)(?:\/index)?\.html$/.exec(path)?.[1] ?? ''}.html`;
}

/** Takes out what parses HTML strings in Preact and highlight.js: nothing here uses it, and the add-on linter warns of it. */
const noHtmlStrings: Plugin = {
  name: 'ava:no-html-strings',
  transform: {
    filter: { id: /[\\/](?:preact[\\/]dist|highlight\.js[\\/]lib)[\\/]/ },
    handler: (code) => code.replaceAll(/\w+\.innerHTML\s*=\s*\w+\.(?:__html|value)/g, 'undefined'),
  },
};

/**
 * Leaves out of mermaid what answers hardly ever hold: formulas in labels (they would want HTML), layouts that only a
 * diagram's own configuration asks for, and rare kinds of diagrams. Their source is shown.
 */
const commonDiagrams: Plugin = {
  name: 'ava:common-diagrams',
  enforce: 'pre',
  resolveId: {
    filter: { id: rareDiagrams() },
    handler: (_id, importer) => (importer?.includes('mermaid') ? leftOut : undefined),
  },
  transform: {
    // A layout that is not registered has dagre in its place.
    filter: { code: 'elkLayoutLoaders()' },
    handler: (code) => code.replace('...elkLayoutLoaders()', ''),
  },
  load: {
    filter: { id: /^\0ava:left-out$/ },
    handler: () =>
      'export const diagram = undefined, bpmnIcons = undefined, captureNodeSizes = undefined; export default undefined;',
  },
};

/** What parses HTML strings in mermaid and the libraries it brings, and what evaluates code, as the linter wants it. */
const noStringsInDiagrams: Plugin = {
  name: 'ava:no-strings-in-diagrams',
  apply: 'build',
  transform: {
    filter: {
      id: /[\\/]node_modules[\\/]/,
      code: /\.innerHTML = |Function\(['"]return this['"]\)\(\)/,
    },
    handler: (code, id) => {
      const plain = code.replaceAll(/Function\(['"]return this['"]\)\(\)/g, 'globalThis');
      if (!/[\\/](?:mermaid|d3-selection|dompurify)[\\/]/.test(id)) return plain;
      const parsed = plain.replaceAll(/([\w.]+)\.innerHTML = ([^;]+);/g, 'setMarkup($1, $2);');
      return `import { setMarkup } from '@/lib/diagram/set-markup';\n${parsed}`;
    },
  },
};

const leftOut = '\0ava:left-out';

function rareDiagrams(): RegExp {
  const chunks = [
    'elk|swimlanes|sizeCapture|bpmnIcons',
    'usecase|swimlanes|architecture|wardley|venn|ishikawa|cynefin|railroad|ebnf|abnf|peg',
  ];
  // agentflow and eventmodeling, whose chunks have no names of their own
  return new RegExp(
    `^katex$|[\\\\/](?:(?:${chunks[0]})-|(?:${chunks[1]})Diagram-|diagram-(?:3B7GL73J|MHCOC4E2)).*\\.mjs$`,
  );
}

/** Of what WXT puts around the background and its wires only the call is needed: it would log what the browser shows anyway. */
const bareBackground: Plugin = {
  name: 'ava:bare-background',
  apply: 'build',
  transform: {
    filter: { id: /virtual:wxt-(?:background|unlisted-script)-entrypoint/ },
    handler: (code) => {
      const [importing] = /^import definition from .*$/m.exec(code) ?? [];
      if (importing === undefined) throw new Error('WXT starts the background in another way now');
      return `${importing}\ndefinition.main();`;
    },
  },
};

/** Which of the two objects is there is known when it is built. */
const oneBrowser = (name: string): Plugin => ({
  name: 'ava:one-browser',
  apply: 'build',
  transform: {
    filter: { id: /[\\/]wxt[\\/]dist[\\/]browser\.mjs$/ },
    handler: () => `export const browser = globalThis.${name === 'firefox' ? 'browser' : 'chrome'};`,
  },
});

/**
 * Makes the built scripts small, the worker above all, which is read at every wake: swc makes it a fiftieth smaller than
 * Vite's own way. In the worker nothing is logged, what WXT would log there included.
 */
const smallScripts: Plugin = {
  name: 'ava:small-scripts',
  generateBundle: async (_options, bundle) => {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      const isWorker = chunk.fileName === 'background.js' || chunk.fileName === 'asking.js';
      const isClassic = isWorker || chunk.fileName === 'diagram.js';
      const { code } = await minify(chunk.code, {
        module: !isClassic,
        ecma: 2022,
        compress: {
          passes: 3,
          ecma: 2022,
          toplevel: true,
          // Sound in code of our own alone: no function in it is called with `new` or has a prototype.
          ...(isWorker && { unsafe_arrows: true, unsafe_methods: true, pure_funcs: ['logger.error', 'console.warn'] }),
        },
        mangle: { toplevel: true },
      });
      chunk.code = code;
    }
  },
};

/**
 * What every page needs at its first paint is one chunk: left to itself, the bundler makes one more of it for each set of
 * views that are loaded later, and small chunks are packed badly.
 */
const oneFirstChunk: Plugin = {
  name: 'ava:one-first-chunk',
  apply: 'build',
  outputOptions: (options) =>
    options.format === 'es'
      ? {
          ...options,
          codeSplitting: {
            includeDependenciesRecursively: false,
            groups: [{ name: 'page', test: firstModules }],
          },
        }
      : options,
};

const firstModules = new RegExp(
  [
    'node_modules[/](?:@?preact[/]|wxt[/]dist[/]browser)',
    'vite[/]preload-helper',
    'components[/]ui[/](?:copy-button|failure-sentence|host-of|icon|icon-button)\\.tsx?$',
    'lib[/]browser[/](?:key-value|page-world|port-channel)\\.ts$',
    'lib[/]doctor[/]local-ports\\.ts$',
    'lib[/]errors[/]',
    'lib[/]i18n[/](?:apply-language|en[/]first|load-later|locales|translate)\\.ts$',
    'lib[/]panel[/](?:line|models)\\.ts$',
    'lib[/]protocol[/]messages\\.ts$',
    'lib[/]store[/](?:is-record|patient-key-value|settings)\\.ts$',
  ]
    .join('|')
    .replaceAll('[/]', '[\\\\/]'),
);

export default defineConfig({
  imports: false,
  manifestVersion: 3,
  outDir: '.output',
  // What a reload or a test starts is decided by tests/support, not by WXT.
  webExt: { disabled: true },
  vite: ({ command, browser }) => ({
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
    build: { target: ['chrome130', 'firefox142'], modulePreload: { polyfill: false }, minify: false, cssMinify: true },
    plugins: [
      noHtmlStrings,
      commonDiagrams,
      noStringsInDiagrams,
      oneFirstChunk,
      ...(command === 'build' ? [strictPagePolicy, oneBrowser(browser), bareBackground, smallScripts] : []),
    ],
  }),
  manifest: ({ browser, command }) => ({
    ...makeManifest(browser === 'firefox' ? 'firefox' : 'chrome'),
    // Development needs the dev server's scripts, styles and socket: there WXT writes a policy of its own.
    ...(command === 'build' && {
      content_security_policy: {
        extension_pages: makeExtensionPagesPolicy(browser === 'firefox' ? 'firefox' : 'chrome'),
        ...(browser !== 'firefox' && { sandbox: sandboxPolicy }),
      },
    }),
  }),
  hooks: {
    'build:publicAssets': (_wxt, assets) => {
      for (const { path, contents } of localeFiles()) assets.push({ relativeDest: path, contents });
      assets.push({ relativeDest: diagramPage, contents: diagramHtml });
    },
  },
});
