import { defined } from '@/lib/errors/defined';
import { type Failure, toFailure } from '@/lib/errors/failure';
import { openBytes } from '@/lib/stream/byte-reader';
import { readBody } from '@/lib/stream/read-body';
import { isPrivateHost } from '@/lib/providers/is-private-host';
import type { Endpoint, ModelListing, ProviderIo } from '@/lib/providers/provider';
import type { ConnectionFault, Diagnosis, DiagnosisKind } from './diagnosis';
import type { Complaint, Doctor, DoctorIo } from './doctor';
import { likelyAddresses } from './likely-addresses';

/** How long a server may take to list its models, and to answer at all. */
const lookMs = 8000;
/** A first token that takes longer than this is slow, and one that takes longer than that is not waited for. */
const slowMs = 8000;
const longestAnswerMs = 60_000;
const refusalLimits = { maxBytes: 4096, withinMs: 1500 } as const;

/** One check-up: what was complained of, and the world it is looked at in. */
interface Case {
  readonly complaint: Complaint;
  readonly io: DoctorIo;
  readonly host: string;
}

/** `models`: undefined where the wire has no list of them. */
type Look = { readonly models: readonly ModelListing[] | undefined } | { readonly failure: Failure };

/**
 * From the cheapest evidence to the dearest: what the failure says already, the list of models (one GET), whether our origin
 * is let in (one OPTIONS, to a server of one's own), the likely paths (one GET each, until one lists models), and, when the
 * user has agreed, one question. The conversation is in none of them.
 */
export const diagnose: Doctor['diagnose'] = async (complaint, io) => {
  const { host } = new URL(complaint.endpoint.baseUrl);
  const here: Case = { complaint, io, host };
  const { failure, mayAsk } = complaint;
  if (failure && isConclusive(failure)) return explain(failure, here);
  if (mayAsk) return askOneToken(here);
  // From the first request on: the browser tells why it can't connect to nobody who comes later.
  const watching = io.watchFault(complaint.endpoint.baseUrl);
  try {
    const look = listProves(here) ? await listModels(complaint.endpoint, here) : await knock(here);
    if ('models' in look) return await (look.models ? explainListed(look.models, here) : explainUnlisted(here));
    if (look.failure.kind === 'network') return diagnosisOfFault(await watching.fault(), here);
    return await explain(look.failure, here);
  } finally {
    watching.stop();
  }
};

/** Whether a failure says all that there is to know. */
function isConclusive({ kind }: Failure): boolean {
  return !['network', 'not-found', 'not-an-api', 'model-not-found', 'timeout', 'no-model', 'empty-reply'].includes(
    kind,
  );
}

/** Whether there is a list of models that says something of this address and this key. */
function listProves({ complaint: { provider } }: Case): boolean {
  return provider.hasModels && provider.listProves !== false;
}

/** Somebody is there, and no more is known. */
async function explainUnlisted(here: Case): Promise<Diagnosis> {
  const { failure, model, provider } = here.complaint;
  if (!provider.hasModels) return found('unlisted', here);
  if (failure?.kind === 'model-not-found' || failure?.kind === 'no-model') {
    const listed = await others(here);
    return listed ? explainMissing(failure, listed, here) : found('other', here, { failure });
  }
  if (failure?.kind === 'not-found' || failure?.kind === 'not-an-api') return findPath(failure, here);
  if (failure?.kind === 'timeout') return found('no-token', here, { failure, model });
  // Where no model was chosen, a question can ask the first.
  return found('unlisted', here, { model, models: model === undefined ? await others(here) : undefined });
}

/** Of a model that is in the list, its failure says more than that: it may not be for chats, or not for this account. */
function explainMissing(failure: Failure, models: readonly ModelListing[], here: Case): Diagnosis {
  const { model } = here.complaint;
  return models.some(({ id }) => id === model)
    ? found('other', here, { failure })
    : found('model-missing', here, { failure, models, model });
}

/** It lists its models, and still something may be wrong. */
async function explainListed(models: readonly ModelListing[], here: Case): Promise<Diagnosis> {
  const { endpoint, failure } = here.complaint;
  if (models.length === 0) return found('no-models', here);
  if (failure?.kind === 'model-not-found' || failure?.kind === 'no-model') {
    return explainMissing(failure, models, here);
  }
  if (failure?.kind === 'not-found' || failure?.kind === 'not-an-api') return findPath(failure, here);
  if (failure?.kind === 'timeout') return found('no-token', here, { models, failure });
  if (endpoint.hidesOrigin !== true && (await refusesOrigin(here))) return found('origin-refused', here);
  return found('fine', here, { models });
}

/** What a failure of looking means; where it may be the path, the likely ones are tried. */
async function explain(failure: Failure, here: Case): Promise<Diagnosis> {
  if (failure.kind === 'not-found' || failure.kind === 'not-an-api') return findPath(failure, here);
  if (failure.kind === 'timeout') return found('silent', here, { failure });
  if (wantsTls(failure)) return found('needs-tls', here, { address: withScheme('https:', here) });
  return diagnosisOf(failure, here);
}

/** What a failure means that says it all by itself. */
function diagnosisOf(failure: Failure, here: Case): Diagnosis {
  const { kind, origin } = failure;
  const { provider, endpoint } = here.complaint;
  if (kind === 'auth')
    return found(here.io.key === '' && !hasOwnKey(endpoint) ? 'no-key' : 'bad-key', here, { failure });
  if (kind === 'billing') {
    return found('no-credit', here, { failure, page: provider.key.url ?? new URL(endpoint.baseUrl).origin });
  }
  if (kind === 'permission') return found('no-access', here, { failure, origin });
  if (kind === 'redirect') return found('redirect', here, { failure });
  return found(kind === 'origin-blocked' ? 'origin-refused' : 'other', here, { failure });
}

function diagnosisOfFault(fault: ConnectionFault | undefined, here: Case): Diagnosis {
  const { origin, protocol, hostname } = new URL(here.complaint.endpoint.baseUrl);
  switch (fault) {
    case 'refused':
      return found('nothing-listening', here);
    case 'unknown-host':
      return found('unknown-host', here);
    case 'certificate':
    case 'insecure':
      return found(fault, here, { page: origin });
    case 'no-tls':
      // Over the open net nothing goes without encryption.
      return isPrivateHost(hostname)
        ? found('no-tls', here, { address: withScheme('http:', here) })
        : found('insecure', here, { page: origin });
    case 'closed':
      return protocol === 'http:'
        ? found('needs-tls', here, { address: withScheme('https:', here) })
        : found('unreachable', here);
    case undefined:
      return found('unreachable', here);
  }
}

/** Tries the likely addresses of the same origin, one after the other, until one lists models. */
async function findPath(failure: Failure, here: Case): Promise<Diagnosis> {
  const { endpoint, provider } = here.complaint;
  // Without a list that proves it, one address is as likely as another.
  for (const baseUrl of listProves(here) ? likelyAddresses(endpoint.baseUrl, provider.baseUrl) : []) {
    const look = await listModels({ ...endpoint, baseUrl }, here);
    if ('models' in look) return found('wrong-path', here, { failure, address: baseUrl, models: look.models });
    // Who is asked for the key there has an API there, too.
    if (look.failure.kind === 'auth') return found('wrong-path', here, { failure, address: baseUrl });
  }
  if (failure.kind === 'not-an-api') return found('web-page', here, { failure, page: endpoint.baseUrl });
  // Where a question has failed, asking another one tells nothing new; and without a model there is none to ask.
  const mayAnswer = here.complaint.failure === undefined && here.complaint.model !== undefined;
  return found(mayAnswer ? 'unlisted' : 'no-api', here, { failure, model: here.complaint.model });
}

/** A wire without a list: whether somebody is there, at no cost. */
async function knock(here: Case): Promise<Look> {
  const signal = AbortSignal.timeout(lookMs);
  try {
    void (await sendOptions(here, signal)).body?.cancel();
    return { models: undefined };
  } catch (error) {
    return { failure: failureOf(error, here, signal) };
  }
}

/**
 * Browsers send `Origin` with everything but GET and HEAD: a server that lists its models may still refuse questions. Only
 * servers that people run themselves do so, and those speak plain http.
 */
async function refusesOrigin(here: Case): Promise<boolean> {
  if (!here.complaint.endpoint.baseUrl.startsWith('http:')) return false;
  try {
    const signal = AbortSignal.timeout(lookMs);
    const response = await sendOptions(here, signal);
    const { text } = await readBody(openBytes(response.body, signal), refusalLimits);
    // Ollama says nothing, others name the origin.
    return response.status === 403 && (text === '' || /origin/i.test(text));
  } catch {
    // Not refused, at least: it has listed its models a moment ago.
    return false;
  }
}

/** Without a key: it goes nowhere that it need not go. */
function sendOptions({ complaint, io }: Case, signal: AbortSignal): Promise<Response> {
  return io.fetch(complaint.endpoint.baseUrl, { method: 'OPTIONS', signal });
}

async function listModels(endpoint: Endpoint, here: Case): Promise<Look> {
  const { complaint, io } = here;
  const signal = AbortSignal.timeout(lookMs);
  try {
    return { models: await complaint.provider.listModels(endpoint, providerIo(io, signal)) };
  } catch (error) {
    return { failure: failureOf(error, here, signal) };
  }
}

function failureOf(error: unknown, { host }: Case, signal: AbortSignal): Failure {
  return signal.aborted ? { kind: 'timeout', host } : toFailure(error);
}

/** The shortest question there is, of whose answer only the beginning is waited for. */
async function askOneToken(here: Case): Promise<Diagnosis> {
  const { complaint, io } = here;
  const { endpoint, provider, model = '' } = complaint;
  const enough = new AbortController();
  const signal = AbortSignal.any([AbortSignal.timeout(longestAnswerMs), enough.signal]);
  const request = { model, messages: [{ role: 'user', content: 'Hi' }], maxTokens: 1 } as const;
  const askedAt = io.now();
  const answered = async (): Promise<Diagnosis> => {
    const firstTokenMs = io.now() - askedAt;
    return firstTokenMs > slowMs
      ? found('slow', here, { model, firstTokenMs, models: await others(here) })
      : found('answers', here, { model, firstTokenMs });
  };
  try {
    for await (const part of provider.stream(request, endpoint, providerIo(io, signal))) {
      // A text, or an end without any: the limit of one token may have gone into thinking.
      if (part.type !== 'served') return await answered();
    }
    return await answered();
  } catch (error) {
    if (signal.aborted) return found('no-token', here, { model, models: await others(here) });
    const failure = toFailure(error);
    // A model that thinks first may find one token too few, and says so: it is there, and answers.
    if (failure.kind === 'bad-request' && /(?:max_tokens|output limit).{0,40}reached/i.test(failure.message ?? '')) {
      return answered();
    }
    const diagnosis = await diagnose({ ...complaint, mayAsk: false, failure }, io);
    // All looks well, and still it has failed a moment ago: asking once more would only cost once more.
    const looksWell = diagnosis.kind === 'fine' || diagnosis.kind === 'unlisted';
    return looksWell ? found('other', here, { failure }) : diagnosis;
  } finally {
    enough.abort();
  }
}

/** The models that could be chosen instead. */
async function others(here: Case): Promise<readonly ModelListing[] | undefined> {
  const { provider, endpoint } = here.complaint;
  const look = provider.hasModels ? await listModels(endpoint, here) : undefined;
  return look && 'models' in look ? look.models : undefined;
}

function providerIo({ fetch, key, now }: DoctorIo, signal: AbortSignal): ProviderIo {
  return { fetch, key, now, signal, silenceMs: longestAnswerMs };
}

/** A server that is asked in plain http and wants TLS may say so: nginx and Go do. */
function wantsTls({ kind, message = '' }: Failure): boolean {
  return kind === 'bad-request' && /http request (?:was sent )?to (?:an )?https/i.test(message);
}

function withScheme(scheme: 'http:' | 'https:', { complaint }: Case): string {
  return complaint.endpoint.baseUrl.replace(/^https?:/, scheme);
}

/** A key may stand in a header of the endpoint's own. */
function hasOwnKey({ headers }: Endpoint): boolean {
  return Object.keys(headers).some((name) => /authorization|key|token/i.test(name));
}

function found(
  kind: DiagnosisKind,
  { host }: Case,
  more: { readonly [Field in keyof Omit<Diagnosis, 'kind' | 'host'>]: Diagnosis[Field] | undefined } = {},
): Diagnosis {
  return defined({ kind, host, ...more });
}
