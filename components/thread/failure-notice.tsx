import type { ComponentChildren } from 'preact';
import { describeFailure, type Remedy } from '@/lib/errors/describe-failure';
import type { Failure } from '@/lib/errors/failure';
import { t } from '@/lib/i18n/translate';
import { failureSentence } from '../ui/failure-sentence';
import { Notice } from '../ui/notice';
import { secondsUntil, useNow } from '../ui/use-now';

export interface Remedies {
  readonly retry: () => void;
  readonly openSettings: () => void;
  /** Called in the click itself. */
  readonly grantAccess: (origin: string) => void;
  readonly chooseModel: () => void;
}

export interface FailureNoticeProps {
  readonly failure: Failure;
  /** When it failed: a wait that the provider asked for counts from here. */
  readonly at?: number | undefined;
  readonly remedies: Remedies;
  readonly children?: ComponentChildren;
}

/** A failure in words, what the provider said about it, and the one button that helps. */
export function FailureNotice({ failure, at, remedies, children }: FailureNoticeProps) {
  const { remedy } = describeFailure(failure);
  return (
    <Notice tone="danger" title={failureSentence(failure)}>
      {failure.kind === 'origin-blocked' && <OriginLine />}
      {failure.message && <p class="notice-words">{t('providerSays', { message: failure.message })}</p>}
      <FailureNumbers failure={failure} />
      {failure.retryAfterMs !== undefined && at !== undefined && <RetryCountdown until={at + failure.retryAfterMs} />}
      {children}
      {remedy !== 'none' && (
        <div class="buttons">
          <button type="button" class="button primary" onClick={() => apply(remedy, failure, remedies)}>
            {t(remedyLabel(remedy))}
          </button>
        </div>
      )}
    </Notice>
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

function remedyLabel(remedy: Exclude<Remedy, 'none'>) {
  switch (remedy) {
    case 'retry':
      return 'remedyRetry';
    case 'open-settings':
      return 'remedyOpenSettings';
    case 'grant-access':
      return 'remedyGrantAccess';
    case 'choose-model':
      return 'remedyChooseModel';
  }
}

function apply(remedy: Exclude<Remedy, 'none'>, failure: Failure, remedies: Remedies): void {
  switch (remedy) {
    case 'retry':
      return remedies.retry();
    case 'open-settings':
      return remedies.openSettings();
    case 'grant-access':
      return failure.origin === undefined ? remedies.openSettings() : remedies.grantAccess(failure.origin);
    case 'choose-model':
      return remedies.chooseModel();
  }
}
