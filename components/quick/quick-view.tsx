import { useEffect, useMemo } from 'preact/hooks';
import { answerText } from '@/lib/chat/branches';
import { t } from '@/lib/i18n/translate';
import type { Panel } from '@/lib/panel/panel';
import { ComposerView } from '../composer/composer-view';
import { createStage } from '../panel/stage';
import { ThreadView } from '../thread/thread-view';
import { Icon } from '../ui/icon';
import { isComposing } from '../ui/is-composing';
import './quick.css';

export interface QuickViewProps {
  readonly panel: Panel;
  /** Closes the page; an answer under way goes on without it. */
  readonly onClose: () => void;
}

/** The quick prompt: a field, and the answer under it. */
export function QuickView({ panel, onClose }: QuickViewProps) {
  const stage = useMemo(createStage, []);
  const { thread, models } = panel;

  function onKeyDown(event: KeyboardEvent): void {
    if (isComposing(event) || event.defaultPrevented) return;
    const hasControl = event.ctrlKey || event.metaKey;
    if (event.key === 'Escape') onClose();
    else if (hasControl && event.key === 'Enter') goOn();
    else if (hasControl && event.code === 'KeyC' && !hasSelection() && lastAnswer(panel) !== '') copyLast();
    else return;
    event.preventDefault();
  }

  /** In the key press itself: the browser opens panels only then. What is typed is asked on the way. */
  function goOn(): void {
    panel.composer.send();
    panel.continueInPanel();
    onClose();
  }

  function copyLast(): void {
    // The answer is still there to be selected.
    panel.copy(lastAnswer(panel)).catch(() => undefined);
  }

  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  // Firefox builds a popup before it shows it, and now and then the focus that was set meanwhile is lost on the way.
  useEffect(() => {
    const onFocus = (): void => {
      if (document.activeElement === document.body) stage.focusField();
    };
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, []);

  const hasMessages = thread.messages.value.length > 0;
  const isWithoutModel = models.settings.value?.endpoints.length === 0;
  return (
    <div class="quick">
      <header class="visually-hidden">
        <h1>{t('quickPrompt')}</h1>
      </header>
      {isWithoutModel && (
        <section class="quick-setup" aria-label={t('addProvider')}>
          <p>{t('welcomeText')}</p>
          <button type="button" class="button primary" onClick={() => panel.openOptions('providers')}>
            {t('addProvider')}
          </button>
        </section>
      )}
      {/* The main thing of the page until there is an answer. */}
      <div class="quick-ask" role={hasMessages ? undefined : 'main'}>
        <Icon name="spark" />
        <ComposerView panel={panel} stage={stage} onKey={isQuickKey} />
      </div>
      {hasMessages && <ThreadView panel={panel} stage={stage} />}
      <footer class="quick-footer">
        {hasMessages && (
          <button type="button" class="key-button" onClick={goOn}>
            <kbd>{controlKey()} ↵</kbd> {t('quickContinue')}
          </button>
        )}
        {hasMessages && (
          <button type="button" class="key-button" onClick={copyLast}>
            <kbd>{controlKey()} C</kbd> {t('quickCopy')}
          </button>
        )}
        <button type="button" class="key-button quick-close" onClick={onClose}>
          <kbd>Esc</kbd> {t('quickClose')}
        </button>
      </footer>
    </div>
  );
}

/** Keys that the page takes before the field does. */
function isQuickKey(event: KeyboardEvent): boolean {
  return event.key === 'Escape' || (event.key === 'Enter' && (event.ctrlKey || event.metaKey));
}

function lastAnswer(panel: Panel): string {
  const reply = panel.thread.messages.value.findLast(({ message }) => message.role === 'assistant')?.message;
  return reply?.role === 'assistant' ? answerText(reply) : '';
}

function hasSelection(): boolean {
  const field = document.activeElement;
  if (field instanceof HTMLTextAreaElement) return field.selectionStart !== field.selectionEnd;
  return document.getSelection()?.isCollapsed === false;
}

function controlKey(): string {
  return navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl';
}
