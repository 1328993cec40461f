import { useContext } from 'preact/hooks';
import type { Image } from '@/lib/markdown/nodes';
import { InsideLink } from './inside-link';
import type { View } from './view';
import { WebLink } from './web-link';

interface ImageChipProps {
  readonly image: Image;
  readonly label: string;
  readonly onLongAddress: View['askBeforeOpening'];
}

/** Stands for an image that a model wrote. Loading it would tell its host that the answer was read, so a click has to. */
export function ImageChip({ image, label, onLongAddress }: ImageChipProps) {
  const words = (
    <>
      <span class="image-chip-label">{label}</span> {image.alt} <small>{image.host}</small>
    </>
  );
  return useContext(InsideLink) ? (
    <span class="image-chip">{words}</span>
  ) : (
    <WebLink class="image-chip" href={image.href} onLongAddress={onLongAddress}>
      {words}
    </WebLink>
  );
}
