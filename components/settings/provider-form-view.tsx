import { useRef, useState } from 'preact/hooks';
import { t } from '@/lib/i18n/translate-later';
import type { FormProblem, Options, ProviderChoice } from '@/lib/panel/options';
import { writeBody, writeHeaders } from '@/lib/panel/extra-fields';
import type { ProviderForm } from '@/lib/panel/provider-form';
import type { Endpoint } from '@/lib/providers/provider';
import { speaksOllama } from '@/lib/providers/speaks-ollama';
import { PullForm } from '../pull/pull-form';
import { FormField } from './form-field';
import { KeyFields } from './key-fields';
import { LoadFormFields } from './load-form-fields';

export interface ProviderFormViewProps {
  readonly options: Options;
  readonly provider: ProviderChoice;
  /** undefined: a new one. */
  readonly endpoint: Endpoint | undefined;
}

/** Adding and editing an endpoint. What is typed stays in the form; the key leaves it for the store of keys only. */
export function ProviderFormView({ options, provider, endpoint }: ProviderFormViewProps) {
  const form = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<FormProblem | undefined>(undefined);
  const [isSaving, setIsSaving] = useState(false);
  const [typed, setTyped] = useState(endpoint?.baseUrl ?? provider.baseUrl);

  async function finish(saving: Promise<FormProblem | undefined>): Promise<void> {
    const found = await saving;
    setIsSaving(false);
    setProblem(found);
    if (found) {
      showField(form.current, found.field);
    } else {
      form.current?.reset();
      location.hash = '#providers';
    }
  }

  function onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    if (!form.current || isSaving) return;
    setIsSaving(true);
    // In the submit itself: the browser asks for access only then.
    void finish(options.save(readForm(form.current, provider.id, endpoint?.id)));
  }

  const problemOf = (field: FormProblem['field']): string | undefined =>
    problem?.field === field ? t(problem.message, problem.values) : undefined;
  const isRetired = provider.working === false;
  const address = options.normalizeAddress(typed, provider.id);
  const loads = speaksOllama({ providerId: provider.id, baseUrl: address.ok ? address.url : typed });

  return (
    <section>
      <h2>{endpoint ? endpoint.label : provider.label}</h2>
      {isRetired && <p class="notice">{t('retired')}</p>}
      <form ref={form} class="provider-form" noValidate onSubmit={onSubmit}>
        <FormField name="label" label={t('label')} value={endpoint?.label ?? provider.label} />
        <FormField
          name="baseUrl"
          label={t('address')}
          type="url"
          value={endpoint?.baseUrl ?? provider.baseUrl}
          hint={
            provider.baseUrl === ''
              ? t('addressHint', { example: provider.example ?? 'http://127.0.0.1:8080/v1' })
              : undefined
          }
          problem={problemOf('baseUrl')}
          onInput={setTyped}
        >
          <output class="hint">
            {address.ok && address.warning && t(address.warning, { host: new URL(address.url).host })}
          </output>
        </FormField>
        {provider.key.needed !== 'no' && (
          <KeyFields
            options={options}
            provider={provider}
            endpointId={endpoint?.id}
            origin={address.ok ? new URL(address.url).origin : undefined}
            problemOf={problemOf}
          />
        )}
        {speaksOllama({ providerId: provider.id, baseUrl: '' }) && (
          // Not taken away: what was typed stays while the address is typed.
          <div class="load-fields" hidden={!loads}>
            <LoadFormFields loading={endpoint ?? {}} problemOf={problemOf} />
          </div>
        )}
        <details class="advanced">
          <summary>{t('advanced')}</summary>
          <FormField
            name="headers"
            label={t('extraHeaders')}
            type="lines"
            value={endpoint ? writeHeaders(endpoint.headers) : ''}
            hint={t('extraHeadersHint')}
            problem={problemOf('headers')}
          />
          <FormField
            name="body"
            label={t('extraBody')}
            type="lines"
            value={endpoint ? writeBody(endpoint.body) : ''}
            hint={t('extraBodyHint')}
            problem={problemOf('body')}
          />
          {/* A wire without models has one way to answer. */}
          {provider.hasModels && (
            <label class="form-check">
              <input type="checkbox" name="unstreamed" defaultChecked={endpoint?.unstreamed ?? false} />
              {t('unstreamed')}
            </label>
          )}
        </details>
        <p class="failed" role="alert" id="form-problem">
          {problemOf('form')}
        </p>
        <div class="buttons">
          <button type="submit" class="button primary" aria-disabled={isSaving} aria-describedby="form-problem">
            {t('saveProvider')}
          </button>
          <a class="button" href="#providers">
            {t('cancel')}
          </a>
        </div>
      </form>
      {endpoint && speaksOllama(endpoint) && <PullForm pulls={options.pulls} endpointId={endpoint.id} />}
    </section>
  );
}

function readForm(form: HTMLFormElement, providerId: string, endpointId: string | undefined): ProviderForm {
  const fields = new FormData(form);
  const text = (name: string): string => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
  return {
    endpointId,
    providerId,
    label: text('label'),
    baseUrl: text('baseUrl'),
    key: text('key'),
    kept: text('kept') === 'session' ? 'session' : 'browser',
    passphrase: text('passphrase'),
    contextSize: text('contextSize'),
    keepAlive: text('keepAlive'),
    headers: text('headers'),
    body: text('body'),
    unstreamed: fields.has('unstreamed'),
  };
}

/** Takes the user to the field that has to be mended. */
function showField(form: HTMLFormElement | null, name: FormProblem['field']): void {
  const field = form?.elements.namedItem(name);
  if (!(field instanceof HTMLElement)) return;
  const folded = field.closest('details');
  if (folded) folded.open = true;
  field.focus();
}
