/** https://spec.commonmark.org/0.31.2/#html-blocks : where each of its seven kinds begins and ends. */
const kinds: readonly { readonly start: RegExp; readonly end: RegExp | undefined }[] = [
  { start: /^<(?:script|pre|textarea|style)(?:\s|>|$)/i, end: /<\/(?:script|pre|textarea|style)>/i },
  { start: /^<!--/, end: /-->/ },
  { start: /^<[?]/, end: /\?>/ },
  { start: /^<![a-z]/i, end: />/ },
  { start: /^<!\[CDATA\[/, end: /\]\]>/ },
  {
    start:
      /^<\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:\s|\/?>|$)/i,
    end: undefined,
  },
  {
    start:
      /^(?:<[a-z][a-z\d-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?>|<\/[a-z][a-z\d-]*\s*>)\s*$/i,
    end: undefined,
  },
];

/** The kind of block that a line begins, undefined for none. The last kind can't interrupt a paragraph. */
export function htmlStartOf(line: string, isInParagraph: boolean): number | undefined {
  const found = kinds.findIndex(({ start }) => start.test(line.slice(0, maxStartLength)));
  return found < 0 || (found === 6 && isInParagraph) ? undefined : found;
}

/** A tag that is longer begins no block. */
const maxStartLength = 1000;

/** The kinds without an end of their own end at a blank line. */
export function endsAtBlankLine(kind: number): boolean {
  return kinds[kind]?.end === undefined;
}

export function isHtmlEnd(kind: number, line: string): boolean {
  return kinds[kind]?.end?.test(line) ?? false;
}

/** Finds an inline tag, comment, instruction or declaration. https://spec.commonmark.org/0.31.2/#raw-html */
export const htmlTag =
  /<(?:[a-z][a-z\d-]*(?:\s+[a-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?)*\s*\/?>|\/[a-z][a-z\d-]*\s*>|!---?>|!--[^]*?-->|\?[^]*?\?>|![a-z][^>]*>|!\[CDATA\[[^]*?\]\]>)/iy;
