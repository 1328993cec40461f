/** Styles that Temml writes on its elements. A style that is not listed, or has a strange value, is left out. */
const properties: Readonly<Record<string, string>> = {
  border: 'border',
  borderBottom: 'border-bottom',
  borderLeft: 'border-left',
  borderRight: 'border-right',
  borderTop: 'border-top',
  color: 'color',
  fontWeight: 'font-weight',
  height: 'height',
  marginLeft: 'margin-left',
  mathDepth: 'math-depth',
  padding: 'padding',
  paddingBottom: 'padding-bottom',
  paddingLeft: 'padding-left',
  paddingRight: 'padding-right',
  paddingTop: 'padding-top',
  textAlign: 'text-align',
  width: 'width',
};

/** Sets of styles that can be told apart; a formula that wants more goes without. */
const maxClasses = 400;

const classes = new Map<string, string>();
let sheet: CSSStyleSheet | undefined;

/**
 * A class with these styles: the page policy forbids inline styles, and so does the closed list of attributes.
 * https://www.w3.org/TR/CSP3/#style-src-attr
 */
export function classOfStyles(styles: Readonly<Record<string, unknown>>): string | undefined {
  const declarations = Object.entries(styles)
    .flatMap(([name, value]) => {
      const property = properties[name];
      return property !== undefined && /^[\w#.% -]{1,60}$/.test(String(value)) ? `${property}:${String(value)}` : [];
    })
    .join(';');
  if (declarations === '') return undefined;
  const known = classes.get(declarations);
  if (known !== undefined || classes.size >= maxClasses) return known;
  const name = `math-style-${classes.size}`;
  if (!sheet) {
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets.push(sheet);
  }
  sheet.insertRule(`.math .${name} { ${declarations} }`);
  classes.set(declarations, name);
  return name;
}
