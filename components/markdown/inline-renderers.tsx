import { readLinkWords } from '@/lib/markdown/link-words';
import type { Link } from '@/lib/markdown/nodes';
import { FootnoteMark } from './footnotes';
import { Formula } from './formula';
import { ImageChip } from './image-chip';
import { InsideLink } from './inside-link';
import type { InlineRenderers, View } from './view';
import { WebLink } from './web-link';

export const inlineRenderers: InlineRenderers = {
  text: ({ text }) => text,
  emphasis: ({ children }, view) => <em>{view.inlines(children)}</em>,
  strong: ({ children }, view) => <strong>{view.inlines(children)}</strong>,
  strike: ({ children }, view) => <del>{view.inlines(children)}</del>,
  'code-span': ({ text }) => <code dir="ltr">{text}</code>,
  link: renderLink,
  image: (image, view) => <ImageChip image={image} label={view.labels.image} onLongAddress={view.askBeforeOpening} />,
  'inline-image': ({ alt, src }) => <img class="inline-image" src={src} alt={alt} />,
  math: ({ tex, isDisplay }) => <Formula tex={tex} isDisplay={isDisplay} />,
  'footnote-reference': ({ label }, view) => <FootnoteMark label={label} name={view.labels.footnote} />,
  break: () => <br />,
};

/** The host stands after the words, unless they are the host; where they could be taken for another, in plain sight. */
function renderLink(link: Link, view: View) {
  const words = readLinkWords(link);
  return (
    <WebLink href={link.href} {...(words === 'nothing' && { host: link.host })} onLongAddress={view.askBeforeOpening}>
      <InsideLink.Provider value>{view.inlines(link.children)}</InsideLink.Provider>
      {words === 'other-host' && <small class="link-host"> ({link.host})</small>}
    </WebLink>
  );
}
