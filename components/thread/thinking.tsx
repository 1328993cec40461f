import { useEffect, useState } from 'preact/hooks';
import { t } from '@/lib/i18n/translate';

export interface ThinkingProps {
  readonly text: string;
  readonly isRunning: boolean;
  /** When the reply's first token came, as far as that is known. */
  readonly startedAt: number | undefined;
}

/** What the model thought before it answered, folded away. */
export function Thinking({ text, isRunning, startedAt }: ThinkingProps) {
  const seconds = useDuration(isRunning, startedAt);
  return (
    <details class="thinking" data-part="thinking">
      <summary>
        {isRunning ? t('thinking') : seconds === undefined ? t('thought') : t('thoughtFor', { count: seconds })}
      </summary>
      <div class="plain">{text}</div>
    </details>
  );
}

/** How long it ran, in seconds; known only to a view that saw it end, as the log does not tell. */
function useDuration(isRunning: boolean, startedAt: number | undefined): number | undefined {
  const [seconds, setSeconds] = useState<number | undefined>(undefined);
  const [wasRunning] = useState(isRunning);
  useEffect(() => {
    if (!isRunning && wasRunning && startedAt !== undefined) {
      setSeconds(Math.max(1, Math.round((Date.now() - startedAt) / 1000)));
    }
  }, [isRunning]);
  return seconds;
}
