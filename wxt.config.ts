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

export default defineConfig({
  imports: false,
  manifestVersion: 3,
  outDir: '.output',
  // What a reload or a test starts is decided by tests/support, not by WXT.
  webExt: { disabled: true },
  vite: () => ({
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
    build: { target: ['chrome130', 'firefox142'], modulePreload: { polyfill: false } },
    plugins: [strictPagePolicy],
  }),
  manifest: ({ browser }) => ({
    ...makeManifest(browser === 'firefox' ? 'firefox' : 'chrome'),
    content_security_policy: { extension_pages: extensionPagesPolicy },
  }),
  hooks: {
    'build:publicAssets': (_wxt, assets) => {
      for (const { path, contents } of localeFiles()) assets.push({ relativeDest: path, contents });
    },
  },
});
