import { fileURLToPath } from 'node:url';
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

export default defineConfig({
  imports: false,
  manifestVersion: 3,
  outDir: '.output',
  // What a reload or a test starts is decided by tests/support, not by WXT.
  webExt: { disabled: true },
  vite: ({ command }) => ({
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
    build: { target: ['chrome130', 'firefox142'], modulePreload: { polyfill: false } },
    plugins: [noHtmlStrings, ...(command === 'build' ? [strictPagePolicy] : [])],
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
