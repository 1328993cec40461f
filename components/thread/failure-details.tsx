import { useState } from 'preact/hooks';
import type { Reply } from '@/lib/chat/types';
import { t } from '@/lib/i18n/translate-later';
import { checkUpsOf } from '@/lib/panel/check-ups';
import type { Panel } from '@/lib/panel/panel';
import { CheckUpView } from '../doctor/check-up-view';

export interface FailureDetailsProps {
  readonly reply: Reply;
  readonly panel: Panel;
}

/** What lies behind a reply that failed: looked into when somebody asks. */
export function FailureDetails({ reply, panel }: FailureDetailsProps) {
  const [isOpen, setIsOpen] = useState(false);
  const checkUps = checkUpsOf(panel);
  const { id, failure } = reply;
  // The failure is that of whoever was asked last.
  const { endpointId } = reply.fallback?.model ?? reply.model;
  function toggle(): void {
    if (!isOpen && !checkUps.all.peek().has(id)) checkUps.start(id, endpointId, failure);
    setIsOpen(!isOpen);
  }
  return (
    <>
      <button type="button" class="button" aria-expanded={isOpen} onClick={toggle}>
        {t('details')}
      </button>
      {isOpen && (
        <CheckUpView
          checkUps={checkUps}
          place={id}
          endpointId={endpointId}
          onCopy={panel.copy}
          onEdit={() => panel.openOptions(`edit/${endpointId}`)}
        />
      )}
    </>
  );
}
