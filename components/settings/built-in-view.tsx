import { useEffect, useRef } from 'preact/hooks';
import { t } from '@/lib/i18n/translate-later';
import type { BuiltIn } from '@/lib/panel/built-in';
import './built-in.css';

/** Where Chrome says what a computer needs for it. */
const requirementsPage = 'https://developer.chrome.com/docs/ai/get-started#hardware';

/** Whether the browser's own model is there, and the one thing that helps where it is not. */
export function BuiltInView({ builtIn }: { readonly builtIn: BuiltIn }) {
  const view = useRef<HTMLDivElement>(null);
  const pressed = useRef(false);
  useEffect(builtIn.look, [builtIn]);
  const state = builtIn.state.value;
  useEffect(() => {
    // The button goes with the click.
    if (!pressed.current || document.activeElement !== document.body) return;
    pressed.current = false;
    view.current?.focus();
  }, [state.type]);
  function download(): void {
    pressed.current = true;
    builtIn.download();
  }
  return (
    <div class="built-in" ref={view} tabIndex={-1} data-built-in={state.type}>
      <output class={state.type === 'failed' ? 'failed' : undefined}>{sentenceOf(builtIn)}</output>
      {/* Beside what is announced: nobody wants to hear each percent. */}
      {state.type === 'downloading' && (
        <label class="built-in-progress">
          <progress max={100} value={state.percent} />
          <span class="tabular">{t('downloaded', { percent: state.percent })}</span>
        </label>
      )}
      {state.type === 'unavailable' && (
        <p class="hint">
          {t('builtInNeeds')}{' '}
          <a href={requirementsPage} target="_blank" rel="noreferrer">
            {t('builtInNeedsPage')}
          </a>
        </p>
      )}
      {(state.type === 'downloadable' || state.type === 'failed') && (
        <div class="buttons">
          <button type="button" class="button primary" onClick={download}>
            {t('builtInDownload')}
          </button>
        </div>
      )}
    </div>
  );
}

function sentenceOf({ state: { value: state } }: BuiltIn): string {
  switch (state.type) {
    case 'checking':
      return t('stateChecking');
    case 'unavailable':
      return t('failureUnavailableHere');
    case 'downloadable':
      return t('builtInDownloadable');
    case 'downloading':
      return t('builtInDownloading');
    case 'available':
      return t('builtInAvailable');
    case 'failed':
      return t('builtInFailed', { reason: state.reason });
  }
}
