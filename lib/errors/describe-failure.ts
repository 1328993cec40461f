import type { MessageKey } from '@/lib/i18n/en/first';
import type { Failure } from './failure';

/** The one thing that helps: its button stands under the sentence. */
export type Remedy = 'retry' | 'open-settings' | 'unlock-keys' | 'grant-access' | 'choose-model' | 'none';

export interface Description {
  readonly sentence: MessageKey;
  /** For the sentence's `{host}`, `{model}`, `{target}`; '' where the failure does not say. */
  readonly values: { readonly host: string; readonly model: string; readonly target: string };
  readonly remedy: Remedy;
}

/** One sentence and one remedy for every kind of failure. */
export function describeFailure(failure: Failure): Description {
  const [usual, remedy] = sentenceAndRemedy(failure.kind);
  const { host = '', model = '', target = '' } = failure;
  // The browser does not always tell where a redirect leads.
  const sentence = failure.kind === 'redirect' && target === '' ? 'failureRedirectSomewhere' : usual;
  return { sentence, values: { host, model, target }, remedy };
}

function sentenceAndRemedy(kind: Failure['kind']): readonly [MessageKey, Remedy] {
  switch (kind) {
    case 'auth':
      return ['failureAuth', 'open-settings'];
    case 'forbidden':
      return ['failureForbidden', 'open-settings'];
    case 'billing':
      return ['failureBilling', 'open-settings'];
    case 'rate-limit':
      return ['failureRateLimit', 'retry'];
    case 'overloaded':
      return ['failureOverloaded', 'retry'];
    case 'server':
      return ['failureServer', 'retry'];
    case 'timeout':
      return ['failureTimeout', 'retry'];
    case 'loading':
      return ['failureLoading', 'retry'];
    case 'model-not-found':
      return ['failureModelNotFound', 'choose-model'];
    case 'not-found':
      return ['failureNotFound', 'open-settings'];
    case 'context-length':
      return ['failureContextLength', 'choose-model'];
    case 'too-large':
      return ['failureTooLarge', 'none'];
    case 'content-filter':
      return ['failureContentFilter', 'none'];
    case 'bad-request':
      return ['failureBadRequest', 'open-settings'];
    case 'origin-blocked':
      return ['failureOriginBlocked', 'retry'];
    case 'not-an-api':
      return ['failureNotAnApi', 'open-settings'];
    case 'redirect':
      return ['failureRedirect', 'open-settings'];
    case 'network':
      return ['failureNetwork', 'retry'];
    case 'permission':
      return ['failurePermission', 'grant-access'];
    case 'empty-reply':
      return ['failureEmptyReply', 'retry'];
    case 'too-much-data':
      return ['failureTooMuchData', 'retry'];
    case 'bad-address':
      return ['failureBadAddress', 'open-settings'];
    case 'no-model':
      return ['failureNoModel', 'choose-model'];
    case 'key-locked':
      return ['failureKeyLocked', 'unlock-keys'];
    case 'key-gone':
      return ['failureKeyGone', 'open-settings'];
    case 'unavailable-here':
      return ['failureUnavailableHere', 'open-settings'];
    case 'not-downloaded':
      return ['failureNotDownloaded', 'open-settings'];
    case 'storage':
      return ['failureStorage', 'retry'];
    case 'newer-version':
      return ['failureNewerVersion', 'none'];
    case 'bug':
      return ['failureBug', 'retry'];
  }
}
