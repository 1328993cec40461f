import { isSameModel } from '@/lib/chat/chat-defaults';
import type { ModelRef } from '@/lib/chat/types';
import { t } from '@/lib/i18n/translate-later';
import { writeDefaultsForm } from '@/lib/panel/defaults-form';
import type { Options } from '@/lib/panel/options';
import { speaksOllama } from '@/lib/providers/speaks-ollama';
import { nameOfEndpoint } from '../ui/name-of-endpoint';
import { DefaultsFormView } from './defaults-form-view';
import { FormField } from './form-field';
import { knownModels } from './known-models';
import { LoadFormFields } from './load-form-fields';

export interface ModelDefaultsViewProps {
  readonly options: Options;
  readonly endpointId: string;
  readonly model: string;
}

/** The defaults of one model. */
export function ModelDefaultsView({ options, endpointId, model }: ModelDefaultsViewProps) {
  const { modelDefaults = [], defaults: inherited = {} } = options.settings.value ?? {};
  const ref: ModelRef = { endpointId, model, label: labelOf(options, endpointId, model) };
  const own = modelDefaults.find((defaults) => isSameModel(defaults.model, ref));
  const others = modelDefaults.filter((defaults) => defaults !== own);
  const endpoint = nameOfEndpoint(options.groups.value, endpointId);
  const server = options.settings.value?.endpoints.find(({ id }) => id === endpointId);
  const typed = writeDefaultsForm(own ?? {});

  return (
    <section>
      <h2>{t('defaultsOf', { model: ref.label })}</h2>
      <p class="hint">{endpoint}</p>
      <DefaultsFormView
        defaults={own ?? {}}
        inherited={inherited}
        onSave={(defaults) => {
          const isEmpty = Object.keys(defaults).length === 0;
          options.choose({ modelDefaults: isEmpty ? others : [...others, { ...defaults, model: ref }] });
          location.hash = '#chat';
        }}
        buttons={
          <>
            {own && (
              <button
                type="button"
                class="button"
                onClick={() => {
                  options.choose({ modelDefaults: others });
                  location.hash = '#chat';
                }}
              >
                {t('removeDefaults')}
              </button>
            )}
            <a class="button" href="#chat">
              {t('cancel')}
            </a>
          </>
        }
      >
        {(problemOf) => (
          <>
            {server && speaksOllama(server) && (
              <LoadFormFields loading={own ?? {}} inherited={{ ...server, label: endpoint }} problemOf={problemOf} />
            )}
            <FormField
              name="headers"
              label={t('extraHeaders')}
              type="lines"
              value={typed.headers}
              hint={t('modelHeadersHint', { endpoint })}
              problem={problemOf('headers')}
            />
            <FormField
              name="body"
              label={t('extraBody')}
              type="lines"
              value={typed.body}
              hint={t('modelBodyHint')}
              problem={problemOf('body')}
            />
            <label class="form-check">
              <input type="checkbox" name="isAlone" defaultChecked={typed.isAlone} />
              {t('isAlone')}
            </label>
          </>
        )}
      </DefaultsFormView>
    </section>
  );
}

/** As its endpoint calls it, or as it was called when it was chosen. */
function labelOf(options: Options, endpointId: string, model: string): string {
  const listed = options.groups.value
    .find(({ endpoint }) => endpoint.id === endpointId)
    ?.models.find(({ id }) => id === model)?.label;
  const { modelDefaults = [] } = options.settings.value ?? {};
  const known = [...modelDefaults.map((own) => own.model), ...knownModels(options)];
  return listed ?? known.find((ref) => isSameModel(ref, { endpointId, model, label: '' }))?.label ?? model;
}
