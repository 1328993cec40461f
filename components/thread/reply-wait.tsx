import type { Reply } from '@/lib/chat/types';
import { t } from '@/lib/i18n/translate';
import { failureSentence } from '../ui/failure-sentence';
import { Notice } from '../ui/notice';
import { secondsUntil, useNow } from '../ui/use-now';

export interface ReplyWaitProps {
  readonly reply: Reply;
  readonly onTryNow: () => void;
  readonly onCancel: () => void;
}

/** The time before the first token, made visible: how long it has been, or when the next attempt comes. */
export function ReplyWait({ reply, onTryNow, onCancel }: ReplyWaitProps) {
  const now = useNow(true, reply.waiting?.until);
  if (reply.waiting) {
    const { percent } = reply.waiting;
    return (
      <Notice tone="calm" title={failureSentence(reply.waiting.failure)}>
        <p class="tabular">
          {percent === undefined
            ? t('retryingIn', { count: secondsUntil(reply.waiting.until, now) })
            : t('downloaded', { percent })}
        </p>
        <div class="buttons">
          {percent === undefined && (
            <button type="button" class="button" onClick={onTryNow}>
              {t('tryNow')}
            </button>
          )}
          <button type="button" class="button" onClick={onCancel}>
            {t('cancel')}
          </button>
        </div>
      </Notice>
    );
  }
  const seconds = Math.max(0, Math.floor((now - (reply.continuedAt ?? reply.createdAt)) / 1000));
  return (
    <p class="wait">
      <span class="wait-mark" aria-hidden="true" />
      <span>{t('waitingFor', { model: reply.servedBy ?? reply.model.label })}</span>
      <span class="tabular">{seconds > 0 && `· ${t('seconds', { count: seconds })}`}</span>
    </p>
  );
}
