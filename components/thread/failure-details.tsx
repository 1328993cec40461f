import { useState } from 'preact/hooks';
import type { Reply } from '@/lib/chat/types';
import { t } from '@/lib/i18n/translate-later';
import { checkUpsOf } from '@/lib/panel/check-ups';
import type { Panel } from '@/lib/panel/panel';
import { pullsOf } from '@/lib/panel/pulls';
import { speaksOllama } from '@/lib/providers/speaks-ollama';
import { CheckUpView } from '../doctor/check-up-view';
import { PullView } from '../pull/pull-view';

export interface FailureDetailsProps {
  readonly reply: Reply;
  readonly panel: Panel;
  readonly onRetry: () => void;
}

/** What lies behind a reply that failed: looked into when somebody asks. */
export function FailureDetails({ reply, panel, onRetry }: FailureDetailsProps) {
  const [isOpen, setIsOpen] = useState(false);
  const checkUps = checkUpsOf(panel);
  const { id, failure } = reply;
  // The failure is that of whoever was asked last.
  const { endpointId, model } = reply.fallback?.model ?? reply.model;
  const endpoint = panel.models.settings.value?.endpoints.find((one) => one.id === endpointId);
  const canPull = endpoint !== undefined && speaksOllama(endpoint);
  const isMissing = canPull && failure?.kind === 'model-not-found' && model !== '';
  function toggle(): void {
    if (!isOpen && !checkUps.all.peek().has(id)) checkUps.start(id, endpointId, failure);
    setIsOpen(!isOpen);
  }
  return (
    <>
      <button type="button" class="button" aria-expanded={isOpen} onClick={toggle}>
        {t('details')}
      </button>
      {isMissing && <PullView pulls={pullsOf(panel)} endpointId={endpointId} model={model} onRetry={onRetry} />}
      {isOpen && (
        <CheckUpView
          checkUps={checkUps}
          pulls={canPull && !isMissing ? pullsOf(panel) : undefined}
          place={id}
          endpointId={endpointId}
          onCopy={panel.copy}
          onEdit={() => panel.openOptions(`edit/${endpointId}`)}
        />
      )}
    </>
  );
}
