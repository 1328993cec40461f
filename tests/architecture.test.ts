import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { commands } from '@/lib/commands/commands';
import { exporters } from '@/lib/exporters';
import { locales } from '@/lib/i18n/locales';
import { presets } from '@/lib/providers';
import { findRequests } from './support/checks/find-requests.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Which room may import which. A room is a folder under `lib`, `components` or `entrypoints`; a file named here may be
 * imported where the rest of its room may not. Imports inside a room are free.
 */
const arrows: Readonly<Record<string, readonly string[]>> = {
  entrypoints: ['components', 'lib/*'],
  components: [
    'lib/panel',
    'lib/chat',
    'lib/errors',
    'lib/i18n',
    'lib/markdown',
    'lib/code',
    'lib/diagram',
    'lib/doctor/diagnosis',
    'lib/doctor/describe-diagnosis',
    'lib/doctor/local-ports',
    'lib/exporters',
    'lib/providers/provider',
    'lib/providers/speaks-ollama',
  ],
  'lib/panel': [
    'lib/protocol',
    'lib/store',
    'lib/chat',
    'lib/errors',
    'lib/i18n',
    'lib/doctor/diagnosis',
    'lib/doctor/local-ports',
    'lib/exporters/exporter',
    'lib/providers/provider',
  ],
  'lib/background': [
    'lib/engine',
    'lib/protocol',
    'lib/store',
    'lib/chat',
    'lib/errors',
    'lib/doctor/doctor',
    'lib/doctor/diagnosis',
    'lib/doctor/local-ports',
    'lib/providers/provider',
    'lib/providers/speaks-ollama',
  ],
  'lib/browser': [
    'lib/background',
    'lib/panel',
    'lib/protocol',
    'lib/store',
    'lib/page',
    'lib/chat',
    'lib/errors',
    'lib/i18n',
    'lib/commands/commands',
    'lib/doctor/doctor',
    'lib/doctor/diagnosis',
    'lib/providers/provider',
    // The page that has the click downloads what the wire asks.
    'lib/providers/wire/language-model',
  ],
  // In the script for asking: of the rest only its types and its ports may be imported elsewhere.
  'lib/doctor': [
    'lib/stream',
    'lib/errors',
    'lib/i18n/en/later',
    'lib/providers/provider',
    'lib/providers/is-private-host',
  ],
  'lib/engine': ['lib/chat', 'lib/errors', 'lib/providers/provider'],
  'lib/protocol': ['lib/store', 'lib/chat', 'lib/errors', 'lib/doctor/diagnosis', 'lib/providers/provider'],
  'lib/store': ['lib/chat', 'lib/errors', 'lib/providers/provider'],
  'lib/providers': ['lib/stream', 'lib/chat', 'lib/errors'],
  'lib/commands': ['lib/i18n'],
  'lib/exporters': ['lib/chat'],
  'lib/page': [],
  'lib/chat': ['lib/errors'],
  'lib/stream': ['lib/errors'],
  'lib/markdown': [],
  'lib/code': [],
  'lib/diagram': [],
  'lib/errors': ['lib/i18n/en/first'],
  'lib/i18n': [],
};

const sources = ['entrypoints', 'components', 'lib'].flatMap((folder) => filesUnder(folder));

describe('the rooms', () => {
  test('imports point the way the table says', () => {
    const wrong = sources.flatMap((file) => {
      const from = roomOf(file);
      const allowed = arrows[from];
      if (!allowed) return [`${file}: ${from} is no room. Put the file into one, or add the room to the table.`];
      return importsOf(file)
        .filter((target) => roomOf(target) !== from && !allowed.some((arrow) => isUnder(target, arrow)))
        .map((target) => `${file} imports ${target}: ${from} may import ${allowed.join(', ') || 'nothing'}.`);
    });
    expect(wrong).toEqual([]);
  });

  test('siblings of a registry do not import each other', () => {
    const vendors = presets.map(({ id }) => `lib/providers/${id}`);
    const wrong = vendors.flatMap((file) => importsOf(`${file}.ts`).filter((target) => vendors.includes(target)));
    expect(wrong).toEqual([]);
  });

  test('the browser is named in its room and in entrypoints only', () => {
    const wrong = sources.filter(
      (file) =>
        !file.startsWith('lib/browser/') &&
        file !== 'entrypoints/background.ts' &&
        (/from '(?:wxt\/browser|webextension-polyfill)'/u.test(read(file)) ||
          /\b(?:chrome|browser)\.[a-z]+\.[a-z]+\(/iu.test(code(file))),
    );
    expect(wrong).toEqual([]);
  });

  test('one door makes every request', () => {
    const uses = sources.flatMap((file) =>
      findRequests(read(file), file.endsWith('x') ? 'tsx' : 'ts').map((name) => `${file}: ${name}`),
    );
    expect(uses).toEqual([
      // The one script of the package that the worker reads later.
      ...Array.from({ length: 3 }, () => 'lib/browser/asking.ts: importScripts'),
      // Handed to the door, and to nobody else.
      'lib/browser/background-world.ts: fetch',
    ]);
  });

  test("the browser's own fetch is the door's alone", () => {
    const called = sources.filter(
      (file) => file.startsWith('lib/background/') && /(?<![.\w])fetch\(/u.test(code(file)),
    );
    expect(called).toEqual(['lib/background/door.ts']);
    expect(code('lib/background/background.ts')).not.toMatch(/world\.fetch\b/u);
  });

  test('no HTML string and no evaluated code in our pages', () => {
    const forbidden =
      /innerHTML|outerHTML|insertAdjacentHTML|dangerouslySetInnerHTML|new Function|\beval\(|document\.write/u;
    expect(sources.filter((file) => forbidden.test(code(file)))).toEqual([]);
  });

  test('nothing is logged', () => {
    // Vendors call the page with the keys a console, too.
    const logging = /(?<!https:\/\/(?:\w+\.)?)\bconsole\./u;
    expect(sources.filter((file) => logging.test(code(file)))).toEqual([]);
  });
});

describe('the registries', () => {
  test.each([
    ['providers', presets.map(({ id }) => id)],
    ['commands', commands.map(({ id }) => id)],
    ['locales', locales.map(({ tag }) => tag)],
  ])('%s have names of their own', (_name, ids) => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(0);
  });

  test('every file of a registry is in its list, and nothing else lies there', () => {
    const others = new Set(['provider', 'index', 'normalize-base-url', 'is-private-host', 'speaks-ollama', 'exporter']);
    const filesIn = (folder: string): readonly string[] =>
      readdirSync(join(root, folder))
        .filter((name) => /^[\w-]+\.ts$/u.test(name))
        .map((name) => name.replace('.ts', ''))
        .filter((name) => !others.has(name))
        .toSorted();
    expect(filesIn('lib/providers')).toEqual(presets.map(({ id }) => id).toSorted());
    expect(filesIn('lib/exporters')).toEqual(exporters.map(({ id }) => id).toSorted());
  });

  test('every folder of a locale is in the list', () => {
    const folders = readdirSync(join(root, 'lib/i18n'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).toSorted()).toEqual(locales.map(({ tag }) => tag).toSorted());
  });
});

describe('the project', () => {
  test('its lock file names no host', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved"/u);
  });

  test('the top level is what the architecture says', () => {
    const allowed =
      /^(?:entrypoints|components|lib|public|tests|docs|node_modules|README\.md|LICENSE|package(?:-lock)?\.json|\w+\.config\.ts|tsconfig\.json|\..+)$/u;
    expect(readdirSync(root).filter((name) => !allowed.test(name))).toEqual([]);
  });
});

function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        /\.tsx?$/u.test(entry.name) &&
        !/\.test\.|\/testing\//u.test(`${entry.parentPath}/${entry.name}`),
    )
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

function read(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** The source without comments that would look like code. */
function code(file: string): string {
  return read(file)
    .replaceAll(/\/\*[\s\S]*?\*\//gu, '')
    .replaceAll(/(?<!:)\/\/.*$/gmu, '');
}

/** The project's own files that a file imports, types included, as paths without ending. */
function importsOf(file: string): string[] {
  return [...read(file).matchAll(/(?:from|import\(|^import)\s*'([^']+)'/gmu)]
    .map(([, target = '']) => target)
    .filter((target) => target.startsWith('.') || target.startsWith('@/'))
    .map((target) =>
      normalize(target.startsWith('@/') ? target.slice(2) : join(dirname(file), target))
        .replaceAll('\\', '/')
        .replace(/\.tsx?$/u, ''),
    );
}

function roomOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  return top === 'lib' ? `lib/${second}` : top;
}

function isUnder(target: string, arrow: string): boolean {
  if (arrow === 'lib/*') return target.startsWith('lib/');
  return target === arrow || target.startsWith(`${arrow}/`);
}
