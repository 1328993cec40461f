import { useSignalEffect } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { t } from '@/lib/i18n/translate';
import type { Panel } from '@/lib/panel/panel';
import type { Stage } from '../panel/stage';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { isComposing } from '../ui/is-composing';
import { AttachmentChips } from './attachment-chips';
import { lazyModelPicker } from '../panel/lazy-views';
import './composer.css';

export interface ComposerViewProps {
  readonly panel: Panel;
  readonly stage: Stage;
  /** For keys that mean more on one page than on the other: true when it was taken. */
  readonly onKey?: (event: KeyboardEvent) => boolean;
}

/** Where questions are written. Enter sends, Shift+Enter breaks the line, Esc gives up what is under way. */
export function ComposerView({ panel, stage, onKey }: ComposerViewProps) {
  const { composer, thread, models } = panel;
  const field = useRef<HTMLTextAreaElement>(null);
  // Before it is drawn: whoever sees it may type, or go on by Tab, and loses no key to it.
  useLayoutEffect(() => field.current?.focus(), [panel.attention.value + stage.focusAsked.value]);
  useSignalEffect(() => {
    if (composer.editingId.value !== null) field.current?.focus();
  });

  function send(): void {
    if (composer.canSend.value) composer.send();
    else if (models.settings.value && !models.chosen.value) stage.openPicker();
    else field.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (isComposing(event) || onKey?.(event)) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      if (composer.text.value.trim() !== '') send();
    } else if (event.key === 'Escape' && stage.isPickerOpen.value) {
      stage.closePicker();
    } else if (event.key === 'Escape' && composer.editingId.value !== null) {
      composer.cancelEdit();
    } else if (event.key === 'Escape' && composer.text.value === '') {
      thread.stop();
    }
  }

  const isFirst = thread.messages.value.length === 0;
  return (
    <section class="composer" aria-label={t('message')}>
      {stage.isPickerOpen.value && (
        <lazyModelPicker.View
          panel={panel}
          onClose={stage.closePicker}
          onLeave={() => {
            stage.isPickerOpen.value = false;
          }}
        />
      )}
      <div class="composer-box">
        {composer.editingId.value !== null && (
          <div class="composer-editing">
            <span>{t('editing')}</span>
            <IconButton label={t('cancelEdit')} icon="close" onClick={composer.cancelEdit} />
          </div>
        )}
        <AttachmentChips composer={composer} />
        <textarea
          ref={field}
          class="composer-field"
          rows={1}
          aria-label={t('message')}
          placeholder={t(isFirst ? 'askPlaceholder' : 'replyPlaceholder')}
          value={composer.text.value}
          onInput={(event) => composer.setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <div class="composer-row">
          <ModelButton panel={panel} stage={stage} />
          <SendButton panel={panel} stage={stage} onSend={send} />
        </div>
      </div>
    </section>
  );
}

function ModelButton({ panel, stage }: { readonly panel: Panel; readonly stage: Stage }) {
  const { chosen } = panel.models;
  const isOpen = stage.isPickerOpen.value;
  return (
    <button
      type="button"
      class="model-button"
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      aria-label={chosen.value ? t('model', { model: chosen.value.label }) : t('chooseModel')}
      onClick={isOpen ? stage.closePicker : stage.openPicker}
    >
      <span>{chosen.value ? chosen.value.label : t('chooseModel')}</span>
      <Icon name="down" />
    </button>
  );
}

/** Two clicks on one spot within this time are one double click, where the browser does not say. In milliseconds. */
const doubleClickMs = 400;

interface SendButtonProps {
  readonly panel: Panel;
  readonly stage: Stage;
  readonly onSend: () => void;
}

/**
 * Stop stands where Send was, so that one place always does the next thing; the second half of a double click on Send
 * is not for the Stop that has come under it. Whichever is pressed goes, and the focus with it: it goes back to the
 * field.
 */
function SendButton({ panel, stage, onSend }: SendButtonProps) {
  const { composer, thread } = panel;
  const sent = useRef({ at: 0, x: 0, y: 0 });
  function send({ detail, clientX: x, clientY: y }: MouseEvent): void {
    // A key press counts no clicks.
    sent.current = { at: detail === 0 ? 0 : Date.now(), x, y };
    onSend();
    if (!stage.isPickerOpen.value) stage.focusField();
  }
  function stop({ detail, clientX, clientY }: MouseEvent): void {
    const { at, x, y } = sent.current;
    const isSameSpot = detail > 0 && Math.hypot(clientX - x, clientY - y) < 5;
    if (detail > 1 || (isSameSpot && Date.now() - at < doubleClickMs)) return;
    thread.stop();
    stage.focusField();
  }
  return thread.streaming.value ? (
    <IconButton key="stop" class="send" label={t('stop')} icon="stop" onClick={stop} />
  ) : (
    <IconButton
      key="send"
      class="send"
      label={t('send')}
      icon="send"
      aria-disabled={!composer.canSend.value}
      onClick={send}
    />
  );
}
