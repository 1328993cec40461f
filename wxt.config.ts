import { fileURLToPath } from 'node:url';
import { minify } from '@swc/core';
import type { Plugin } from 'vite';
import { defineConfig } from 'wxt';
import { makeManifest } from './lib/browser/manifest.ts';
import { extensionPagesPolicy, pagePolicy } from './lib/browser/page-policy.ts';
import { localeFiles } from './lib/i18n/locale-files.ts';

/** Puts the strict page policy first in the head of every built page. (Development serves scripts from a local server.) */
const strictPagePolicy: Plugin = {
  name: 'ava:page-policy',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: pagePolicy },
        injectTo: 'head-prepend',
      },
    ],
  },
};

/** Takes out the branch of Preact that parses HTML strings: nothing here uses it, and the add-on linter warns of it. */
const noHtmlStrings: Plugin = {
  name: 'ava:no-html-strings',
  transform: {
    filter: { id: /[\\/]preact[\\/]dist[\\/]/ },
    handler: (code) => code.replaceAll(/\w+\.innerHTML\s*=\s*\w+\.__html/g, 'undefined'),
  },
};

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
      const isWorker = chunk.fileName === 'background.js' || chunk.fileName === 'wires.js';
      const { code } = await minify(chunk.code, {
        module: !isWorker,
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
      ...(command === 'build' ? [strictPagePolicy, oneBrowser(browser), bareBackground, smallScripts] : []),
    ],
  }),
  manifest: ({ browser, command }) => ({
    ...makeManifest(browser === 'firefox' ? 'firefox' : 'chrome'),
    // Development needs the dev server's scripts, styles and socket: there WXT writes a policy of its own.
    ...(command === 'build' && { content_security_policy: { extension_pages: extensionPagesPolicy } }),
  }),
  hooks: {
    'build:publicAssets': (_wxt, assets) => {
      for (const { path, contents } of localeFiles()) assets.push({ relativeDest: path, contents });
    },
  },
});
