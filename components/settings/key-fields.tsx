import { useState } from 'preact/hooks';
import { t } from '@/lib/i18n/translate-later';
import type { SavedKey } from '@/lib/panel/keys';
import type { FormProblem, Options, ProviderChoice } from '@/lib/panel/options';
import { FormField } from './form-field';
import { KeyRemoval } from './key-removal';

export interface KeyFieldsProps {
  readonly options: Options;
  readonly provider: ProviderChoice;
  /** undefined: a new endpoint. */
  readonly endpointId: string | undefined;
  /** Of the address as it stands in the form; undefined while it is none. */
  readonly origin: string | undefined;
  readonly problemOf: (field: FormProblem['field']) => string | undefined;
}

/** The part of a provider's form that is about its key: what is saved, a new one, and how that is kept. */
export function KeyFields({ options, provider, endpointId, origin, problemOf }: KeyFieldsProps) {
  const { saved: all, lock } = options.keys;
  const saved = all.value.find((key) => key.endpointId === endpointId);
  const [chosen, setChosen] = useState<'browser' | 'session' | undefined>(undefined);
  const kept = chosen ?? (saved?.kept === 'session' ? 'session' : 'browser');
  const hasLock = lock.value === 'open' || lock.value === 'shut';
  return (
    <>
      <FormField
        name="key"
        label={t('key')}
        type="password"
        value=""
        hint={wordsOf(saved, origin)}
        problem={problemOf('key')}
      >
        {provider.key.url !== undefined && (
          <a href={provider.key.url} target="_blank" rel="noreferrer">
            {t('keyFromPage')}
          </a>
        )}
        {saved && <KeyRemoval options={options} endpointId={saved.endpointId} />}
      </FormField>
      <fieldset class="form-choice">
        <legend>{t('keepKey')}</legend>
        <Choice value="browser" isChosen={kept === 'browser'} onChoose={setChosen} hint={hasLock ? '' : t('keptHint')}>
          {t(hasLock ? 'keepEncrypted' : 'keepInBrowser')}
        </Choice>
        <Choice value="session" isChosen={kept === 'session'} onChoose={setChosen} hint={t('keepForSessionHint')}>
          {t('keepForSession')}
        </Choice>
      </fieldset>
      {hasLock && kept === 'browser' && (
        <FormField
          name="passphrase"
          label={t('passphrase')}
          type="password"
          value=""
          hint={t('passphraseForKey')}
          problem={problemOf('passphrase')}
        />
      )}
    </>
  );
}

interface ChoiceProps {
  readonly value: 'browser' | 'session';
  readonly isChosen: boolean;
  readonly hint: string;
  readonly onChoose: (value: 'browser' | 'session') => void;
  readonly children: string;
}

function Choice({ value, isChosen, hint, onChoose, children }: ChoiceProps) {
  return (
    <label class="form-check">
      <input
        type="radio"
        name="kept"
        value={value}
        checked={isChosen}
        aria-describedby={hint === '' ? undefined : `kept-${value}`}
        onChange={() => onChoose(value)}
      />
      <span>
        {children}
        {hint !== '' && (
          <small class="hint" id={`kept-${value}`}>
            {hint}
          </small>
        )}
      </span>
    </label>
  );
}

/** A key is never offered to another origin than its own, and the form says so while the address is typed. */
function wordsOf(saved: SavedKey | undefined, origin: string | undefined): string {
  if (!saved) return t('keyHint');
  if (origin !== undefined && saved.origin !== origin) return t('keyElsewhere', { origin: saved.origin });
  if (saved.last === undefined) return t(saved.kept === 'session' ? 'keyGone' : 'keyLocked');
  return saved.last === '' ? t('keyStoredShort') : t('keyStored', { last: saved.last });
}
