import mermaid from 'mermaid';
import { diagramVersion, type FromDiagram, readToDiagram, type ToDiagram } from './messages';

/**
 * The frame's side: draws what its parent sends. What is written in a diagram comes from a model; besides the frame's
 * policy and its opaque origin, mermaid's own strictness holds it: no script, no HTML in labels.
 * https://mermaid.js.org/config/usage.html#securitylevel
 */
export function startDrawing(page: Document, parent: Window): void {
  const root = page.body;
  let count = 0;
  let isDrawn = false;

  function say(message: FromDiagram): void {
    // Any page may frame this one as far as it knows, and may know that: nothing said here is a secret.
    parent.postMessage(message, '*');
  }

  function sayHeight(): void {
    if (isDrawn) say({ version: diagramVersion, type: 'drawn', height: Math.ceil(root.scrollHeight) });
  }

  async function draw({ source, theme }: ToDiagram): Promise<void> {
    const turn = (count += 1);
    mermaid.initialize({
      startOnLoad: false,
      securityLevel: 'strict',
      htmlLabels: false,
      suppressErrorRendering: true,
      logLevel: 'fatal',
      layout: 'dagre',
      look: 'classic',
      theme: theme === 'dark' ? 'dark' : 'neutral',
      fontFamily: 'system-ui, sans-serif',
      themeVariables: { fontSize: '14px' },
      // What a diagram's own configuration may not change.
      secure: [
        'secure',
        'securityLevel',
        'startOnLoad',
        'maxTextSize',
        'maxEdges',
        'suppressErrorRendering',
        'htmlLabels',
        'theme',
        'themeCSS',
        'themeVariables',
        'fontFamily',
      ],
    });
    try {
      const { svg } = await mermaid.render(`diagram-${turn}`, source);
      if (turn !== count) return;
      const picture = readPicture(svg);
      if (!picture) throw new Error('no picture');
      page.documentElement.dataset['theme'] = theme;
      root.replaceChildren(picture);
      isDrawn = true;
      sayHeight();
    } catch {
      // Its source is shown: that is all there is to say of it.
      if (turn === count) say({ version: diagramVersion, type: 'failed' });
    }
  }

  addEventListener('message', ({ data, source }) => {
    const message = source === parent ? readToDiagram(data) : undefined;
    if (message) void draw(message);
  });
  new ResizeObserver(sayHeight).observe(root);
  say({ version: diagramVersion, type: 'ready' });
}

/** The picture without links: the frame goes nowhere. It is as wide as the frame, but never too small to be read. */
function readPicture(svg: string): Element | undefined {
  const picture = new DOMParser().parseFromString(svg, 'text/html').querySelector('svg');
  if (!picture) return undefined;
  for (const link of picture.querySelectorAll('a')) {
    for (const name of ['href', 'xlink:href', 'target']) link.removeAttribute(name);
  }
  const width = picture.viewBox.baseVal.width;
  picture.setAttribute('width', '100%');
  picture.removeAttribute('height');
  picture.style.maxWidth = `${width}px`;
  picture.style.minWidth = `${Math.min(width, Math.max(240, width * smallest))}px`;
  return picture;
}

/** So much smaller than it was drawn a diagram may become, before it has to be scrolled. */
const smallest = 0.6;
