import { useState } from 'preact/hooks';
import { t } from '@/lib/i18n/translate-later';
import type { Options } from '@/lib/panel/options';
import type { LocaleName } from './options-view';
import { PriceTable } from './price-table';

export function GeneralSection({
  options,
  locales,
}: {
  readonly options: Options;
  readonly locales: readonly LocaleName[];
}) {
  return (
    <section>
      <h2>{t('general')}</h2>
      <label class="form-field">
        <span>{t('language')}</span>
        <select
          class="field"
          name="language"
          value={options.settings.value?.language ?? 'auto'}
          onChange={(event) => options.choose({ language: event.currentTarget.value })}
        >
          <option value="auto">{t('languageAuto')}</option>
          {locales.map(({ tag, name }) => (
            <option key={tag} value={tag} lang={tag}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Limit
        label={t('silenceSeconds')}
        name="silenceSeconds"
        value={options.limits.value.silenceSeconds}
        least={10}
        most={3600}
        onChange={(silenceSeconds) => options.choose({ silenceSeconds })}
      />
      <Limit
        label={t('longestReply')}
        name="longestReply"
        value={options.limits.value.longestReply}
        least={10_000}
        most={100_000_000}
        onChange={(longestReply) => options.choose({ longestReply })}
      />
      <PriceTable options={options} />
    </section>
  );
}

interface LimitProps {
  readonly label: string;
  readonly name: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}

/** A whole number between two others; anything else is not taken, and the field says so. */
export function Limit({ label, name, value, least, most, onChange }: LimitProps) {
  const [isWrong, setIsWrong] = useState(false);
  return (
    <label class="form-field">
      <span>{label}</span>
      <input
        class="field"
        type="number"
        name={name}
        min={least}
        max={most}
        value={value}
        aria-invalid={isWrong}
        onChange={({ currentTarget: { valueAsNumber } }) => {
          const isRight = Number.isInteger(valueAsNumber) && valueAsNumber >= least && valueAsNumber <= most;
          setIsWrong(!isRight);
          if (isRight) onChange(valueAsNumber);
        }}
      />
      {isWrong && (
        <span class="failed" role="alert">
          {t('limitWrong', { least, most })}
        </span>
      )}
    </label>
  );
}

export function ShortcutsSection({ options }: { readonly options: Options }) {
  return (
    <section>
      <h2>{t('shortcuts')}</h2>
      <dl class="shortcuts">
        {options.shortcuts.value.map(({ label, keys }) => (
          <div key={label}>
            <dt>{t(label)}</dt>
            <dd>{keys === '' ? <span class="hint">{t('shortcutNone')}</span> : <kbd>{keys}</kbd>}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{t('shortcutsHint')}</p>
      {options.family === 'firefox' && <p class="hint">{t('shortcutsFirefox')}</p>}
      <button type="button" class="button" onClick={options.openShortcuts}>
        {t('changeShortcuts')}
      </button>
    </section>
  );
}

export function AboutSection({ options }: { readonly options: Options }) {
  return (
    <section>
      <h2>{t('about')}</h2>
      <p>{t('aboutText', { version: options.version })}</p>
    </section>
  );
}
