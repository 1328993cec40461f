import temml from 'temml';
import { classOfStyles } from './formula-styles';

/** Elements of MathML that a drawing may have, by https://www.w3.org/TR/mathml-core/ and the older `menclose`. */
const elements = new Set(
  (
    'math mrow mi mn mo mtext mspace mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts ' +
    'mprescripts none mtable mtr mtd mpadded mphantom mstyle merror menclose ms'
  ).split(' '),
);

/** Attributes they may have. What a formula could name itself (ids, classes, links, styles) is none of them. */
const attributes = new Set(
  (
    'accent accentunder columnalign columnlines columnspacing columnspan columnwidth depth display displaystyle fence ' +
    'form frame framespacing height largeop linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize ' +
    'minsize movablelimits notation rowalign rowlines rowspacing rowspan rspace scriptlevel separator stretchy ' +
    'symmetric voffset width'
  ).split(' '),
);

/** What is larger is shown as its source: a formula of a few characters can ask for very many elements. */
const maxElements = 4000;
const maxDepth = 80;

/** An element of MathML. Plain, so that this file needs nothing of what draws it. */
export interface FormulaElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (FormulaElement | string)[];
}

/** Reads TeX; undefined where that is not possible. No string of it is read as HTML. */
export function readFormula(tex: string, isDisplay: boolean): FormulaElement | undefined {
  try {
    const tree: unknown = temml.__renderToMathMLTree(tex, {
      displayMode: isDisplay,
      throwOnError: true,
      trust: false,
      strict: false,
      maxExpand: 500,
      maxSize: [20, 20],
      wrap: 'none',
    });
    let count = 0;
    const read = (node: unknown, depth: number): FormulaElement | string => {
      if (!isNode(node)) throw new Error('this is no part of a formula');
      if (node.text !== undefined) return node.text;
      count += 1;
      if (count > maxElements || depth > maxDepth) throw new Error('the formula is too large');
      const children = (node.children ?? []).map((child) => read(child, depth + 1));
      if (node.type === undefined) return { name: 'mrow', attributes: {}, children };
      if (!elements.has(node.type)) throw new Error(`a formula has no ${node.type}`);
      return { name: node.type, attributes: readAttributes(node), children };
    };
    const math = read(tree, 0);
    return typeof math === 'string' ? undefined : math;
  } catch {
    // An error in the formula, as a rule: its source is shown.
    return undefined;
  }
}

interface MathNode {
  readonly type?: string;
  readonly text?: string;
  readonly children?: readonly unknown[];
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly classes?: readonly string[];
  readonly style?: Readonly<Record<string, unknown>>;
}

function isNode(value: unknown): value is MathNode {
  return typeof value === 'object' && value !== null;
}

function readAttributes({ attributes: given = {}, classes = [], style = {} }: MathNode): Record<string, string> {
  const read: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) {
    if (attributes.has(name) && /^[\w#.%+\- ]{1,80}$/.test(String(value))) read[name] = String(value);
  }
  // The names are those of Temml's style sheet: `\class` is refused without trust.
  const names = classes.filter((name) => /^[a-z][a-z\d-]{1,30}$/.test(name));
  const styled = classOfStyles(style);
  if (styled !== undefined) names.push(styled);
  if (names.length > 0) read['class'] = names.join(' ');
  return read;
}
