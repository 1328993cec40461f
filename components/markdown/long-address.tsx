import { useEffect, useRef } from 'preact/hooks';
import type { MarkdownLabels } from './labels';

interface LongAddressProps {
  readonly href: string;
  readonly labels: MarkdownLabels;
  readonly onClose: () => void;
}

/** Shows a whole address and lets the user decide whether it is opened. */
export function LongAddress({ href, labels, onClose }: LongAddressProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = (): void => dialog.current?.close();
  return (
    <dialog class="long-address" ref={dialog} aria-label={labels.longAddress} onClose={onClose}>
      <p>{labels.longAddress}</p>
      {/* A region that scrolls has to be reachable for the keyboard that scrolls it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <p class="long-address-text" dir="ltr" tabindex={0}>
        {href}
      </p>
      <div class="long-address-actions">
        <button type="button" onClick={close}>
          {labels.cancel}
        </button>
        <a href={href} target="_blank" rel="noopener noreferrer" onClick={close}>
          {labels.openLink}
        </a>
      </div>
    </dialog>
  );
}
