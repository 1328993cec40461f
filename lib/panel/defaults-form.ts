import { efforts, type ModelDefaults } from '@/lib/chat/chat-defaults';
import { defined } from '@/lib/errors/defined';
import type { AnyKey } from '@/lib/i18n/en/later';
import { type ReadField, readBody, readHeaders, writeBody, writeHeaders } from './extra-fields';
import { type LoadField, type LoadFields, readLoadFields, writeLoadFields } from './load-fields';

/** The fields of the form as typed; '' is not set. */
export interface DefaultsForm extends LoadFields {
  readonly temperature: string;
  readonly maxTokens: string;
  readonly effort: string;
  readonly systemPrompt: string;
  /** One per line, `Name: value`, or a JSON object. */
  readonly headers: string;
  /** A JSON object. */
  readonly body: string;
  readonly isAlone: boolean;
}

export type Defaults = Omit<ModelDefaults, 'model'>;

/** What is wrong with a form, by field; `values` fill the message. */
export interface DefaultsProblem {
  readonly field: 'temperature' | 'maxTokens' | LoadField | 'headers' | 'body';
  readonly message: AnyKey;
  readonly values: Readonly<Record<string, string | number>>;
}

export type ReadDefaults =
  | { readonly ok: true; readonly defaults: Defaults }
  | { readonly ok: false; readonly problem: DefaultsProblem };

/** The defaults that the form describes, without what is not set, or what is wrong with it. */
export function readDefaultsForm(form: DefaultsForm): ReadDefaults {
  const read = {
    temperature: readNumber(form.temperature, 'temperatureWrong', (value) => value >= 0 && value <= 2),
    maxTokens: readNumber(form.maxTokens, 'maxTokensWrong', (value) => Number.isSafeInteger(value) && value > 0),
    headers: readHeaders(form.headers),
    body: readBody(form.body),
  };
  const { temperature, maxTokens, headers, body } = read;
  if (!temperature.ok) return wrong('temperature', temperature);
  if (!maxTokens.ok) return wrong('maxTokens', maxTokens);
  const loading = readLoadFields(form);
  if (!loading.ok) return { ok: false, problem: { field: loading.field, message: loading.message, values: {} } };
  if (!headers.ok) return wrong('headers', headers);
  if (!body.ok) return wrong('body', body);
  return {
    ok: true,
    defaults: defined({
      temperature: temperature.value,
      maxTokens: maxTokens.value,
      effort: efforts.find((effort) => effort === form.effort),
      systemPrompt: form.systemPrompt.trim() === '' ? undefined : form.systemPrompt,
      ...loading.value,
      headers: unlessEmpty(headers.value),
      body: unlessEmpty(body.value),
      isAlone: form.isAlone || undefined,
    }),
  };
}

/** The defaults as typed again, for editing. */
export function writeDefaultsForm(defaults: Defaults): DefaultsForm {
  const { temperature = '', maxTokens = '', effort = '', systemPrompt = '', headers = {}, body = {} } = defaults;
  return {
    temperature: String(temperature),
    maxTokens: String(maxTokens),
    effort,
    systemPrompt,
    ...writeLoadFields(defaults),
    headers: writeHeaders(headers),
    body: writeBody(body),
    isAlone: defaults.isAlone ?? false,
  };
}

/** A comma is a point in half of the world. */
function readNumber(text: string, message: AnyKey, isRight: (value: number) => boolean): ReadField<number | undefined> {
  if (text.trim() === '') return { ok: true, value: undefined };
  const value = Number(text.trim().replace(',', '.'));
  return isRight(value) ? { ok: true, value } : { ok: false, message, values: {} };
}

function unlessEmpty<Fields extends object>(fields: Fields): Fields | undefined {
  return Object.keys(fields).length === 0 ? undefined : fields;
}

function wrong(field: DefaultsProblem['field'], read: ReadField<unknown> & { ok: false }): ReadDefaults {
  return { ok: false, problem: { field, message: read.message, values: read.values } };
}
