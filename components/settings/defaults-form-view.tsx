import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { type ChatDefaults, efforts } from '@/lib/chat/chat-defaults';
import { t } from '@/lib/i18n/translate-later';
import {
  type Defaults,
  type DefaultsForm,
  type DefaultsProblem,
  readDefaultsForm,
  writeDefaultsForm,
} from '@/lib/panel/defaults-form';
import { FormField } from './form-field';

export interface DefaultsFormViewProps {
  readonly defaults: Defaults;
  /** What the model gets where its own are empty; undefined for the defaults for all models themselves. */
  readonly inherited?: ChatDefaults;
  /** Takes what was read from the form. */
  readonly onSave: (defaults: Defaults) => void;
  /** Fields that only one model has. */
  readonly children?: (problemOf: (field: DefaultsProblem['field']) => string | undefined) => ComponentChildren;
  /** Beside the button that saves. */
  readonly buttons?: ComponentChildren;
}

/** What goes with a question. What was typed stays in the form when something is wrong with it. */
export function DefaultsFormView({ defaults, inherited, onSave, children, buttons }: DefaultsFormViewProps) {
  const form = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState<DefaultsProblem | undefined>(undefined);
  const [isSaved, setIsSaved] = useState(false);
  const typed = writeDefaultsForm(defaults);
  // A list takes its value from here at every drawing; other fields keep what was typed.
  const [effort, setEffort] = useState(typed.effort);

  function onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    if (!form.current) return;
    const read = readDefaultsForm(readFields(form.current));
    setProblem(read.ok ? undefined : read.problem);
    setIsSaved(read.ok);
    if (read.ok) onSave(read.defaults);
    else showField(form.current, read.problem.field);
  }

  const problemOf = (field: DefaultsProblem['field']): string | undefined =>
    problem?.field === field ? t(problem.message, problem.values) : undefined;
  const hintOf = (hint: string, value: string | number | undefined): string =>
    value === undefined ? hint : `${hint} ${t('forAllModels', { value: String(value) })}`.trim();

  return (
    <form ref={form} class="provider-form" noValidate onSubmit={onSubmit} onInput={() => setIsSaved(false)}>
      <FormField
        name="temperature"
        label={t('temperature')}
        value={typed.temperature}
        hint={hintOf(t('temperatureHint'), inherited?.temperature)}
        problem={problemOf('temperature')}
      />
      <FormField
        name="maxTokens"
        label={t('maxTokens')}
        value={typed.maxTokens}
        hint={inherited?.maxTokens === undefined ? undefined : hintOf('', inherited.maxTokens)}
        problem={problemOf('maxTokens')}
      />
      <div class="form-field">
        <label for="effort">{t('effort')}</label>
        <select
          class="field"
          id="effort"
          name="effort"
          aria-describedby="effort-hint"
          value={effort}
          onChange={(event) => setEffort(event.currentTarget.value)}
        >
          <option value="">{t(inherited ? 'effortInherited' : 'effortUnset')}</option>
          {efforts.map((each) => (
            <option key={each} value={each}>
              {t(`effort_${each}`)}
            </option>
          ))}
        </select>
        <p class="hint" id="effort-hint">
          {hintOf(t('effortHint'), inherited?.effort && t(`effort_${inherited.effort}`))}
        </p>
      </div>
      <FormField
        name="systemPrompt"
        label={t('systemPrompt')}
        type="lines"
        value={typed.systemPrompt}
        hint={hintOf(t('systemPromptHint'), inherited?.systemPrompt && shortened(inherited.systemPrompt))}
      />
      {children?.(problemOf)}
      <div class="buttons">
        <button type="submit" class="button primary">
          {t('saveDefaults')}
        </button>
        {buttons}
      </div>
      <output class="hint">{isSaved && t('defaultsSaved')}</output>
    </form>
  );
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function readFields(form: HTMLFormElement): DefaultsForm {
  const fields = new FormData(form);
  const text = (name: string): string => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : '';
  };
  return {
    temperature: text('temperature'),
    maxTokens: text('maxTokens'),
    effort: text('effort'),
    systemPrompt: text('systemPrompt'),
    contextSize: text('contextSize'),
    keepAlive: text('keepAlive'),
    headers: text('headers'),
    body: text('body'),
    isAlone: fields.has('isAlone'),
  };
}

/** Takes the user to the field that has to be mended. */
function showField(form: HTMLFormElement, name: DefaultsProblem['field']): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLElement) field.focus();
}
