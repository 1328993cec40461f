import { useEffect, useState } from 'preact/hooks';
import { t } from '@/lib/i18n/translate';
import type { History } from '@/lib/panel/history';
import { IconButton } from '../ui/icon-button';
import './history.css';

/** How long a deletion can be taken back on screen, unless somebody is at the button. */
const shownMs = 10_000;

export function UndoToast({ history }: { readonly history: History }) {
  const deleted = history.deleted.value;
  const [isHeld, setIsHeld] = useState(false);
  // Who was at the last one is not at this one: an element that goes tells of no leaving.
  useEffect(() => setIsHeld(false), [deleted]);
  useEffect(() => {
    if (!deleted || isHeld) return undefined;
    const timer = setTimeout(history.forgetDeleted, shownMs);
    return () => clearTimeout(timer);
  }, [deleted, isHeld]);
  return (
    <output class="toast-place">
      {deleted && (
        <div
          class="toast"
          onPointerEnter={() => setIsHeld(true)}
          onPointerLeave={() => setIsHeld(false)}
          onFocusIn={() => setIsHeld(true)}
          onFocusOut={() => setIsHeld(false)}
        >
          <span>{t('deleted', { title: deleted.title || t('untitled') })}</span>
          <button
            type="button"
            class="button"
            onClick={() => {
              history.undo();
              focusList();
            }}
          >
            {t('undo')}
          </button>
          <IconButton
            label={t('close')}
            icon="close"
            onClick={() => {
              history.forgetDeleted();
              focusList();
            }}
          />
        </div>
      )}
    </output>
  );
}

/** The button goes: its focus goes to the list, or back to where questions are written. */
function focusList(): void {
  const list = document.querySelector<HTMLElement>('.history input[type="search"]');
  (list ?? document.querySelector<HTMLElement>('.composer-field'))?.focus();
}
