import { useRef, useState } from 'preact/hooks';
import type { AnyKey } from '@/lib/i18n/en/later';
import { t } from '@/lib/i18n/translate-later';
import type { Keys, LockAnswer, LockState } from '@/lib/panel/keys';
import { PassphraseForm } from './passphrase-form';
import { RemoveQuestion } from './remove-question';

export interface KeyLockViewProps {
  readonly keys: Keys;
  readonly state: LockState;
}

/** The passphrase lock: setting it, opening and shutting it, another passphrase, and its end. */
export function KeyLockView({ keys, state }: KeyLockViewProps) {
  /** What was done last, for the page to say. */
  const [said, setSaid] = useState<AnyKey | undefined>(undefined);
  const heading = useRef<HTMLHeadingElement>(null);

  /** The form goes with the state it was for, and the focus with it: the heading is what stays. */
  async function tell(asking: Promise<LockAnswer>, words: AnyKey): Promise<LockAnswer> {
    const answer = await asking;
    setSaid(answer === 'done' ? words : undefined);
    if (answer === 'done') heading.current?.focus();
    return answer;
  }

  return (
    <>
      <h3 ref={heading} tabIndex={-1}>
        {t('keyLock')}
      </h3>
      <output>{said && t(said)}</output>
      {state === 'none' && (
        <>
          <p>{t('keyLockText')}</p>
          <PassphraseForm
            name="set"
            fields={['next', 'repeated']}
            action={t('setLock')}
            hint={t('setLockHint')}
            onSubmit={({ next }) => tell(keys.setLock(next), 'lockIsSet')}
          />
        </>
      )}
      {state === 'shut' && (
        <>
          <p>{t('lockIsShut')}</p>
          <PassphraseForm
            name="unlock"
            fields={['passphrase']}
            action={t('remedyUnlockKeys')}
            onSubmit={({ passphrase }) => tell(keys.unlock(passphrase), 'lockIsOpened')}
          />
          <Forgotten onForget={() => void tell(keys.forgetLocked(), 'lockIsForgotten')} />
        </>
      )}
      {state === 'open' && (
        <>
          <p>{t('lockIsOpen')}</p>
          <button type="button" class="button primary" onClick={() => void tell(keys.shutLock(), 'lockIsShutNow')}>
            {t('shutLock')}
          </button>
          <details class="advanced">
            <summary>{t('changePassphrase')}</summary>
            <PassphraseForm
              name="change"
              fields={['passphrase', 'next', 'repeated']}
              action={t('changePassphrase')}
              onSubmit={({ passphrase, next }) => tell(keys.changePassphrase(passphrase, next), 'passphraseIsChanged')}
            />
          </details>
          <details class="advanced">
            <summary>{t('removeLock')}</summary>
            <p class="hint">{t('removeLockHint')}</p>
            <PassphraseForm
              name="remove"
              fields={['passphrase']}
              action={t('removeLock')}
              onSubmit={({ passphrase }) => tell(keys.removeLock(passphrase), 'lockIsRemoved')}
            />
          </details>
        </>
      )}
    </>
  );
}

function Forgotten({ onForget }: { readonly onForget: () => void }) {
  const [isAsking, setIsAsking] = useState(false);
  return isAsking ? (
    <RemoveQuestion
      question={t('confirmForget')}
      action={t('forgetLock')}
      limits={t('deleteLimits')}
      onRemove={onForget}
      onCancel={() => setIsAsking(false)}
    />
  ) : (
    <button type="button" class="button" onClick={() => setIsAsking(true)}>
      {t('passphraseForgotten')}
    </button>
  );
}
