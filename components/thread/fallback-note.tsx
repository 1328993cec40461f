import type { FallbackTaken } from '@/lib/chat/types';
import { t } from '@/lib/i18n/translate-later';
import { failureSentence } from '../ui/failure-sentence';

/** Why another model was asked than the one that was chosen. */
export function FallbackNote({ fallback: { failure, model } }: { readonly fallback: FallbackTaken }) {
  return <p class="hint">{t('askedInstead', { reason: failureSentence(failure), model: model.label })}</p>;
}
