import type { ComponentChildren } from 'preact';

interface WebLinkProps {
  readonly href: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** A link to the web: it opens in a new tab that knows nothing of ours, and its tooltip is the address that it opens. */
export function WebLink({ href, class: className, children }: WebLinkProps) {
  return (
    <a class={className} href={href} title={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
