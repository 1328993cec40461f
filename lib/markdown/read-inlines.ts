import type { SyntaxNode } from '@lezer/common';
import type { MarkdownParser } from '@lezer/markdown';
import { decodeEscapes } from './decode-escapes';
import { readDestination, readTitle } from './link-syntax';
import type { Inline } from './nodes';
import type { WebAddress } from './web-address';

/** Text that is read at once. Longer text is read in pieces, cut at white space, so that its cost grows with its length. */
const maxPieceLength = 4_000;

/** Marks inside marks; what is deeper is shown as it is written. */
const maxInlineDepth = 32;

export interface Definition {
  readonly destination: string;
  readonly title?: string;
}

/** What the text of a block is read with. */
export interface InlineContext {
  readonly parser: MarkdownParser;
  readonly findDefinition: (label: string) => Definition | undefined;
  readonly readAddress: (destination: string) => WebAddress | undefined;
}

/** Reads the text of one block; its lines are free of the marks of the blocks around it and of leading white space. */
export function readInlines(text: string, context: InlineContext): readonly Inline[] {
  const inlines: Inline[] = [];
  for (const piece of cutIntoPieces(text)) for (const inline of readPiece(piece, context)) addInline(inlines, inline);
  return inlines;
}

/** The pieces of a text: one, unless it is over the limit. Where it is cut depends on what is before the cut alone. */
export function cutIntoPieces(text: string): readonly string[] {
  const pieces: string[] = [];
  let from = 0;
  while (text.length - from > maxPieceLength) {
    const limit = from + maxPieceLength;
    const space = Math.max(text.lastIndexOf('\n', limit - 1), text.lastIndexOf(' ', limit - 1)) + 1;
    const splitsPair = /[\uD800-\uDBFF]/.test(text[limit - 1] ?? '');
    const cut = space > from ? space : limit - (splitsPair ? 1 : 0);
    pieces.push(text.slice(from, cut));
    from = cut;
  }
  pieces.push(text.slice(from));
  return pieces;
}

function readPiece(text: string, context: InlineContext): readonly Inline[] {
  // The parser would skip a blank line at the start, and a piece may begin with one.
  const blank = /^\s*/.exec(text)?.[0] ?? '';
  const trimmed = text.slice(blank.length);
  const top = trimmed === '' ? null : context.parser.parse(trimmed).topNode.firstChild;
  const span = top && { node: top, from: 0, to: trimmed.length };
  const inlines: Inline[] = blank === '' ? [] : [{ type: 'text', text: blank }];
  for (const inline of span ? readChildren(span, { ...context, text: trimmed, depth: 0 }) : [])
    addInline(inlines, inline);
  return inlines;
}

interface PieceContext extends InlineContext {
  readonly text: string;
  readonly depth: number;
}

/** A node and the part of the text that its children and the text between them are taken from. */
interface Span {
  readonly node: SyntaxNode;
  readonly from: number;
  readonly to: number;
}

function readChildren(span: Span, context: PieceContext): readonly Inline[] {
  const inlines: Inline[] = [];
  let position = span.from;
  for (let child = span.node.firstChild; child; child = child.nextSibling) {
    if (child.to <= position) continue;
    if (child.from >= span.to) break;
    addText(inlines, softBreaks(context.text.slice(position, child.from)));
    const read = inlineReaders[child.name];
    const source = context.text.slice(child.from, child.to);
    if (!read || context.depth >= maxInlineDepth) addText(inlines, source);
    else for (const inline of read(child, source, context)) addInline(inlines, inline);
    position = child.to;
  }
  addText(inlines, softBreaks(context.text.slice(position, span.to)));
  return inlines;
}

/** One reader for each kind of inline node of the grammar. A node without one is shown as it is written. */
const inlineReaders: Readonly<
  Record<string, (node: SyntaxNode, source: string, context: PieceContext) => readonly Inline[]>
> = {
  Escape: (_node, source) => [{ type: 'text', text: source.slice(1) }],
  Entity: (_node, source) => [{ type: 'text', text: decodeEscapes(source) }],
  HardBreak: () => [{ type: 'break' }],
  InlineCode: (node, source) => [{ type: 'code-span', text: readCodeSpan(node, source) }],
  Emphasis: (node, _source, context) => [{ type: 'emphasis', children: readMarked(node, context) }],
  StrongEmphasis: (node, _source, context) => [{ type: 'strong', children: readMarked(node, context) }],
  Strikethrough: (node, _source, context) => [{ type: 'strike', children: readMarked(node, context) }],
  // The one tag that is understood: models break lines in table cells with it.
  HTMLTag: (_node, source) => (/^<br *\/?>$/i.test(source) ? [{ type: 'break' }] : [{ type: 'text', text: source }]),
  Link: readLink,
  Image: readImage,
  Autolink: (_node, source, context) => readAutolink(source.slice(1, -1), source, context),
  // A bare address
  URL: (_node, source, context) => readAutolink(source, source, context),
};

/** Children of a node that begins and ends with a mark. */
function readMarked(node: SyntaxNode, context: PieceContext): readonly Inline[] {
  const span = { node, from: node.firstChild?.to ?? node.from, to: node.lastChild?.from ?? node.to };
  return readChildren(span, { ...context, depth: context.depth + 1 });
}

/** https://spec.commonmark.org/0.31.2/#code-spans */
function readCodeSpan(node: SyntaxNode, source: string): string {
  const marks = node.firstChild ? node.firstChild.to - node.firstChild.from : 1;
  const text = source.slice(marks, -marks).replaceAll('\n', ' ');
  return /^ .*[^ ].* $/.test(text) ? text.slice(1, -1) : text;
}

function readLink(node: SyntaxNode, _source: string, context: PieceContext): readonly Inline[] {
  const { children, destination, title } = readLinkParts(node, 1, context);
  const address = context.readAddress(destination);
  return address ? [{ type: 'link', ...address, ...title, children }] : children;
}

function readImage(node: SyntaxNode, _source: string, context: PieceContext): readonly Inline[] {
  const { children, destination, title } = readLinkParts(node, 2, context);
  const alt = readPlainText(children);
  const address = context.readAddress(destination);
  return [address ? { type: 'image', alt, ...address, ...title } : { type: 'text', text: alt }];
}

function readLinkParts(node: SyntaxNode, openLength: number, context: PieceContext) {
  const from = node.from + openLength;
  const to = node.getChildren('LinkMark').at(-1)?.from ?? node.to;
  const children = readChildren({ node, from, to }, { ...context, depth: context.depth + 1 });
  const slice = (child: SyntaxNode | null) => (child ? context.text.slice(child.from, child.to) : undefined);
  const hasInlinePart = context.text[to + 1] === '(' && node.to > to + 1;
  if (hasInlinePart) {
    const titleSource = slice(node.getChild('LinkTitle'));
    const title = titleSource === undefined ? {} : { title: readTitle(titleSource) };
    return { children, destination: readDestination(slice(node.getChild('LinkDestination')) ?? ''), title };
  }
  const label = slice(node.getChild('LinkLabel'))?.slice(1, -1) ?? context.text.slice(from, to);
  const definition = context.findDefinition(label);
  const title = definition?.title === undefined ? {} : { title: definition.title };
  return { children, destination: definition?.destination ?? '', title };
}

function readAutolink(destination: string, source: string, context: PieceContext): readonly Inline[] {
  const shown: Inline = { type: 'text', text: destination };
  const scheme = /^[a-z][a-z\d+.-]+:/i.test(destination) ? '' : destination.includes('@') ? 'mailto:' : 'http://';
  const address = context.readAddress(scheme + destination);
  return address ? [{ type: 'link', ...address, children: [shown] }] : [{ type: 'text', text: source }];
}

/** What is left of inlines where only text can be. */
export function readPlainText(inlines: readonly Inline[]): string {
  return inlines.map(toPlainText).join('');
}

function toPlainText(inline: Inline): string {
  switch (inline.type) {
    case 'text':
    case 'code-span':
      return inline.text;
    case 'emphasis':
    case 'strong':
    case 'strike':
    case 'link':
      return readPlainText(inline.children);
    case 'image':
      return inline.alt;
    case 'break':
      return '\n';
  }
}

function softBreaks(text: string): string {
  return text.replaceAll(/ *\n */g, '\n');
}

function addText(inlines: Inline[], text: string): void {
  if (text !== '') addInline(inlines, { type: 'text', text });
}

/** Neighbouring texts become one. */
function addInline(inlines: Inline[], inline: Inline): void {
  const last = inlines.at(-1);
  if (inline.type === 'text' && last?.type === 'text') {
    inlines[inlines.length - 1] = { type: 'text', text: last.text + inline.text };
  } else inlines.push(inline);
}
