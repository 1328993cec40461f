import type { Failure } from '@/lib/errors/failure';
import { t } from '@/lib/i18n/translate-later';
import { secondsUntil, useNow } from '../ui/use-now';

export interface FailureWordsProps {
  readonly failure: Failure;
  /** When it failed, epoch milliseconds: a wait that the provider asked for counts from here. */
  readonly at?: number | undefined;
}

/** What the provider said about a failure, and what goes with it. The sentence itself stands above. */
export function FailureWords({ failure, at }: FailureWordsProps) {
  return (
    <>
      {failure.kind === 'origin-blocked' && <OriginLine />}
      {failure.message && <p class="notice-words">{t('providerSays', { message: failure.message })}</p>}
      <FailureNumbers failure={failure} />
      {failure.retryAfterMs !== undefined && at !== undefined && <RetryCountdown until={at + failure.retryAfterMs} />}
    </>
  );
}

function FailureNumbers({ failure }: { readonly failure: Failure }) {
  const words = [
    failure.status === undefined ? '' : t('status', { status: String(failure.status) }),
    failure.requestId === undefined ? '' : t('requestId', { requestId: failure.requestId }),
  ].filter((word) => word !== '');
  return words.length === 0 ? null : <p class="hint">{words.join(' · ')}</p>;
}

/** The provider asked to wait; whoever knows better may retry at once. */
function RetryCountdown({ until }: { readonly until: number }) {
  const seconds = secondsUntil(until, useNow(true));
  return seconds === 0 ? null : <p class="hint">{t('retryIn', { count: seconds })}</p>;
}

/** What the user of a local server has to start it with, to be copied. */
function OriginLine() {
  return <p class="notice-words">{t('originLine', { origin: location.origin })}</p>;
}
