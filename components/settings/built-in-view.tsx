import { useEffect } from 'preact/hooks';
import { t } from '@/lib/i18n/translate-later';
import type { BuiltIn } from '@/lib/panel/built-in';
import './built-in.css';

/** Where Chrome says what a computer needs for it. */
const requirementsPage = 'https://developer.chrome.com/docs/ai/get-started#hardware';

/** Whether the browser's own model is there, and the one thing that helps where it is not. */
export function BuiltInView({ builtIn }: { readonly builtIn: BuiltIn }) {
  useEffect(builtIn.look, [builtIn]);
  const state = builtIn.state.value;
  return (
    <div class="built-in" data-built-in={state.type}>
      <output class={state.type === 'failed' ? 'failed' : undefined}>{sentenceOf(builtIn)}</output>
      {state.type === 'downloading' && (
        <progress aria-label={t('builtInDownloading', { percent: state.percent })} max={100} value={state.percent} />
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
          <button type="button" class="button primary" onClick={builtIn.download}>
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
      return t('builtInDownloading', { percent: state.percent });
    case 'available':
      return t('builtInAvailable');
    case 'failed':
      return t('builtInFailed', { reason: state.reason });
  }
}
