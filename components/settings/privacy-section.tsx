import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '@/lib/i18n/translate-later';
import type { Options } from '@/lib/panel/options';
import { failureSentence } from '../ui/failure-sentence';
import { LedgerDays } from './ledger-days';
import './privacy.css';

/** What left this browser, who may be asked, and the way to get rid of it all. */
export function PrivacySection({ options }: { readonly options: Options }) {
  const { privacy } = options;
  useEffect(privacy.load, [privacy]);
  return (
    <section>
      <h2>{t('privacy')}</h2>
      <p>{t('privacyText')}</p>
      <output class="failed">{privacy.failure.value && failureSentence(privacy.failure.value)}</output>
      {/* All at once: a list that came later would move the buttons under it. */}
      {privacy.isRead.value && (
        <>
          <h3>{t('ledger')}</h3>
          <p class="hint">{t('ledgerHint')}</p>
          <LedgerDays ledger={privacy.ledger.value} onMore={privacy.showMoreDays} />
          <h3>{t('access')}</h3>
          <p class="hint">{t('accessHint')}</p>
          <AccessList options={options} />
          <RebuildHistory options={options} />
          <h3>{t('eraseEverything')}</h3>
          <EraseEverything options={options} />
        </>
      )}
    </section>
  );
}

function AccessList({ options }: { readonly options: Options }) {
  const origins = options.privacy.access.value;
  const count = useRef<HTMLParagraphElement>(null);
  function revoke(origin: string): void {
    options.privacy.revoke(origin);
    // The button goes with its line.
    count.current?.focus();
  }
  return (
    <>
      <p class="hint" ref={count} tabIndex={-1}>
        {t('accessCount', { count: origins.length })}
      </p>
      <ul class="cards">
        {origins.map((origin) => (
          <li key={origin} class="card" data-origin={origin}>
            <div class="card-text">
              <b>{origin.replace(/\*$/u, '')}</b>
              <small class="hint">{usersOf(options, origin)}</small>
            </div>
            <button
              type="button"
              class="button"
              aria-label={`${t('revokeAccess')}: ${origin}`}
              onClick={() => revoke(origin)}
            >
              {t('revokeAccess')}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The endpoints that a pattern lets be asked. Patterns have no port: it may be more than one. */
function usersOf({ settings }: Options, origin: string): string {
  const users = (settings.value?.endpoints ?? []).filter(({ baseUrl }) => {
    const address = URL.parse(baseUrl);
    return address !== null && `${address.protocol}//${address.hostname}/*` === origin;
  });
  return users.length === 0
    ? t('accessUnused')
    : t('accessUsedBy', { names: users.map(({ label }) => label).join(', ') });
}

function RebuildHistory({ options }: { readonly options: Options }) {
  const [isAsked, setIsAsked] = useState(false);
  return (
    <>
      <h3>{t('history')}</h3>
      <p class="hint">{t('rebuildHistoryHint')}</p>
      <button
        type="button"
        class="button"
        onClick={() => {
          options.rebuildHistory();
          setIsAsked(true);
        }}
      >
        {t('rebuildHistory')}
      </button>
      <output class="hint">{isAsked && t('rebuildHistoryAsked')}</output>
    </>
  );
}

function EraseEverything({ options }: { readonly options: Options }) {
  const { privacy } = options;
  const state = privacy.erasing.value;
  const words = useRef<HTMLParagraphElement>(null);
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (state === 'asking') cancel.current?.focus();
    // The buttons are gone.
    if (state === 'running') words.current?.focus();
  }, [state]);
  return (
    <div class="erase" data-state={state}>
      <p ref={words} tabIndex={-1}>
        {t('eraseHint')}
      </p>
      {(state === 'no' || state === 'done') && (
        <button type="button" class="button danger" onClick={privacy.askToErase}>
          {t('eraseEverything')}
        </button>
      )}
      {state === 'asking' && (
        <div class="card-question" role="group" aria-label={t('eraseQuestion')}>
          <p>
            <b>{t('eraseQuestion')}</b>
          </p>
          <p>{t('eraseLimits')}</p>
          <div class="buttons">
            <button type="button" class="button danger" onClick={() => void privacy.eraseEverything()}>
              {t('eraseNow')}
            </button>
            <button type="button" class="button" ref={cancel} onClick={privacy.cancelErase}>
              {t('cancel')}
            </button>
          </div>
        </div>
      )}
      <output>
        {state === 'running' && t('erasing')}
        {state === 'done' && t(privacy.failure.value ? 'eraseFailed' : 'erased')}
      </output>
    </div>
  );
}
