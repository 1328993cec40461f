/** What a stretch of code is, as far as that has a colour of its own. */
export type Colour =
  | 'comment'
  | 'keyword'
  | 'string'
  | 'number'
  | 'title'
  | 'type'
  | 'property'
  | 'meta'
  | 'added'
  | 'removed';

/** One colour, one text. Stretches put together are the code; no two neighbours have the same colour. */
export interface Stretch {
  readonly colour: Colour | undefined;
  readonly text: string;
}

/**
 * The colour of a scope of highlight.js; undefined leaves the text in the colour of text.
 * https://highlightjs.readthedocs.io/en/latest/css-classes-reference.html
 */
export function colourOf(scope: string): Colour | undefined {
  return colours[scope] ?? colours[scope.split('.')[0] ?? ''];
}

const colours: Readonly<Record<string, Colour | undefined>> = {
  comment: 'comment',
  quote: 'comment',
  doctag: 'comment',
  keyword: 'keyword',
  'selector-tag': 'keyword',
  'template-tag': 'keyword',
  string: 'string',
  regexp: 'string',
  'char.escape': 'string',
  link: 'string',
  code: 'string',
  number: 'number',
  literal: 'number',
  symbol: 'number',
  bullet: 'number',
  'variable.constant': 'number',
  title: 'title',
  section: 'title',
  name: 'title',
  'title.class': 'type',
  type: 'type',
  class: 'type',
  built_in: 'type',
  attr: 'property',
  attribute: 'property',
  property: 'property',
  variable: 'property',
  'template-variable': 'property',
  'selector-attr': 'property',
  'selector-class': 'property',
  'selector-id': 'property',
  'selector-pseudo': 'property',
  meta: 'meta',
  'meta.prompt': 'comment',
  addition: 'added',
  deletion: 'removed',
};

export function plainStretches(text: string): readonly Stretch[] {
  return text === '' ? [] : [{ colour: undefined, text }];
}
