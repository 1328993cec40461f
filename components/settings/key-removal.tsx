import { useState } from 'preact/hooks';
import { t } from '@/lib/i18n/translate-later';
import type { Options } from '@/lib/panel/options';
import { RemoveQuestion } from './remove-question';

export interface KeyRemovalProps {
  readonly options: Options;
  readonly endpointId: string;
  /** Whose key it is, where more than one is on the page. */
  readonly label?: string;
}

/** The button that removes a key, and what it asks before: it says what removing can't do. */
export function KeyRemoval({ options, endpointId, label }: KeyRemovalProps) {
  const [isAsking, setIsAsking] = useState(false);
  return isAsking ? (
    <RemoveQuestion
      question={t('confirmRemoveKey')}
      action={t('removeKey')}
      limits={t('deleteLimits')}
      onRemove={() => {
        setIsAsking(false);
        void options.removeKey(endpointId);
      }}
      onCancel={() => setIsAsking(false)}
    />
  ) : (
    <button
      type="button"
      class="button"
      aria-label={label === undefined ? undefined : `${t('removeKey')}: ${label}`}
      onClick={() => setIsAsking(true)}
    >
      {t('removeKey')}
    </button>
  );
}
