import type { LanguageFn } from 'highlight.js';

type Grammar = Promise<{ readonly default: LanguageFn }>;

export interface CodeLanguage {
  /** The name that its grammar has in highlight.js. */
  readonly id: string;
  /** What the names of its files end in. */
  readonly ending: string;
  /** Other names that it goes by after a fence, in small letters. */
  readonly names: readonly string[];
  readonly loadGrammar: () => Grammar;
  /** Languages that its code may hold within. */
  readonly within: readonly string[];
}

/** Names and languages within are written as words of one text. */
function language(id: string, ending: string, names: string, loadGrammar: () => Grammar, within = ''): CodeLanguage {
  return { id, ending, names: words(names), loadGrammar, within: words(within) };
}

/**
 * The languages that are coloured. Each grammar is a chunk of its own: it is written out here, because the build makes
 * chunks of the names that it can read.
 */
export const languages: readonly CodeLanguage[] = [
  language('apache', 'conf', 'apacheconf htaccess', () => import('highlight.js/lib/languages/apache')),
  language('bash', 'sh', 'zsh ksh fish', () => import('highlight.js/lib/languages/bash')),
  language('c', 'c', 'h', () => import('highlight.js/lib/languages/c')),
  language('clojure', 'clj', 'cljs edn', () => import('highlight.js/lib/languages/clojure')),
  language('cmake', 'cmake', '', () => import('highlight.js/lib/languages/cmake')),
  language(
    'cpp',
    'cpp',
    'c++ cc cxx hpp h++ hh hxx arduino ino cuda cu',
    () => import('highlight.js/lib/languages/cpp'),
  ),
  language('csharp', 'cs', 'c# dotnet', () => import('highlight.js/lib/languages/csharp')),
  language('css', 'css', '', () => import('highlight.js/lib/languages/css')),
  language('dart', 'dart', '', () => import('highlight.js/lib/languages/dart')),
  language('delphi', 'pas', 'pascal dpr freepascal', () => import('highlight.js/lib/languages/delphi')),
  language('diff', 'diff', 'patch udiff', () => import('highlight.js/lib/languages/diff')),
  language(
    'dockerfile',
    'dockerfile',
    'docker containerfile',
    () => import('highlight.js/lib/languages/dockerfile'),
    'bash',
  ),
  language('dos', 'bat', 'cmd batch', () => import('highlight.js/lib/languages/dos')),
  language('elixir', 'ex', 'exs', () => import('highlight.js/lib/languages/elixir')),
  language('erlang', 'erl', 'hrl', () => import('highlight.js/lib/languages/erlang')),
  language('fortran', 'f90', 'f95', () => import('highlight.js/lib/languages/fortran')),
  language('fsharp', 'fs', 'f#', () => import('highlight.js/lib/languages/fsharp')),
  language('glsl', 'glsl', 'hlsl wgsl', () => import('highlight.js/lib/languages/glsl')),
  language('go', 'go', 'golang', () => import('highlight.js/lib/languages/go')),
  language('gradle', 'gradle', '', () => import('highlight.js/lib/languages/gradle')),
  language('graphql', 'graphql', 'gql', () => import('highlight.js/lib/languages/graphql')),
  language('groovy', 'groovy', 'jenkinsfile', () => import('highlight.js/lib/languages/groovy')),
  language('handlebars', 'hbs', 'mustache', () => import('highlight.js/lib/languages/handlebars'), 'xml'),
  language('haskell', 'hs', '', () => import('highlight.js/lib/languages/haskell')),
  language('http', 'http', 'https', () => import('highlight.js/lib/languages/http'), 'json'),
  language('ini', 'ini', 'toml cfg editorconfig', () => import('highlight.js/lib/languages/ini')),
  language('java', 'java', 'jsp', () => import('highlight.js/lib/languages/java')),
  language(
    'javascript',
    'js',
    'mjs cjs jsx node',
    () => import('highlight.js/lib/languages/javascript'),
    'xml css graphql',
  ),
  language('json', 'json', 'json5 jsonc jsonl', () => import('highlight.js/lib/languages/json')),
  language('julia', 'jl', '', () => import('highlight.js/lib/languages/julia')),
  language('kotlin', 'kt', 'kts', () => import('highlight.js/lib/languages/kotlin')),
  language('latex', 'tex', '', () => import('highlight.js/lib/languages/latex')),
  language('less', 'less', '', () => import('highlight.js/lib/languages/less')),
  language('lisp', 'lisp', 'common-lisp elisp emacs-lisp', () => import('highlight.js/lib/languages/lisp')),
  language('lua', 'lua', 'luau', () => import('highlight.js/lib/languages/lua')),
  language('makefile', 'mk', 'make mak', () => import('highlight.js/lib/languages/makefile')),
  language('markdown', 'md', 'mkd mkdown mdx', () => import('highlight.js/lib/languages/markdown'), 'xml'),
  language('matlab', 'm', 'octave', () => import('highlight.js/lib/languages/matlab')),
  language('nginx', 'conf', 'nginxconf', () => import('highlight.js/lib/languages/nginx')),
  language('nix', 'nix', 'nixos', () => import('highlight.js/lib/languages/nix')),
  language('objectivec', 'mm', 'objc obj-c objective-c', () => import('highlight.js/lib/languages/objectivec')),
  language('ocaml', 'ml', '', () => import('highlight.js/lib/languages/ocaml')),
  language('perl', 'pl', 'pm', () => import('highlight.js/lib/languages/perl')),
  language('pgsql', 'sql', 'postgres postgresql plpgsql', () => import('highlight.js/lib/languages/pgsql')),
  language('php', 'php', 'php3 php4 php5 php7 php8', () => import('highlight.js/lib/languages/php')),
  language('powershell', 'ps1', 'pwsh ps', () => import('highlight.js/lib/languages/powershell')),
  language('prolog', 'pro', '', () => import('highlight.js/lib/languages/prolog')),
  language('properties', 'properties', 'env dotenv', () => import('highlight.js/lib/languages/properties')),
  language('protobuf', 'proto', '', () => import('highlight.js/lib/languages/protobuf')),
  language('python', 'py', 'python3 py3 pyi pyw ipython gyp', () => import('highlight.js/lib/languages/python')),
  language('r', 'r', '', () => import('highlight.js/lib/languages/r')),
  language('ruby', 'rb', 'gemspec podspec rake irb', () => import('highlight.js/lib/languages/ruby')),
  language('rust', 'rs', '', () => import('highlight.js/lib/languages/rust')),
  language('scala', 'scala', 'sc sbt', () => import('highlight.js/lib/languages/scala')),
  language('scheme', 'scm', 'racket rkt', () => import('highlight.js/lib/languages/scheme')),
  language('scss', 'scss', 'sass', () => import('highlight.js/lib/languages/scss')),
  language('shell', 'sh', 'console shellsession terminal', () => import('highlight.js/lib/languages/shell'), 'bash'),
  language(
    'sql',
    'sql',
    'mysql mariadb sqlite sqlite3 mssql tsql plsql',
    () => import('highlight.js/lib/languages/sql'),
  ),
  language('swift', 'swift', '', () => import('highlight.js/lib/languages/swift')),
  language('tcl', 'tcl', 'tk', () => import('highlight.js/lib/languages/tcl')),
  language('twig', 'twig', 'jinja jinja2 j2', () => import('highlight.js/lib/languages/twig'), 'xml'),
  language('typescript', 'ts', 'mts cts tsx', () => import('highlight.js/lib/languages/typescript'), 'xml css graphql'),
  language('vbnet', 'vb', '', () => import('highlight.js/lib/languages/vbnet')),
  language('verilog', 'v', 'sv svh systemverilog', () => import('highlight.js/lib/languages/verilog')),
  language('vhdl', 'vhd', '', () => import('highlight.js/lib/languages/vhdl')),
  language('vim', 'vim', 'viml', () => import('highlight.js/lib/languages/vim')),
  language('wasm', 'wat', '', () => import('highlight.js/lib/languages/wasm')),
  language('x86asm', 'asm', 'nasm assembly', () => import('highlight.js/lib/languages/x86asm')),
  language(
    'xml',
    'xml',
    'html xhtml svg vue svelte astro rss atom xsd xsl xslt plist',
    () => import('highlight.js/lib/languages/xml'),
    'css javascript',
  ),
  language('yaml', 'yaml', 'yml', () => import('highlight.js/lib/languages/yaml')),
];

function words(text: string): readonly string[] {
  return text === '' ? [] : text.split(' ');
}

/** The language that goes by this name after a fence, whatever its case. */
export function findLanguage(name: string): CodeLanguage | undefined {
  const wanted = name.toLowerCase();
  return (
    languages.find(({ id }) => id === wanted) ??
    languages.find(({ names }) => names.includes(wanted)) ??
    languages.find(({ ending }) => ending === wanted)
  );
}

/** What the name of a file with this code ends in: the ending that stands after the fence, or the usual one. */
export function fileEndingOf(name: string): string {
  const wanted = name.toLowerCase();
  const found = findLanguage(wanted);
  if (!found) return otherEndings.get(wanted) ?? 'txt';
  return ownEndings.has(wanted) ? wanted : found.ending;
}

/** Names that are endings, too, though another is the first of their language. */
const ownEndings = new Set(
  'bash zsh fish h hpp hh hxx cc cxx ino cu mjs cjs jsx mts cts tsx toml cfg jsonc json5 jsonl kts hlsl wgsl patch cmd exs hrl cljs edn html xhtml svg vue svelte astro rss atom xsd xsl xslt plist sass sbt rkt mdx pyi pyw gemspec podspec rake env'.split(
    ' ',
  ),
);

/** Of what is not coloured. */
const otherEndings = new Map([
  ['mermaid', 'mmd'],
  ['csv', 'csv'],
  ['tsv', 'tsv'],
  ['zig', 'zig'],
  ['sol', 'sol'],
  ['solidity', 'sol'],
  ['terraform', 'tf'],
  ['tf', 'tf'],
  ['hcl', 'hcl'],
  ['nim', 'nim'],
  ['dot', 'dot'],
]);
