/** What a page or worker of the built extension loads, by reading the import statements of its files. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { gzipSync } from 'node:zlib';
import { parseAst } from 'vite';

export interface Size {
  readonly bytes: number;
  readonly gzipBytes: number;
}

export interface Imports {
  /** Paths from the root of the extension. */
  readonly static: readonly string[];
  readonly dynamic: readonly string[];
}

/** Stands for an import whose name is put together at run time. */
export const unreadable = '(computed)';

/** Imports of one built module. */
export function readImports(folder: string, path: string): Imports {
  const found = { static: new Array<string>(), dynamic: new Array<string>() };
  const toPath = (source: string): string => (source.startsWith('/') ? source.slice(1) : join(dirname(path), source));
  walk(parseAst(readFileSync(join(folder, path), 'utf8')), (node) => {
    const { source } = node;
    const name = isNode(source) ? literalOf(source) : undefined;
    const value = name === undefined ? unreadable : toPath(name);
    if (node['type'] === 'ImportExpression') found.dynamic.push(value);
    else if (/^(Import|ExportNamed|ExportAll)Declaration$/.test(String(node['type'])) && isNode(source))
      found.static.push(value);
  });
  return found;
}

/** These files and all they import statically, each once. */
export function withStaticImports(folder: string, paths: readonly string[]): readonly string[] {
  const all = new Set<string>();
  const add = (path: string): void => {
    if (all.has(path)) return;
    all.add(path);
    readImports(folder, path).static.forEach(add);
  };
  paths.forEach(add);
  return [...all];
}

/** Sum over the files; each is compressed alone, as the budget was measured. */
export function measure(folder: string, paths: readonly string[]): Size {
  const files = paths.map((path) => readFileSync(join(folder, path)));
  return {
    bytes: files.reduce((sum, file) => sum + file.length, 0),
    gzipBytes: files.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0),
  };
}

/** The text of a string or of a template without parts: minifiers write one as the other. */
function literalOf(node: Node): string | undefined {
  if (typeof node['value'] === 'string') return node['value'];
  const [quasi, ...more] = Array.isArray(node['quasis']) ? node['quasis'] : [];
  if (more.length > 0 || !isNode(quasi) || !isNode(quasi['value'])) return undefined;
  const { cooked } = quasi['value'];
  return typeof cooked === 'string' ? cooked : undefined;
}

type Node = Readonly<Record<string, unknown>>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (!isNode(value)) return;
  if (typeof value['type'] === 'string') visit(value);
  for (const child of Object.values(value)) walk(child, visit);
}
