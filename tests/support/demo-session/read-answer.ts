/** What the panel shows of the newest reply. */
export interface ShownAnswer {
  /** `data-state` of the reply, '' when there is none yet. */
  readonly state: string;
  /** `data-failure`, where the reply failed. */
  readonly failure: string;
  readonly text: string;
}

/**
 * Runs in the panel, so it refers to nothing outside itself. The text is what a person reads, with list marks and one
 * line per block; the buttons beside it are left out.
 */
export function readAnswer(): ShownAnswer {
  const blocks = new Set('P DIV LI UL OL TR PRE TABLE H1 H2 H3 H4 H5 H6 BLOCKQUOTE HR FIGURE SECTION'.split(' '));

  // oxlint-disable-next-line unicorn/consistent-function-scoping -- it has to travel with this function
  const mark = (element: Element): string => {
    if (element.tagName.startsWith('H') && element.tagName.length === 2) return '\n';
    if (element.tagName === 'BLOCKQUOTE') return '> ';
    if (element.tagName !== 'LI') return '';
    const { parentElement } = element;
    if (parentElement?.tagName !== 'OL') return '- ';
    return `${Number(parentElement.getAttribute('start') ?? 1) + [...parentElement.children].indexOf(element)}. `;
  };

  const write = (node: Node): string => {
    if (node.nodeType === Node.TEXT_NODE) {
      const text = node.nodeValue ?? '';
      // Outside code, a line break in the text is a space, as the browser shows it.
      return node.parentElement?.closest('pre') ? text : text.replaceAll(/\s+/g, ' ');
    }
    if (!(node instanceof Element) || node.matches('button, svg, input, [hidden], [aria-hidden="true"]')) return '';
    // The header of a code block.
    if (node.matches('.code-header')) return '';
    if (node.tagName === 'BR') return '\n';
    const text = [...node.childNodes].map(write).join('');
    if (node.matches('td, th')) return node.nextElementSibling ? `${text.trim()} | ` : text.trim();
    if (node.matches('li, tr')) return `\n${mark(node)}${text.trim().replaceAll('\n', '\n  ')}`;
    return blocks.has(node.tagName) ? `\n${mark(node)}${text.trimStart()}\n` : text;
  };

  const reply = [...document.querySelectorAll('article[data-role="assistant"]')].at(-1);
  const text = [...(reply?.querySelectorAll('[data-part="text"]') ?? [])].map(write).join('\n');
  return {
    state: reply?.getAttribute('data-state') ?? '',
    failure: reply?.getAttribute('data-failure') ?? '',
    text: text
      .replaceAll(/[ \t]+\n/g, '\n')
      .replaceAll(/\n{3,}/g, '\n\n')
      .trim(),
  };
}
