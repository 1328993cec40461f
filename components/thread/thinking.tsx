import { t } from '@/lib/i18n/translate';

export interface ThinkingProps {
  readonly text: string;
  readonly isRunning: boolean;
  /** When it began and when it was over, epoch milliseconds, as far as the log tells. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
}

/** What the model thought before it answered, folded away. */
export function Thinking({ text, isRunning, startedAt, endedAt }: ThinkingProps) {
  return (
    <details class="thinking" data-part="thinking">
      <summary>{isRunning ? t('thinking') : thoughtFor(startedAt, endedAt)}</summary>
      <div class="plain">{text}</div>
    </details>
  );
}

function thoughtFor(startedAt: number | undefined, endedAt: number | undefined): string {
  if (startedAt === undefined || endedAt === undefined) return t('thought');
  return t('thoughtFor', { count: Math.max(1, Math.round((endedAt - startedAt) / 1000)) });
}
