import { t } from '@/lib/i18n/translate';
import type { Options } from '@/lib/panel/options';
import type { LocaleName } from './options-view';

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
          onChange={(event) => options.chooseLanguage(event.currentTarget.value)}
        >
          <option value="auto">{t('languageAuto')}</option>
          {locales.map(({ tag, name }) => (
            <option key={tag} value={tag} lang={tag}>
              {name}
            </option>
          ))}
        </select>
      </label>
    </section>
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

export function PrivacySection() {
  return (
    <section>
      <h2>{t('privacy')}</h2>
      <p>{t('privacyText')}</p>
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
