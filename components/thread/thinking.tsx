import { t } from '@/lib/i18n/translate';
import { useNow } from '../ui/use-now';

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
      <summary>{isRunning ? <Running startedAt={startedAt} /> : thoughtFor(startedAt, endedAt)}</summary>
      <div class="plain">{text}</div>
    </details>
  );
}

function thoughtFor(startedAt: number | undefined, endedAt: number | undefined): string {
  if (startedAt === undefined || endedAt === undefined) return t('thought');
  return t('thoughtFor', { count: Math.max(1, secondsBetween(startedAt, endedAt)) });
}

function Running({ startedAt }: { readonly startedAt: number | undefined }) {
  const now = useNow(true);
  return <span class="tabular">{t('thinking', { count: secondsBetween(startedAt ?? now, now) })}</span>;
}

function secondsBetween(start: number, end: number): number {
  return Math.max(0, Math.round((end - start) / 1000));
}
