import { useRef } from 'preact/hooks';
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
      <div class="thoughts">
        {usePieces(text).map((piece, index) => (
          <div class="plain" key={index}>
            {piece}
          </div>
        ))}
      </div>
    </details>
  );
}

/** A piece is whole at its first line end behind so many characters. */
const pieceLength = 2000;

/** The text in pieces that stay as they are while it grows: what comes costs the layout of the last one only. */
function usePieces(text: string): readonly string[] {
  const whole = useRef({ pieces: [] as string[], length: 0 });
  if (text.length < whole.current.length) whole.current = { pieces: [], length: 0 };
  const { pieces } = whole.current;
  for (;;) {
    const end = text.indexOf('\n', whole.current.length + pieceLength);
    if (end === -1) return [...pieces, text.slice(whole.current.length)];
    pieces.push(text.slice(whole.current.length, end));
    whole.current.length = end + 1;
  }
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
