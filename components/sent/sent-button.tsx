import { render } from 'preact';
import { useState } from 'preact/hooks';
import type { Reply } from '@/lib/chat/types';
import { followLater, t } from '@/lib/i18n/translate-later';
import type { Panel } from '@/lib/panel/panel';
import { SentView } from './sent-view';

export interface SentButtonProps {
  readonly reply: Reply;
  readonly panel: Panel;
}

/** The button, when its words are there in the page's language. */
export async function loadSentButton(): Promise<typeof SentButton> {
  await followLater();
  return SentButton;
}

/** Opens what was sent for a reply. */
export function SentButton({ reply, panel }: SentButtonProps) {
  const [isOpen, setIsOpen] = useState(false);
  function open(): void {
    if (isOpen) return;
    setIsOpen(true);
    // Beside the page's own views: what is far down in a thread may not be drawn at all.
    const place = document.body.appendChild(document.createElement('div'));
    const close = (): void => {
      render(null, place);
      place.remove();
      setIsOpen(false);
    };
    render(<SentView reply={reply} panel={panel} onClose={close} />, place);
  }
  const label = t('whatWasSent');
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} aria-haspopup="dialog" onClick={open}>
      <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
        <path d="M2 5h9M8.5 2.5 11 5 8.5 7.5M14 11H5M7.5 8.5 5 11l2.5 2.5" />
      </svg>
    </button>
  );
}
