import { ImageChip } from './image-chip';
import type { InlineRenderers } from './view';
import { WebLink } from './web-link';

export const inlineRenderers: InlineRenderers = {
  text: ({ text }) => text,
  emphasis: ({ children }, view) => <em>{view.inlines(children)}</em>,
  strong: ({ children }, view) => <strong>{view.inlines(children)}</strong>,
  strike: ({ children }, view) => <del>{view.inlines(children)}</del>,
  'code-span': ({ text }) => <code dir="ltr">{text}</code>,
  link: ({ href, children }, view) => <WebLink href={href}>{view.inlines(children)}</WebLink>,
  image: (image, view) => <ImageChip image={image} label={view.labels.image} />,
  break: () => <br />,
};
