import { findDestination, findLabel, findTitle } from './link-syntax';

export interface Definition {
  readonly destination: string;
  readonly title?: string;
}

export interface FoundDefinition {
  readonly label: string;
  readonly definition: Definition;
  /** Where the next line begins. */
  readonly end: number;
}

/** Takes a definition from the beginning of a paragraph. https://spec.commonmark.org/0.31.2/#link-reference-definitions */
export function takeDefinition(text: string): FoundDefinition | undefined {
  const label = findLabel(text, 0);
  if (!label || text[label.end] !== ':') return undefined;
  const destination = findDestination(text, skipSpaces(text, label.end + 1));
  if (!destination) return undefined;
  const titleAt = skipSpaces(text, destination.end);
  const title = titleAt > destination.end ? findTitle(text, titleAt) : undefined;
  const titleEnd = title && endOfLine(text, title.end);
  if (title && titleEnd !== undefined) {
    return {
      label: label.value,
      definition: { destination: destination.value, title: title.value },
      end: titleEnd,
    };
  }
  const end = endOfLine(text, destination.end);
  return end === undefined ? undefined : { label: label.value, definition: { destination: destination.value }, end };
}

/** Spaces, and at most one line ending among them. */
export function skipSpaces(text: string, at: number): number {
  const spaces = /[ \t]*\n?[ \t]*/y;
  spaces.lastIndex = at;
  spaces.test(text);
  return spaces.lastIndex;
}

function endOfLine(text: string, at: number): number | undefined {
  const rest = /[ \t]*(?:\n|$)/y;
  rest.lastIndex = at;
  return rest.test(text) ? rest.lastIndex : undefined;
}
