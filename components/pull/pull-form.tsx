import { useRef, useState } from 'preact/hooks';
import { t } from '@/lib/i18n/translate-later';
import { modelInTyped, type Pulls } from '@/lib/panel/pulls';
import { FormField } from '../settings/form-field';
import { PullView } from './pull-view';

export interface PullFormProps {
  readonly pulls: Pulls;
  readonly endpointId: string;
}

/** Downloads a model by its name, and shows every download of this endpoint. */
export function PullForm({ pulls, endpointId }: PullFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [isMissing, setIsMissing] = useState(false);
  const own = pulls.all.value.filter((pull) => pull.endpointId === endpointId);

  function onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    const field = form.current?.elements.namedItem('pullModel');
    if (!(field instanceof HTMLInputElement)) return;
    const model = modelInTyped(field.value);
    setIsMissing(model === '');
    if (model === '') field.focus();
    else {
      pulls.start(endpointId, model);
      field.value = '';
    }
  }

  return (
    <div class="pull-form">
      <form ref={form} class="provider-form" noValidate onSubmit={onSubmit}>
        <FormField
          name="pullModel"
          label={t('pullField')}
          value=""
          hint={t('pullFieldHint')}
          problem={isMissing ? t('pullNameMissing') : undefined}
        />
        <div class="buttons">
          <button type="submit" class="button">
            {t('pull')}
          </button>
        </div>
      </form>
      {own.map(({ model }) => (
        <PullView key={model} pulls={pulls} endpointId={endpointId} model={model} />
      ))}
    </div>
  );
}
