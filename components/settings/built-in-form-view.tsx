import { useState } from 'preact/hooks';
import { t } from '@/lib/i18n/translate-later';
import type { BuiltIn } from '@/lib/panel/built-in';
import type { FormProblem, Options, ProviderChoice } from '@/lib/panel/options';
import type { Endpoint } from '@/lib/providers/provider';
import { BuiltInView } from './built-in-view';
import { FormField } from './form-field';

export interface BuiltInFormViewProps {
  readonly options: Options;
  readonly builtIn: BuiltIn;
  readonly provider: ProviderChoice;
  /** undefined: a new one. */
  readonly endpoint: Endpoint | undefined;
}

/** Adding and naming the browser's own model: it has no address, no key and no access. Not where it can't be had. */
export function BuiltInFormView({ options, builtIn, provider, endpoint }: BuiltInFormViewProps) {
  const [problem, setProblem] = useState<FormProblem | undefined>(undefined);
  const canSave = endpoint !== undefined || builtIn.state.value.type !== 'unavailable';

  function onSubmit(event: SubmitEvent & { readonly currentTarget: HTMLFormElement }): void {
    event.preventDefault();
    const label = new FormData(event.currentTarget).get('label');
    void options
      .save({
        endpointId: endpoint?.id,
        providerId: provider.id,
        label: typeof label === 'string' ? label : '',
        baseUrl: provider.baseUrl,
        key: '',
        contextSize: '',
        keepAlive: '',
        headers: '',
        body: '',
        unstreamed: false,
      })
      .then((found) => {
        setProblem(found);
        if (!found) location.hash = '#providers';
      });
  }

  return (
    <section>
      <h2>{endpoint ? endpoint.label : provider.label}</h2>
      <p class="hint">{t('builtInHint')}</p>
      <BuiltInView builtIn={builtIn} />
      <form class="provider-form" noValidate onSubmit={onSubmit}>
        {canSave && <FormField name="label" label={t('label')} value={endpoint?.label ?? provider.label} />}
        <p class="failed" role="alert" id="form-problem">
          {problem && t(problem.message, problem.values)}
        </p>
        <div class="buttons">
          {canSave && (
            <button type="submit" class="button primary" aria-describedby="form-problem">
              {t('saveProvider')}
            </button>
          )}
          <a class="button" href="#providers">
            {t('cancel')}
          </a>
        </div>
      </form>
    </section>
  );
}
