/**
 * What is in an answer and on no list: elements, attributes, classes and addresses. Runs in pages, so it refers to
 * nothing outside itself.
 */
export function findForeign(root: Element): string[] {
  const allowed: Readonly<Record<string, string>> = {
    div: 'class data-streaming data-part',
    p: 'dir class tabindex',
    h1: 'dir',
    h2: 'dir',
    h3: 'dir',
    h4: 'dir',
    h5: 'dir',
    h6: 'dir',
    ul: 'dir',
    ol: 'dir start',
    li: 'dir class tabindex',
    input: 'type disabled checked aria-label',
    blockquote: 'dir class',
    hr: '',
    br: '',
    em: '',
    strong: '',
    del: '',
    code: 'dir class',
    pre: 'tabindex class hidden',
    span: 'class dir aria-hidden',
    small: 'class',
    sup: '',
    section: 'class aria-label',
    output: 'class',
    a: 'href title target rel class data-host',
    img: 'class src alt',
    figure: 'class aria-label tabindex dir',
    table: 'dir',
    thead: '',
    tbody: '',
    tr: '',
    th: 'class scope dir',
    td: 'class dir',
    button: 'class type aria-label title aria-pressed',
    svg: 'viewBox aria-hidden',
    path: 'd',
    iframe: 'class sandbox src title height aria-hidden tabindex',
  };
  const classes = new RegExp(
    '^(?:answer|markdown|source|task|table|image-chip|image-chip-label|inline-image|link-host|code|code-[a-z]+|' +
      'math|math-[a-z]+|alert|alert-(?:note|tip|important|warning|caution|title)|footnotes|footnote-mark|' +
      'footnote-back|align-(?:start|center|end)|diagram|diagram-hidden|diagram-place)$',
  );
  const foreign: string[] = [];
  for (const element of root.querySelectorAll('*')) {
    const name = element.localName;
    const isFormula = element.namespaceURI === 'http://www.w3.org/1998/Math/MathML' && element.closest('.math');
    const attributes = isFormula ? undefined : allowed[name];
    if (attributes === undefined && !isFormula) foreign.push(name);
    for (const { name: attribute } of element.attributes) {
      const isForbidden = /^on|^(?:id|name|style|href|src|srcdoc|action|is|slot)$/.test(attribute);
      if (isFormula ? isForbidden : !attributes?.split(' ').includes(attribute)) foreign.push(`${name}.${attribute}`);
    }
    if (!isFormula) for (const one of element.classList) if (!classes.test(one)) foreign.push(`class ${one}`);
    const href = element.getAttribute('href');
    if (href !== null && !/^(?:https?|mailto):/.test(href)) foreign.push(`href ${href}`);
    if (name === 'a' && element.getAttribute('rel') !== 'noopener noreferrer') foreign.push('rel');
    if (name === 'a' && element.getAttribute('target') !== '_blank') foreign.push('target');
    const source = element.getAttribute('src');
    const isDiagram = name === 'iframe' && source === '/diagram.html' && element.matches('[sandbox="allow-scripts"]');
    if (name === 'iframe' && !isDiagram) foreign.push('a frame that is not ours');
    if (source !== null && !isDiagram && !/^data:image\/(?:png|jpeg|gif|webp|avif);base64,/.test(source))
      foreign.push(`src ${source}`);
    if (name === 'input' && !element.matches('[type="checkbox"][disabled]')) foreign.push('an open input');
  }
  return foreign;
}
