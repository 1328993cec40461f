import { useState } from 'preact/hooks';
import type { ModelRef } from '@/lib/chat/types';
import { t } from '@/lib/i18n/translate-later';
import type { Options } from '@/lib/panel/options';
import { nameOfEndpoint } from '../ui/name-of-endpoint';
import { DefaultsFormView } from './defaults-form-view';
import { FallbackList } from './fallback-list';
import { knownModels } from './known-models';
import { ModelSelect } from './model-select';
import { placeOfModel } from './place';
import './chat-section.css';

/** What goes with every question, what goes with those to one model, and who answers in whose place. */
export function ChatSection({ options }: { readonly options: Options }) {
  const { defaults = {}, modelDefaults = [] } = options.settings.value ?? {};
  return (
    <section>
      <h2>{t('chatDefaults')}</h2>
      <p class="hint">{t('chatDefaultsHint')}</p>
      <DefaultsFormView defaults={defaults} onSave={(changed) => options.choose({ defaults: changed })} />
      <h3>{t('ownDefaults')}</h3>
      <p class="hint">{t('ownDefaultsHint')}</p>
      <ul class="cards">
        {modelDefaults.map(({ model }) => (
          <li class="card" key={placeOfModel(model)}>
            <span class="card-text">
              <b>{model.label}</b> <span class="hint">{nameOfEndpoint(options.groups.value, model.endpointId)}</span>
            </span>
            <a class="button" href={`#${placeOfModel(model)}`} aria-label={`${t('edit')}: ${model.label}`}>
              {t('edit')}
            </a>
          </li>
        ))}
      </ul>
      <AddModel options={options} />
      <FallbackList options={options} />
    </section>
  );
}

/** A list alone would lead away at the first key press in it. */
function AddModel({ options }: { readonly options: Options }) {
  const [model, setModel] = useState<ModelRef | undefined>(undefined);
  return (
    <div class="form-field">
      <label for="own-defaults">{t('ownDefaultsFor')}</label>
      <div class="field-and-button">
        <ModelSelect
          id="own-defaults"
          groups={options.groups.value}
          known={knownModels(options)}
          value={model}
          none={t('chooseModel')}
          onChange={setModel}
        />
        <button
          type="button"
          class="button"
          aria-disabled={model === undefined}
          onClick={() => {
            if (model) location.hash = `#${placeOfModel(model)}`;
          }}
        >
          {t('ownDefaultsOpen')}
        </button>
      </div>
    </div>
  );
}
