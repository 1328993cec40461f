import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '@/lib/i18n/translate-later';

export interface RemoveQuestionProps {
  readonly question: string;
  readonly action: string;
  /** What removing can't do. */
  readonly limits?: string | undefined;
  readonly onRemove: () => void;
  readonly onCancel: () => void;
}

/** What is asked before something is gone; the focus is where nothing happens. */
export function RemoveQuestion({ question, action, limits, onRemove, onCancel }: RemoveQuestionProps) {
  const cancel = useRef<HTMLButtonElement>(null);
  // Before it is drawn: keys that are pressed as soon as it is seen are for it.
  useLayoutEffect(() => cancel.current?.focus(), []);
  return (
    <div class="card-question" role="group" aria-label={question}>
      <p>{question}</p>
      {limits !== undefined && <p class="hint">{limits}</p>}
      <div class="buttons">
        <button type="button" class="button danger" onClick={onRemove}>
          {action}
        </button>
        <button type="button" class="button" ref={cancel} onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </div>
  );
}
