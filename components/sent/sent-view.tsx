import { useEffect, useRef, useState } from 'preact/hooks';
import type { Reply } from '@/lib/chat/types';
import { t } from '@/lib/i18n/translate-later';
import type { Panel } from '@/lib/panel/panel';
import { readSent, type SentAnswer } from '@/lib/panel/sent';
import { onDeviceAddress } from '@/lib/providers/provider';
import { failureSentence } from '../ui/failure-sentence';
import { IconButton } from '../ui/icon-button';
import { SentRequestView } from './sent-request-view';
import './sent.css';

export interface SentViewProps {
  readonly reply: Reply;
  readonly panel: Panel;
  /** It is closed, and the focus is back where it was. */
  readonly onClose: () => void;
}

/** The exact requests for a reply, and what came. Esc closes; the browser gives the focus back. */
export function SentView({ reply, panel, onClose }: SentViewProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [answer, setAnswer] = useState<SentAnswer | undefined>(undefined);
  useEffect(() => {
    dialog.current?.showModal();
    void readSent(panel, reply.id).then(setAnswer);
  }, []);
  const requests = answer?.record?.requests ?? [];
  const dropped = answer?.record?.dropped ?? 0;
  const { endpointId } = reply.fallback?.model ?? reply.model;
  const endpoint = panel.models.settings.value?.endpoints.find(({ id }) => id === endpointId);
  const isOnDevice = endpoint?.baseUrl === onDeviceAddress;
  return (
    <dialog class="sent" ref={dialog} aria-labelledby="sent-title" onClose={onClose}>
      <header class="bar">
        <h2 id="sent-title">{t('whatWasSent')}</h2>
        <IconButton label={t('close')} icon="close" onClick={() => dialog.current?.close()} />
      </header>
      {/* A keyboard reads by scrolling: the arrow and page keys need something to be in. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div class="sent-requests" tabIndex={0} role="group" aria-label={t('whatWasSent')}>
        {answer?.failure && <p class="failed">{failureSentence(answer.failure)}</p>}
        {isOnDevice && <p>{t('stayedHere')}</p>}
        {!isOnDevice && answer && !answer.failure && requests.length === 0 && <p>{t('nothingKept')}</p>}
        {dropped > 0 && <p class="hint">{t('requestsDropped', { count: dropped })}</p>}
        {requests.map((request) => (
          <SentRequestView key={request.at} request={request} reply={reply} panel={panel} />
        ))}
      </div>
    </dialog>
  );
}
