import { describeFailure } from '@/lib/errors/describe-failure';
import type { Failure } from '@/lib/errors/failure';
import { languageTag, t } from '@/lib/i18n/translate';

/** What went wrong, in the page's language. */
export function failureSentence(failure: Failure): string {
  const { sentence, values } = describeFailure(failure);
  const text = t(sentence, {
    host: values.host || t('thisAddress'),
    model: values.model || t('thisModel'),
    target: values.target || t('thisAddress'),
  });
  // A host keeps its spelling at the start of a sentence; the words in its place don't.
  return values.host === '' ? capitalise(text) : text;
}

function capitalise(text: string): string {
  return text.charAt(0).toLocaleUpperCase(languageTag()) + text.slice(1);
}
