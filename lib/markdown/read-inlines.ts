import { type BareAddress, findBareAddress, findMailAddresses, webAddressStart } from './autolinks';
import { decodeEscapes } from './decode-escapes';
import { closeDelimiters, type Delimiter, flank, pairDelimiters } from './delimiters';
import { htmlTag } from './html-syntax';
import { addPart, createPartList, type Part, readParts, wrapParts } from './inline-parts';
import { type Definition, skipSpaces } from './link-definition';
import { findDestination, findLabel, findTitle } from './link-syntax';
import { findMath } from './math-syntax';
import type { Inline } from './nodes';
import { readImageSource, type WebAddress } from './web-address';

/** What the text of a block is read with. */
export interface InlineContext {
  readonly findDefinition: (label: string) => Definition | undefined;
  /** The normalized label of a footnote, if there is one of that name. */
  readonly findFootnote: (label: string) => string | undefined;
  readonly readAddress: (destination: string) => WebAddress | undefined;
  /** More is to come: marks that are open at the end of the text count as closed there. */
  readonly isGrowing: boolean;
}

/** A `[` or `![` that may yet begin a link. */
interface Bracket {
  readonly part: Part;
  readonly from: number;
  readonly isImage: boolean;
  /** How many delimiters were open before it. */
  readonly delimiters: number;
  /** A link holds no link: when one is made, the brackets around it are text. */
  isActive: boolean;
  /** A label holds no bracket. */
  holdsBracket: boolean;
}

/** Characters that may be marks. Everything between them is taken at once. */
const plainText = /[^\n\\`*_~[\]!<&$]+/y;

/**
 * Reads one piece of the text of a block. https://spec.commonmark.org/0.31.2/#phase-2-inline-structure
 * Marks that turn out to be none stay as they are written.
 */
export function readInlines(text: string, context: InlineContext): readonly Inline[] {
  const list = createPartList();
  const delimiters: Delimiter[] = [];
  const brackets: Bracket[] = [];
  /** Lengths of runs of backticks that have no partner in the rest of the text. */
  const lonelyRuns = new Set<number>();
  let at = 0;

  while (at < text.length) at = readNext();
  const open = pairDelimiters(list, delimiters);
  if (context.isGrowing) {
    closeDelimiters(list, open);
    for (const { part, isImage } of brackets) if (!isImage) part.text = '';
  }
  return linkMailAddresses(readParts(list.head.next), context);

  /** Reads what is at `at` and gives the place after it. */
  function readNext(): number {
    const end =
      readPlainText() ??
      (text[at] === '\n' ? readLineEnd() : undefined) ??
      readEscape() ??
      readCode() ??
      readFormula() ??
      readBracket() ??
      readTag() ??
      readEntity() ??
      readDelimiters();
    if (end !== undefined) return end;
    addPart(list, text[at] ?? '');
    return at + 1;
  }

  function readPlainText(): number | undefined {
    plainText.lastIndex = at;
    const plain = plainText.exec(text)?.[0];
    if (plain === undefined) return undefined;
    const before = Math.min(2, at);
    const start = webAddressStart.exec(text.slice(at - before, at + plain.length));
    const addressAt = start ? at - before + start.index : -1;
    if (addressAt > at) {
      addPart(list, text.slice(at, addressAt));
      return addressAt;
    }
    const address = addressAt === at ? findBareAddress(text, at, brackets.length > 0) : undefined;
    const inline = address && linkTo(address);
    if (address && inline) {
      addPart(list, '', inline);
      return at + address.text.length;
    }
    const next = addressAt === at ? (start?.[0].length ?? plain.length) : plain.length;
    addPart(list, text.slice(at, at + next));
    return at + next;
  }

  function linkTo({ text: shown, destination }: BareAddress): Inline | undefined {
    const address = context.readAddress(destination);
    return address && { type: 'link', ...address, children: [{ type: 'text', text: shown }] };
  }

  function readLineEnd(): number {
    const last = list.last;
    const isHard = !last.inline && last.text.endsWith('  ');
    if (!last.inline) last.text = last.text.replace(/(?<! ) +$/, '');
    if (isHard) addPart(list, '', { type: 'break' });
    else addPart(list, '\n');
    return skipSpaces(text, at);
  }

  function readEscape(): number | undefined {
    if (text[at] !== '\\') return undefined;
    const next = text[at + 1] ?? '';
    if (next === '(' || next === '[') {
      const end = readFormula();
      if (end !== undefined) return end;
    }
    if (next === '\n') {
      addPart(list, '', { type: 'break' });
      return skipSpaces(text, at + 1);
    }
    const isEscape = /[!-/:-@[-`{-~]/.test(next);
    addPart(list, isEscape ? next : '\\');
    return at + (isEscape ? 2 : 1);
  }

  /** https://spec.commonmark.org/0.31.2/#code-spans */
  function readCode(): number | undefined {
    if (text[at] !== '`') return undefined;
    const from = at + runLength('`');
    const mark = text.slice(at, from);
    let end = lonelyRuns.has(mark.length) ? -1 : findRun(from, mark.length);
    if (end < 0) {
      lonelyRuns.add(mark.length);
      if (!context.isGrowing) {
        addPart(list, mark);
        return from;
      }
      end = text.length;
    }
    const code = text.slice(from, end).replaceAll('\n', ' ');
    const isPadded = /^ .*[^ ].* $/.test(code) || /^ [^ ] $/.test(code);
    addPart(list, '', { type: 'code-span', text: isPadded ? code.slice(1, -1) : code });
    return end + mark.length;
  }

  function findRun(from: number, length: number): number {
    const runs = /`+/g;
    runs.lastIndex = from;
    for (let run = runs.exec(text); run; run = runs.exec(text)) if (run[0].length === length) return run.index;
    return -1;
  }

  function runLength(mark: string): number {
    let length = 0;
    while (text[at + length] === mark) length += 1;
    return length;
  }

  function readFormula(): number | undefined {
    if (text[at] !== '$' && text[at] !== '\\') return undefined;
    const found = findMath(text, at);
    if (found) {
      addPart(list, '', { type: 'math', tex: found.tex, isDisplay: found.isDisplay });
      return found.end;
    }
    // A run that opens nothing opens nothing at its second character either.
    if (text[at] !== '$') return undefined;
    const length = runLength('$');
    addPart(list, text.slice(at, at + length));
    return at + length;
  }

  function readBracket(): number | undefined {
    const isImage = text[at] === '!' && text[at + 1] === '[';
    if (isImage || text[at] === '[') return readFootnoteReference() ?? openBracket(isImage);
    return text[at] === ']' ? closeBracket() : undefined;
  }

  function readFootnoteReference(): number | undefined {
    if (text[at + 1] !== '^') return undefined;
    const mark = /\[\^([^\s[\]]{1,100})\]/y;
    mark.lastIndex = at;
    const label = context.findFootnote(mark.exec(text)?.[1] ?? '');
    if (label === undefined) return undefined;
    addPart(list, '', { type: 'footnote-reference', label });
    return mark.lastIndex;
  }

  function openBracket(isImage: boolean): number {
    const outer = brackets.at(-1);
    if (outer) outer.holdsBracket = true;
    const from = at + (isImage ? 2 : 1);
    const part = addPart(list, text.slice(at, from));
    brackets.push({ part, from, isImage, delimiters: delimiters.length, isActive: true, holdsBracket: false });
    return from;
  }

  function closeBracket(): number | undefined {
    const bracket = brackets.pop();
    const target = bracket?.isActive ? (readTarget(at + 1) ?? readReference(bracket)) : undefined;
    if (!bracket || !target) return undefined;
    pairDelimiters(list, delimiters, bracket.delimiters);
    const { previous } = bracket.part;
    if (!previous) return undefined;
    bracket.part.text = '';
    const make = makeTarget(bracket, target);
    // Without an address, or too deep, only its text is shown.
    if (make) wrapParts(list, { before: bracket.part, after: undefined }, make);
    if (!bracket.isImage) for (const outer of brackets) if (!outer.isImage) outer.isActive = false;
    return target.end;
  }

  function makeTarget({ isImage }: Bracket, target: Target): ((children: readonly Inline[]) => Inline) | undefined {
    const address = context.readAddress(target.destination);
    const title = target.title === undefined ? {} : { title: target.title };
    if (!isImage)
      return address && ((children) => ({ type: 'link', ...address, ...title, children: unlink(children) }));
    const src = readImageSource(target.destination);
    return (children): Inline => {
      const alt = readPlain(children);
      if (src !== undefined) return { type: 'inline-image', alt, src };
      return address ? { type: 'image', alt, ...address, ...title } : { type: 'text', text: alt };
    };
  }

  /** `(destination "title")` */
  function readTarget(from: number): Target | undefined {
    if (text[from] !== '(') return undefined;
    let position = skipSpaces(text, from + 1);
    const destination = findDestination(text, position);
    let title: string | undefined;
    if (destination) {
      position = skipSpaces(text, destination.end);
      const found = position > destination.end ? findTitle(text, position) : undefined;
      if (found) {
        title = found.value;
        position = skipSpaces(text, found.end);
      }
    }
    if (text[position] !== ')') return undefined;
    return { destination: destination?.value ?? '', title, end: position + 1 };
  }

  /** `[label]`, `[]` or nothing. */
  function readReference(bracket: Bracket): Target | undefined {
    const label = findLabel(text, at + 1);
    if (label) {
      const definition = context.findDefinition(label.value);
      return definition && { ...definition, end: label.end };
    }
    const name = text.slice(bracket.from, at);
    const definition = bracket.holdsBracket || name.length > 999 ? undefined : context.findDefinition(name);
    return definition && { ...definition, end: text.startsWith('[]', at + 1) ? at + 3 : at + 1 };
  }

  function readTag(): number | undefined {
    if (text[at] !== '<') return undefined;
    const address = /<((?:[a-z][a-z\d+.-]{1,31}:[^\s<>]*)|[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d.-]+)>/iy;
    address.lastIndex = at;
    const shown = address.exec(text)?.[1];
    if (shown !== undefined) {
      const destination = /^[a-z][a-z\d+.-]{1,31}:/i.test(shown) ? shown : `mailto:${shown}`;
      const link = linkTo({ text: shown, destination });
      addPart(list, text.slice(at, address.lastIndex), link);
      return address.lastIndex;
    }
    htmlTag.lastIndex = at;
    const tag = htmlTag.exec(text)?.[0];
    if (tag === undefined) return undefined;
    // The one tag that is understood: models break lines in table cells with it.
    if (/^<br\s*\/?>$/i.test(tag)) addPart(list, '', { type: 'break' });
    else addPart(list, '', { type: 'text', text: tag });
    return at + tag.length;
  }

  function readEntity(): number | undefined {
    const entity = /&(?:#x[\da-f]{1,6}|#\d{1,7}|[a-z][\da-z]{1,31});/iy;
    entity.lastIndex = at;
    const source = entity.exec(text)?.[0];
    if (source === undefined) return undefined;
    addPart(list, '', { type: 'text', text: decodeEscapes(source) });
    return at + source.length;
  }

  function readDelimiters(): number | undefined {
    const mark = text[at] ?? '';
    if (mark !== '*' && mark !== '_' && mark !== '~') return undefined;
    const length = runLength(mark);
    const part = addPart(list, text.slice(at, at + length));
    const after = String.fromCodePoint(text.codePointAt(at + length) ?? 0x20);
    delimiters.push({ part, mark, length, fullLength: length, ...flank(mark, characterBefore(), after) });
    return at + length;
  }

  function characterBefore(): string {
    const before = text.slice(Math.max(0, at - 2), at);
    return /[\uDC00-\uDFFF]$/.test(before) ? before : (before.at(-1) ?? '');
  }
}

interface Target {
  readonly destination: string;
  readonly title?: string | undefined;
  readonly end: number;
}

/** The words of the links in them: a link holds no link. */
function unlink(inlines: readonly Inline[]): readonly Inline[] {
  return inlines.flatMap((inline): readonly Inline[] => {
    if (inline.type === 'link') return inline.children;
    return 'children' in inline ? [{ ...inline, children: unlink(inline.children) }] : [inline];
  });
}

/** Mail addresses are found in what is left as text, so that no mark is taken for a part of one. */
function linkMailAddresses(inlines: readonly Inline[], context: InlineContext): readonly Inline[] {
  if (!inlines.some((inline) => inline.type !== 'link' && readPlain([inline]).includes('@'))) return inlines;
  return inlines.flatMap((inline): readonly Inline[] => {
    if (inline.type === 'text') return linkMailIn(inline.text, context);
    if (!('children' in inline) || inline.type === 'link') return [inline];
    return [{ ...inline, children: linkMailAddresses(inline.children, context) }];
  });
}

function linkMailIn(text: string, { readAddress }: InlineContext): readonly Inline[] {
  const inlines: Inline[] = [];
  let position = 0;
  for (const { from, address } of findMailAddresses(text)) {
    const target = readAddress(`mailto:${address}`);
    if (!target) continue;
    if (from > position) inlines.push({ type: 'text', text: text.slice(position, from) });
    inlines.push({ type: 'link', ...target, children: [{ type: 'text', text: address }] });
    position = from + address.length;
  }
  if (position < text.length) inlines.push({ type: 'text', text: text.slice(position) });
  return inlines;
}

/** What is left of inlines where only text can be. */
export function readPlain(inlines: readonly Inline[]): string {
  return inlines.map(toPlain).join('');
}

function toPlain(inline: Inline): string {
  switch (inline.type) {
    case 'text':
    case 'code-span':
      return inline.text;
    case 'emphasis':
    case 'strong':
    case 'strike':
    case 'link':
      return readPlain(inline.children);
    case 'image':
    case 'inline-image':
      return inline.alt;
    case 'math':
      return inline.tex;
    case 'footnote-reference':
      return '';
    case 'break':
      return '\n';
  }
}
