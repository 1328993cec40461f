import type { Failure } from '@/lib/errors/failure';
import { describeFailure } from '@/lib/errors/describe-failure';
import { t } from '@/lib/i18n/translate';
import { failureSentence } from '../ui/failure-sentence';
import { Notice } from '../ui/notice';
import { lazyFailureWords } from './lazy-failure-words';

export interface FailureNoticeProps {
  readonly failure: Failure;
  readonly onRetry: () => void;
}

/** Why a question could not even be taken. It is still in the field. */
export function FailureNotice({ failure, onRetry }: FailureNoticeProps) {
  return (
    <Notice tone="danger" title={failureSentence(failure)}>
      <lazyFailureWords.View failure={failure} />
      <p>{t('kept')}</p>
      {describeFailure(failure).remedy === 'retry' && (
        <div class="buttons">
          <button type="button" class="button primary" onClick={onRetry}>
            {t('retry')}
          </button>
        </div>
      )}
    </Notice>
  );
}
