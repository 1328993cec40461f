import type { Endpoint } from '@/lib/providers/provider';
import { readBody, readHeaders } from './extra-fields';
import { type LoadFields, readLoadFields } from './load-fields';
import type { FormProblem, NormalizeAddress } from './options';

/** The fields of the form as typed. */
export interface ProviderForm extends LoadFields {
  /** undefined: a new endpoint. */
  readonly endpointId: string | undefined;
  readonly providerId: string;
  readonly label: string;
  readonly baseUrl: string;
  /** '' leaves a stored key as it is. */
  readonly key: string;
  /** How a key is kept (see `HowToKeep`); in the browser without it. */
  readonly kept?: 'browser' | 'session';
  /** Of the lock, where there is one and a key was typed. */
  readonly passphrase?: string;
  /** One per line, `Name: value`. */
  readonly headers: string;
  /** A JSON object, or ''. */
  readonly body: string;
  readonly unstreamed: boolean;
}

export type ReadForm =
  | { readonly ok: true; readonly endpoint: Omit<Endpoint, 'id'>; readonly origin: string }
  | { readonly ok: false; readonly problem: FormProblem };

/** The endpoint that the form describes, or what is wrong with it. */
export function readProviderForm(form: ProviderForm, normalizeAddress: NormalizeAddress): ReadForm {
  const address = normalizeAddress(form.baseUrl, form.providerId);
  if (!address.ok) return problem('baseUrl', address.reason);
  const headers = readHeaders(form.headers);
  if (!headers.ok) return problem('headers', headers.message, headers.values);
  const body = readBody(form.body);
  if (!body.ok) return problem('body', body.message, body.values);
  const loading = readLoadFields(form);
  if (!loading.ok) return problem(loading.field, loading.message);
  return {
    ok: true,
    origin: address.origin,
    endpoint: {
      providerId: form.providerId,
      label: form.label.trim() || new URL(address.url).host,
      baseUrl: address.url,
      headers: headers.value,
      body: body.value,
      unstreamed: form.unstreamed,
      ...loading.value,
    },
  };
}

function problem(
  field: FormProblem['field'],
  message: FormProblem['message'],
  values: FormProblem['values'] = {},
): ReadForm {
  return { ok: false, problem: { field, message, values } };
}
