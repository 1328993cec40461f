import {
  Autolink,
  type DelimiterType,
  InlineContext,
  type InlineParser,
  type MarkdownParser,
  parser,
  Strikethrough,
} from '@lezer/markdown';
import { findDestination, findLabel, findTitle } from './link-syntax';

/** Everything of the block grammar: the text of one block has none. */
const blockParsers = [
  'LinkReference',
  'IndentedCode',
  'FencedCode',
  'Blockquote',
  'HorizontalRule',
  'BulletList',
  'OrderedList',
  'ATXHeading',
  'HTMLBlock',
  'SetextHeading',
];

/** A `[` or `![` that may yet begin a link. */
interface Bracket {
  readonly delimiter: DelimiterType;
  readonly from: number;
  readonly to: number;
  readonly isImage: boolean;
  /** A link holds no link: when one is made, the brackets around it are text. */
  isActive: boolean;
  /** A label holds no bracket. */
  holdsBracket: boolean;
}

/**
 * Parses the text of one block into a tree whose only top node is a `Paragraph`.
 *
 * Links are read here and not by the library, which takes every `[text]` for a link because it can't know the
 * definitions. A `Link` or `Image` holds its text, a `LinkMark` at the `]`, and then what follows: `LinkDestination`
 * and `LinkTitle`, or `LinkLabel`, or nothing where its text is the label.
 */
export function createInlineParser(isDefined: (label: string) => boolean): MarkdownParser {
  let brackets: Bracket[] = [];

  function open(context: InlineContext, from: number, isImage: boolean): number {
    const bracket: Bracket = {
      // A type of its own, by which the bracket is found again whatever was opened since.
      delimiter: {},
      from,
      to: from + (isImage ? 2 : 1),
      isImage,
      isActive: true,
      holdsBracket: false,
    };
    const outer = brackets.at(-1);
    if (outer) outer.holdsBracket = true;
    brackets.push(bracket);
    context.addDelimiter(bracket.delimiter, from, bracket.to, true, false);
    // Tells the extension for bare addresses that a bracket is open.
    context.addDelimiter(InlineContext.linkStart, bracket.to, bracket.to, true, false);
    return bracket.to;
  }

  const link: InlineParser = {
    name: 'Link',
    parse: (context, next, at) => (next === 0x5b ? open(context, at, false) : -1),
  };

  const image: InlineParser = {
    name: 'Image',
    parse: (context, next, at) => (next === 0x21 && context.char(at + 1) === 0x5b ? open(context, at, true) : -1),
  };

  const linkEnd: InlineParser = {
    name: 'LinkEnd',
    parse(context, next, at) {
      if (next !== 0x5d) return -1;
      const bracket = brackets.pop();
      if (!bracket?.isActive) return -1;
      const after = readInlineLink(context, at + 1) ?? readReference(context, at + 1, bracket, isDefined);
      const index = after && context.findOpeningDelimiter(bracket.delimiter);
      if (!after || index === undefined || index === null) return -1;
      const content = context.takeContent(index);
      const name = bracket.isImage ? 'Image' : 'Link';
      const mark = context.elt('LinkMark', at, at + 1);
      context.addElement(context.elt(name, bracket.from, after.end, [...content, mark, ...after.elements]));
      if (!bracket.isImage) for (const outer of brackets) if (!outer.isImage) outer.isActive = false;
      return after.end;
    },
  };

  return parser.configure([
    Strikethrough,
    Autolink,
    {
      defineNodes: ['LinkDestination'],
      remove: blockParsers,
      parseBlock: [
        {
          name: 'WholeText',
          before: 'LinkReference',
          parse(context, line) {
            let text = line.text;
            while (context.nextLine()) text += `\n${line.text}`;
            brackets = [];
            context.addElement(context.elt('Paragraph', 0, text.length, context.parser.parseInline(text, 0)));
            return true;
          },
        },
      ],
      parseInline: [link, image, linkEnd],
    },
  ]);
}

interface AfterText {
  readonly end: number;
  readonly elements: readonly ReturnType<InlineContext['elt']>[];
}

/** `(destination "title")` */
function readInlineLink(context: InlineContext, at: number): AfterText | undefined {
  if (context.char(at) !== 0x28) return undefined;
  const { text } = context;
  const elements = [];
  let position = context.skipSpace(at + 1);
  const destination = findDestination(text, position);
  if (destination) {
    elements.push(context.elt('LinkDestination', position, destination.end));
    position = context.skipSpace(destination.end);
    const title = position > destination.end ? findTitle(text, position) : undefined;
    if (title) {
      elements.push(context.elt('LinkTitle', position, title.end));
      position = context.skipSpace(title.end);
    }
  }
  return context.char(position) === 0x29 ? { end: position + 1, elements } : undefined;
}

/** `[label]`, `[]` or nothing. */
function readReference(
  context: InlineContext,
  at: number,
  bracket: Bracket,
  isDefined: (label: string) => boolean,
): AfterText | undefined {
  const label = findLabel(context.text, at);
  if (label) {
    if (!isDefined(label.value)) return undefined;
    return { end: label.end, elements: [context.elt('LinkLabel', at, label.end)] };
  }
  const text = context.slice(bracket.to, at - 1);
  if (bracket.holdsBracket || !isDefined(text)) return undefined;
  return { end: context.slice(at, at + 2) === '[]' ? at + 2 : at, elements: [] };
}
