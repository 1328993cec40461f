import type { FailureKind } from '@/lib/errors/failure';

/** What an error body or error frame gives to judge by. */
export interface FailureSigns {
  readonly status?: number;
  /** Its codes, types and status words, in lower case and one per line. */
  readonly codes: string;
  /** Its own words, before they were shortened. */
  readonly words: string;
}

/**
 * Names a failure. What the provider says comes before the status, because statuses are used loosely: 429 for an empty
 * account, 400 for a wrong key, 404 for an unknown model. Of rules that fit, the first one wins.
 */
export function failureKind(signs: FailureSigns): FailureKind {
  const kind = rules.find((rule) => matches(rule, signs))?.kind ?? kindOfStatus(signs.status);
  // More than the limit alone can never fit, however long one waits.
  return kind === 'rate-limit' && asksForMoreThanLimit(signs.words) ? 'too-large' : kind;
}

interface Rule {
  readonly kind: FailureKind;
  readonly codes?: RegExp;
  readonly words?: RegExp;
  /** The rule is for these statuses only, and for an error frame without a status. Without this field: for all. */
  readonly statuses?: readonly number[];
}

function matches(rule: Rule, { status, codes, words }: FailureSigns): boolean {
  if (rule.statuses && status !== undefined && !rule.statuses.includes(status)) return false;
  return (rule.codes?.test(codes) ?? false) || (rule.words?.test(words) ?? false);
}

const clientErrors: readonly number[] = [400, 402, 403, 404, 413, 422, 424];

const rules: readonly Rule[] = [
  {
    kind: 'billing',
    codes: /insufficient_quota|insufficient_balance|billing|arrearage|payment_required|quota_not_enough/,
  },
  // Google says "exceeded your current quota" of a limit per minute, others say it of an empty account.
  { kind: 'rate-limit', codes: /resource_exhausted/, statuses: [429] },
  {
    kind: 'billing',
    words:
      /exceeded your current quota|credit balance|insufficient (?:account )?(?:balance|credit|fund|quota)|out of credits?|no (?:remaining )?credits|requires more credits|payment required/i,
  },
  {
    kind: 'context-length',
    codes: /context_length|context_window|exceed_context_size|string_above_max_length/,
  },
  {
    kind: 'context-length',
    words:
      /context (?:length|window|size)|maximum context|prompt is too long|input is too long|too many input tokens|input token count|reduce the length of/i,
    statuses: [...clientErrors, 500],
  },
  {
    kind: 'too-large',
    codes: /request_too_large|payload_too_large/,
    words: /request (?:entity |body )?(?:is )?too large|payload too large/i,
  },
  {
    kind: 'content-filter',
    codes: /content_filter|content_policy|responsibleaipolicy|data_inspection_failed|moderation/,
  },
  {
    kind: 'content-filter',
    words:
      /content (?:management )?polic(?:y|ies)|content.?filter|was flagged|flagged (?:by|as|for)|requires moderation/i,
    statuses: clientErrors,
  },
  { kind: 'model-not-found', codes: /model_?not_?found|deploymentnotfound|unknown_model|invalid_model/ },
  {
    kind: 'model-not-found',
    words:
      /\b(?:model|deployment)s?\b.{0,120}(?:not found|does(?:n't| not) exist|not exist|not a valid model|unknown model)|(?:unknown|invalid|no such) model\b|modelnotfound|not a valid model|no endpoints found/i,
    statuses: clientErrors,
  },
  {
    kind: 'loading',
    words: /loading model|model .{0,120}(?:is )?(?:currently |still )?loading|model is warming/i,
    statuses: [503],
  },
  { kind: 'rate-limit', codes: /rate_?limit|resource_exhausted|too_many_requests|throttl/, statuses: [429, 503] },
  { kind: 'overloaded', codes: /overloaded|server_busy|insufficient_system_resource/ },
  { kind: 'overloaded', words: /overloaded|at capacity|server (?:is )?busy/i, statuses: [429, 503, 529] },
  { kind: 'rate-limit', words: /rate.?limit|too many requests/i, statuses: [503] },
  {
    kind: 'auth',
    codes: /invalid_api_key|api_key_invalid|authentication|unauthenticated|invalid_token/,
    words:
      /(?:invalid|incorrect|missing|wrong|expired|no) (?:api|auth\w*|access)[ _-]?(?:key|token)|(?:api|access)[ _-]?(?:key|token) (?:is )?(?:not valid|invalid|required|missing|expired)/i,
    statuses: [400, 401, 403],
  },
  { kind: 'forbidden', codes: /permission_?(?:error|denied)|forbidden/, statuses: [400, 403] },
  { kind: 'timeout', codes: /timeout|deadline_exceeded/, words: /timed? ?out/i, statuses: [] },
  { kind: 'bad-request', codes: /invalid_request|bad_?request|invalid_argument/, statuses: [] },
];

function kindOfStatus(status: number | undefined): FailureKind {
  if (status === undefined) return 'server';
  return kinds.get(status) ?? (status >= 400 && status < 500 ? 'bad-request' : 'server');
}

const kinds: ReadonlyMap<number, FailureKind> = new Map<number, FailureKind>([
  [401, 'auth'],
  [402, 'billing'],
  [403, 'forbidden'],
  [404, 'not-found'],
  // A path that knows no POST is as wrong as one that is not there.
  [405, 'not-found'],
  [408, 'timeout'],
  // "Conflict" and "too early" pass by themselves, and are tried again like a server's fault.
  [409, 'server'],
  [413, 'too-large'],
  [425, 'server'],
  [429, 'rate-limit'],
  [503, 'overloaded'],
  [504, 'timeout'],
  [524, 'timeout'],
  [529, 'overloaded'],
]);

/** "Limit 10000, Requested 20000". */
function asksForMoreThanLimit(words: string): boolean {
  const numbers = /limit:? (\d+).{0,40}requested:? (\d+)/i.exec(words);
  return numbers !== null && Number(numbers[2]) > Number(numbers[1]) && !/used/i.test(words);
}
