import type { Endpoint } from '@/lib/providers/provider';
import type { FormProblem, NormalizeAddress } from './options';

/** The fields of the form as typed. */
export interface ProviderForm {
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
  if (typeof headers === 'number') return problem('headers', 'headersInvalid', { line: headers });
  const body = readBody(form.body);
  if (!body) return problem('body', 'bodyInvalid');
  return {
    ok: true,
    origin: address.origin,
    endpoint: {
      providerId: form.providerId,
      label: form.label.trim() || new URL(address.url).host,
      baseUrl: address.url,
      headers,
      body,
      unstreamed: form.unstreamed,
    },
  };
}

/** The headers as typed lines again, for editing. */
export function writeHeaders(headers: Endpoint['headers']): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join('\n');
}

/** The fields as JSON again, for editing; '' for none. */
export function writeBody(body: Endpoint['body']): string {
  return Object.keys(body).length === 0 ? '' : JSON.stringify(body, null, 2);
}

/** The number of the first line that is no header, where there is one. RFC 9110, section 5. */
function readHeaders(text: string): Readonly<Record<string, string>> | number {
  const headers: Record<string, string> = {};
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const match = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*:\s*([\t\x20-\x7E\x80-\xFF]*)$/u.exec(line.trimEnd());
    if (!match?.[1] || match[2] === undefined) return index + 1;
    headers[match[1]] = match[2].trim();
  }
  return headers;
}

function readBody(text: string): Readonly<Record<string, unknown>> | undefined {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    // What is no JSON is the user's to mend: the form says so.
    return undefined;
  }
}

function problem(
  field: FormProblem['field'],
  message: FormProblem['message'],
  values: FormProblem['values'] = {},
): ReadForm {
  return { ok: false, problem: { field, message, values } };
}
