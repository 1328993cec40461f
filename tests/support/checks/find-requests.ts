/** Finds in a script what could make a request: by its syntax and its scopes, not by how it is written. */
import { parseAst } from 'vite';

/** Globals that make a request, or a script that could. `importScripts` and workers load only what a policy lets them. */
const globals = new Set([
  'fetch',
  'fetchLater',
  'XMLHttpRequest',
  'WebSocket',
  'WebSocketStream',
  'EventSource',
  'WebTransport',
  'RTCPeerConnection',
  'importScripts',
  'Worker',
  'SharedWorker',
]);
/** Whatever they are called on. */
const methods = new Set(['sendBeacon']);
const worlds = new Set(['globalThis', 'self', 'window', 'top', 'parent', 'frames']);

/**
 * Every use of such a global that the script has not declared itself, in the order of the text: `fetch`, `self.fetch`,
 * `sendBeacon`. A parameter or a field of the same name is none.
 */
export function findRequests(code: string, lang: 'js' | 'ts' | 'tsx' = 'js'): readonly string[] {
  const found: string[] = [];
  const program: unknown = parseAst(code, { lang });
  if (isNode(program)) visit(program, [], found);
  return found;
}

type Node = Readonly<Record<string, unknown>> & { readonly type: string };
type Scope = ReadonlySet<string>;

function visit(node: Node, outer: readonly Scope[], found: string[]): void {
  if (isTypeOnly(node)) return;
  const declared = namesDeclaredBy(node);
  const scopes = declared.size > 0 ? [...outer, declared] : outer;
  const isFree = (name: string): boolean => !scopes.some((scope) => scope.has(name));
  if (node.type === 'Identifier' && globals.has(nameOf(node)) && isFree(nameOf(node))) found.push(nameOf(node));
  if (node.type === 'MemberExpression') {
    const world = nameOf(node['object']);
    const member = memberOf(node);
    if (methods.has(member)) found.push(member);
    if (worlds.has(world) && isFree(world) && globals.has(member)) found.push(`${world}.${member}`);
  }
  for (const child of childrenOf(node)) visit(child, scopes, found);
}

/** A type says nothing of what happens. Around an expression it is written as a node of its own. */
function isTypeOnly({ type }: Node): boolean {
  return (
    type.startsWith('TS') && !/^TS(?:As|NonNull|Satisfies|Instantiation|TypeAssertion|ParameterProperty)/.test(type)
  );
}

/** The nodes in which something is referred to: not the names of members, fields, labels and imports. */
function childrenOf(node: Node): readonly Node[] {
  const isName = (key: string): boolean => {
    if (key === 'label' || key === 'imported' || key === 'exported') return true;
    if (node['computed'] === true) return false;
    if (key === 'property') return node.type === 'MemberExpression';
    // The value of `{ name }` is its name once more.
    return key === 'key';
  };
  return Object.entries(node)
    .filter(([key]) => !isName(key))
    .flatMap(([, value]) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
}

function namesDeclaredBy(node: Node): ReadonlySet<string> {
  switch (node.type) {
    case 'Program':
    case 'BlockStatement':
    case 'StaticBlock':
      return new Set(nodesIn(node['body']).flatMap(namesOfStatement));
    case 'SwitchStatement':
      return new Set(nodesIn(node['cases']).flatMap((one) => nodesIn(one['consequent']).flatMap(namesOfStatement)));
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return new Set([...namesOfPattern(node['id']), ...nodesIn(node['params']).flatMap(namesOfPattern)]);
    case 'ClassExpression':
      return new Set(namesOfPattern(node['id']));
    case 'CatchClause':
      return new Set(namesOfPattern(node['param']));
    case 'ForStatement':
      return new Set(namesOfStatement(node['init']));
    case 'ForInStatement':
    case 'ForOfStatement':
      return new Set(namesOfStatement(node['left']));
  }
  return new Set();
}

function namesOfStatement(statement: unknown): readonly string[] {
  if (!isNode(statement)) return [];
  switch (statement.type) {
    case 'VariableDeclaration':
      return nodesIn(statement['declarations']).flatMap(({ id }) => namesOfPattern(id));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return namesOfPattern(statement['id']);
    case 'ImportDeclaration':
      return nodesIn(statement['specifiers']).flatMap(({ local }) => namesOfPattern(local));
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      return namesOfStatement(statement['declaration']);
  }
  // `declare function importScripts(…)` and the like declare what is already there.
  return [];
}

function namesOfPattern(pattern: unknown): readonly string[] {
  if (!isNode(pattern)) return [];
  switch (pattern.type) {
    case 'Identifier':
      return [nameOf(pattern)];
    case 'ObjectPattern':
      return nodesIn(pattern['properties']).flatMap((property) =>
        namesOfPattern(property['value'] ?? property['argument']),
      );
    case 'ArrayPattern':
      return nodesIn(pattern['elements']).flatMap(namesOfPattern);
    case 'AssignmentPattern':
      return namesOfPattern(pattern['left']);
    case 'RestElement':
      return namesOfPattern(pattern['argument']);
    case 'TSParameterProperty':
      return namesOfPattern(pattern['parameter']);
  }
  return [];
}

function memberOf(node: Node): string {
  const { property } = node;
  if (!isNode(property)) return '';
  if (node['computed'] !== true) return nameOf(property);
  if (typeof property['value'] === 'string') return property['value'];
  const [quasi] = nodesIn(property['quasis']);
  const cooked = (quasi?.['value'] as { readonly cooked?: unknown } | undefined)?.cooked;
  return typeof cooked === 'string' ? cooked : '';
}

function nameOf(node: unknown): string {
  return isNode(node) && typeof node['name'] === 'string' ? node['name'] : '';
}

function nodesIn(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}
