import type { Ending, Reply } from '@/lib/chat/types';
import type { MessageKey } from '@/lib/i18n/en';
import { t } from '@/lib/i18n/translate';
import { Notice } from '../ui/notice';
import { FailureNotice, type Remedies } from './failure-notice';

/** How a reply ended, in words, unless it simply ended. */
export function EndingNotice({ reply, remedies }: { readonly reply: Reply; readonly remedies: Remedies }) {
  if (reply.failure) return <FailureNotice failure={reply.failure} at={reply.finishedAt} remedies={remedies} />;
  const sentence = reply.state === 'streaming' ? undefined : endingSentence(reply.state);
  if (sentence === undefined) return null;
  return (
    <Notice tone="calm" title={t(sentence)}>
      {offersRetry(reply.state) && (
        <div class="buttons">
          <button type="button" class="button" onClick={remedies.retry}>
            {t('retry')}
          </button>
        </div>
      )}
    </Notice>
  );
}

/** Whether the notice has a Retry of its own, so that the row under the answer needs none. */
export function offersRetry(state: Reply['state']): boolean {
  return state === 'cut' || state === 'interrupted' || state === 'empty' || state === 'stopped';
}

/** undefined for an answer that is complete. */
export function endingSentence(ending: Ending): MessageKey | undefined {
  switch (ending) {
    case 'complete':
      return undefined;
    case 'length':
      return 'endingLength';
    case 'filtered':
      return 'endingFiltered';
    case 'refused':
      return 'endingRefused';
    case 'tool-calls':
      return 'endingToolCalls';
    case 'empty':
      return 'endingEmpty';
    case 'cut':
      return 'endingCut';
    case 'stopped':
      return 'endingStopped';
    case 'error':
      return 'failureBug';
    case 'interrupted':
      return 'endingInterrupted';
  }
}
