/** Checks of the built extension: sizes, manifest and page policy. Each check is a title and what is wrong, if anything. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { diagramPage } from '../../../lib/browser/diagram-page.ts';
import { diagramPolicy, makePagePolicy } from '../../../lib/browser/page-policy.ts';
import { findRequests } from './find-requests.ts';
import { measure, readImports, unreadable, withStaticImports, type Size } from './measure-scripts.ts';

export interface Check {
  readonly title: string;
  /** What is wrong; '' when nothing is. */
  readonly wrong: string;
}

const pages = ['sidepanel.html', 'quick.html', 'options.html'];

export function checkPackage(folder: string): readonly Check[] {
  return [
    ...checkSizes(folder),
    ...checkManifest(folder),
    ...pages.map((page) => checkPolicy(folder, page, makePagePolicy(page))),
    checkPolicy(folder, diagramPage, diagramPolicy),
    checkNoDemo(folder),
    checkOneDoor(folder),
  ];
}

/** The budget, in kilobytes of 1024 bytes. */
function checkSizes(folder: string): readonly Check[] {
  const html = readFileSync(join(folder, 'sidepanel.html'), 'utf8');
  const linked = (pattern: RegExp): string[] =>
    [...html.matchAll(pattern)].map(([, path = '']) => path.replace(/^\//, ''));
  const scripts = linked(/<script[^>]*\ssrc="([^"]+)"/g);
  const preloads = linked(/<link[^>]*\srel="modulepreload"[^>]*\shref="([^"]+)"/g);
  const styles = linked(/<link[^>]*\srel="stylesheet"[^>]*\shref="([^"]+)"/g);
  const eager = withStaticImports(folder, [...scripts, ...preloads]);
  const lazy = new Set(eager.flatMap((path) => readImports(folder, path).dynamic));
  const background = readImports(folder, 'background.js');

  return [
    { title: 'the panel has a script', wrong: scripts.length > 0 ? '' : 'sidepanel.html loads no script' },
    within('panel scripts before first paint', measure(folder, eager), { kilobytes: 80, gzipKilobytes: 28 }),
    within('panel styles', measure(folder, styles), { kilobytes: 12, gzipKilobytes: 4 }),
    {
      title: 'every import of the panel can be measured',
      wrong: lazy.delete(unreadable) ? 'a script imports a computed name' : '',
    },
    ...[...lazy].map((path) => {
      const files = withStaticImports(folder, [path]).filter((file) => !eager.includes(file));
      return within(`${path}, loaded after first paint`, measure(folder, files), { kilobytes: 80, gzipKilobytes: 27 });
    }),
    ...checkHighlighter(folder),
    within('background script', measure(folder, withStaticImports(folder, ['background.js'])), {
      kilobytes: 60,
      gzipKilobytes: 20,
    }),
    within('asking.js, loaded by the background when something is asked', measure(folder, ['asking.js']), {
      kilobytes: 80,
      gzipKilobytes: 27,
    }),
    {
      title: 'the background has no import()',
      // A service worker throws at it: https://github.com/w3c/ServiceWorker/issues/1356
      wrong:
        background.dynamic.length === 0 ? '' : `background.js imports ${background.dynamic.join(', ')} at run time`,
    },
  ];
}

function within(what: string, size: Size, limit: { kilobytes: number; gzipKilobytes: number }): Check {
  const [kilobytes, gzipKilobytes] = [size.bytes / 1024, size.gzipBytes / 1024];
  const isWithin = kilobytes <= limit.kilobytes && gzipKilobytes <= limit.gzipKilobytes;
  const title = `${what}: ${kilobytes.toFixed(1)} kB (${gzipKilobytes.toFixed(1)} gz)`;
  return { title, wrong: isWithin ? '' : `${title}, allowed are ${limit.kilobytes} (${limit.gzipKilobytes})` };
}

function checkManifest(folder: string): readonly Check[] {
  const manifest: Record<string, unknown> = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  const isEmpty = (key: string): Check => {
    const value = manifest[key];
    const count = Array.isArray(value) ? value.length : Object.keys(value ?? {}).length;
    return {
      title: `no ${key} at install`,
      wrong: count === 0 ? '' : `the manifest has ${key}: ${JSON.stringify(value)}`,
    };
  };
  const permissions = Array.isArray(manifest['permissions']) ? manifest['permissions'] : [];
  const warning = permissions.filter((permission) => !silentPermissions.has(String(permission)));
  return [
    ...['host_permissions', 'content_scripts', 'web_accessible_resources', 'externally_connectable'].map(isEmpty),
    {
      title: 'no warning at install',
      wrong:
        warning.length === 0 ? '' : `these permissions are not known to be without a warning: ${warning.join(', ')}`,
    },
  ];
}

/**
 * Those that show no warning, as Chromium's `management.getPermissionWarningsByManifest` says too:
 * https://developer.chrome.com/docs/extensions/reference/permissions-list
 */
const silentPermissions = new Set([
  'activeTab',
  'alarms',
  'contextMenus',
  'declarativeNetRequestWithHostAccess',
  'menus',
  'scripting',
  'sidePanel',
  'storage',
  'unlimitedStorage',
  'webRequest',
]);

/** Languages come on top, a chunk for each. */
function checkHighlighter(folder: string): readonly Check[] {
  const chunks = readdirSync(join(folder, 'chunks')).map((name) => `chunks/${name}`);
  return chunks
    .filter((path) => /\/create-highlighter-/.test(path))
    .map((path) => within(`${path}, the highlighter`, measure(folder, [path]), { kilobytes: 25, gzipKilobytes: 10 }));
}

/** The demo model is a tool of development. */
function checkNoDemo(folder: string): Check {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /\.(?:js|html|json)$/.test(path),
  );
  const wrong = files.filter((path) =>
    /demo-(?:numbered|fails|echo|fast)|canned/i.test(readFileSync(join(folder, path), 'utf8')),
  );
  return {
    title: 'nothing of the demo model',
    wrong: wrong.length === 0 ? '' : `the demo model is in ${wrong.join(', ')}`,
  };
}

/** In the built scripts, those of libraries included: the worker calls `fetch` once, and nobody else makes a request. */
function checkOneDoor(folder: string): Check {
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js'));
  const uses = scripts.flatMap((path) =>
    findRequests(readFileSync(join(folder, path), 'utf8'))
      // What the worker imports is a script of the package: the policy lets it load no other.
      .filter((name) => !(path === 'background.js' && name === 'importScripts'))
      .map((name) => `${path}: ${name}`),
  );
  const isOne = uses.length === 1 && uses[0] === 'background.js: fetch';
  return { title: 'one place makes requests', wrong: isOne ? '' : `requests are made by ${uses.join(', ')}` };
}

function checkPolicy(folder: string, page: string, policy: string): Check {
  const html = readFileSync(join(folder, page), 'utf8').replaceAll('&#39;', "'");
  const [, first = '', second = ''] = /<head[^>]*>\s*(<[^>]+>)\s*(<[^>]+>)/.exec(html) ?? [];
  const isStrict = first.includes('http-equiv="Content-Security-Policy"') && first.includes(`content="${policy}"`);
  const looksNothingUp = second.includes('http-equiv="x-dns-prefetch-control"') && second.includes('content="off"');
  return {
    title: `the policy is first in the head of ${page}, and no host is looked up before a click`,
    wrong: isStrict && looksNothingUp ? '' : `${page} begins with ${first || 'no head'} ${second}`,
  };
}
