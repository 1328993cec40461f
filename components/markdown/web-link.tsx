import type { ComponentChildren } from 'preact';
import { carriesText } from '@/lib/markdown/web-address';
import type { View } from './view';

interface WebLinkProps {
  readonly href: string;
  readonly class?: string;
  /** Shown after the words of a link that do not say it. */
  readonly host?: string;
  readonly onLongAddress: View['askBeforeOpening'];
  readonly children: ComponentChildren;
}

/**
 * A link to the web: it opens in a new tab that knows nothing of ours, and its tooltip is the address that it opens.
 * One that is long enough to carry a text away is shown as a whole before it opens.
 */
export function WebLink({ href, class: className, host, onLongAddress, children }: WebLinkProps) {
  const ask = carriesText(href)
    ? (event: Event): void => {
        event.preventDefault();
        onLongAddress(href);
      }
    : undefined;
  return (
    <a
      class={className}
      href={href}
      title={href}
      target="_blank"
      rel="noopener noreferrer"
      data-host={host}
      onClick={ask}
      onAuxClick={ask}
    >
      {children}
    </a>
  );
}
