import { useEffect, useRef } from 'preact/hooks';
import type { Summary } from '@/lib/chat/types';
import { t } from '@/lib/i18n/translate-later';
import { IconButton } from '../ui/icon-button';
import { isComposing } from '../ui/is-composing';
import { timeLabel } from './group-by-day';

export interface HistoryRowProps {
  readonly summary: Summary;
  readonly isShown: boolean;
  readonly isRenaming: boolean;
  readonly onOpen: () => void;
  readonly onRename: () => void;
  /** null: the title stays as it was. */
  readonly onRenamed: (title: string | null) => void;
  readonly onRemove: () => void;
}

export function HistoryRow({ summary, isShown, isRenaming, onOpen, onRename, onRenamed, onRemove }: HistoryRowProps) {
  const title = summary.title || t('untitled');
  if (isRenaming) return <TitleField title={summary.title} onRenamed={onRenamed} />;
  return (
    <li class="history-row">
      <button
        type="button"
        class="history-open"
        data-conversation-id={summary.id}
        aria-current={isShown ? 'true' : undefined}
        onClick={onOpen}
      >
        <span class="history-title">{title}</span>
        <span class="history-time">{timeLabel(summary.updatedAt)}</span>
      </button>
      <span class="history-actions">
        <IconButton label={t('renameChat', { title })} icon="edit" onClick={onRename} />
        <IconButton label={t('deleteChat', { title })} icon="trash" onClick={onRemove} />
      </span>
    </li>
  );
}

function TitleField({
  title,
  onRenamed,
}: {
  readonly title: string;
  readonly onRenamed: (title: string | null) => void;
}) {
  const field = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => field.current?.select(), []);
  // Leaving the field saves, and both keys make it leave: once is enough.
  function finish(next: string | null): void {
    if (isDone.current) return;
    isDone.current = true;
    onRenamed(next);
  }
  return (
    <li class="history-row">
      <input
        ref={field}
        class="field"
        aria-label={t('title')}
        defaultValue={title}
        maxLength={200}
        onBlur={(event) => finish(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (isComposing(event) || (event.key !== 'Enter' && event.key !== 'Escape')) return;
          event.preventDefault();
          event.stopPropagation();
          finish(event.key === 'Enter' ? event.currentTarget.value : null);
        }}
      />
    </li>
  );
}
