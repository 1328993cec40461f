import type { FailureKind } from '@/lib/errors/failure';

/**
 * Names a failure. What the provider says comes before the status, because statuses are used loosely: 429 for an empty
 * account, 400 for a wrong key, 404 for an unknown model. Of rules that fit, the first one wins.
 * `signs`: the codes of the error as `codesIn` gives them, then its words. No status: an error frame inside a stream.
 */
export function failureKind(signs: string, status: number | undefined): FailureKind {
  const fits = ([, pattern, statuses]: Rule): boolean =>
    (status === undefined || !statuses || statuses.test(String(status))) && pattern.test(signs);
  const kind = rules.find(fits)?.[0] ?? kindOfStatus(status);
  // More than the limit alone can never fit, however long one waits.
  return kind === 'rate-limit' && asksForMoreThanLimit(signs) ? 'too-large' : kind;
}

/** What marks a code among the signs, so that the same word in a sentence is none. */
export const codeMark = '§';

/** The statuses are those that the rule is for; without them, all. Error frames without a status fit every rule. */
type Rule = readonly [kind: FailureKind, signs: RegExp, statuses?: RegExp];

const clientErrors = /^4(?!01|29)/;
const framesOnly = /^$/;

const rules: readonly Rule[] = [
  // Google says "exceeded your current quota" of a limit per minute, others say it of an empty account.
  ['rate-limit', /§resource_exhausted/i, /429/],
  [
    'billing',
    /§.*(?:insufficient_(?:quota|balance)|current_quota|billing|budget|credit_limit|arrearage|payment_required|quota_not_enough)|exceeded your current quota|credit balance|insufficient (?:account )?(?:balance|credit|fund|quota)|out of credits?|(?:no|any) (?:remaining )?credits|more credits|payment required|spending limit|budget has been exceeded/i,
  ],
  [
    'context-length',
    /§.*(?:context_(?:length|window)|exceed_context|string_above_max|prompt_too_long)|context (?:length|window|size)|maximum context|(?:prompt|input) is too long|too many input tokens|input token count|reduce the length of|`inputs` (?:tokens|must have)/i,
    /^(?:4(?!01|29)|500)/,
  ],
  ['too-large', /(?:request|payload)(?:_| (?:entity |body )?(?:is )?)too[_ ]large/i],
  [
    'content-filter',
    /§.*(?:content_(?:filter|policy)|responsibleai|data_inspection|moderation)|content (?:management )?polic|content.?filter|flagged (?:by|as|for)|was flagged|requires moderation/i,
    clientErrors,
  ],
  ['model-not-found', /§.*(?:model_?not_?(?:found|available)|deploymentnotfound|(?:unknown|invalid)_model)/i],
  [
    'model-not-found',
    /\b(?:model|deployment)s?\b.{0,120}(?:not found|n(?:o|')t exist|not a valid model)|(?:unknown|invalid|no such|not a (?:valid|chat)) model\b|modelnotfound|no endpoints found|^model: \S+$/im,
    clientErrors,
  ],
  ['loading', /loading model|model .{0,120}loading|model is warming/i, /503/],
  ['rate-limit', /§.*(?:rate_?limit|resource_exhausted|too_many_requests|throttl)/i, /429|503/],
  ['overloaded', /§.*(?:overloaded|server_busy|insufficient_system)/i],
  ['overloaded', /overloaded|at capacity|(?:server|is|too) busy/i, /429|503|529/],
  ['rate-limit', /rate.?limit|too many requests/i, /503/],
  [
    'auth',
    /§.*(?:invalid_api_key|api_key_invalid|authentication|unauthenticated|invalid_token)|(?:invalid|incorrect|missing|wrong|expired|no) (?:api|auth\w*|access)[ _-]?(?:key|token|header)|(?:api|access)[ _-]?(?:key|token) (?:is )?(?:not valid|invalid|required|missing|expired)/i,
    /40[013]/,
  ],
  ['forbidden', /§.*(?:permission_?(?:error|denied)|forbidden)/i, /40[03]/],
  ['timeout', /§.*(?:timeout|deadline_exceeded)|timed? ?out/i, framesOnly],
  ['bad-request', /§.*(?:invalid_request|bad_?request|invalid_argument)/i, framesOnly],
];

function kindOfStatus(status = 500): FailureKind {
  return kinds[status] ?? (status >= 400 && status < 500 ? 'bad-request' : 'server');
}

const kinds: Readonly<Record<number, FailureKind>> = {
  401: 'auth',
  402: 'billing',
  403: 'forbidden',
  404: 'not-found',
  // A path that knows no POST is as wrong as one that is not there.
  405: 'not-found',
  408: 'timeout',
  // "Conflict" and "too early" pass by themselves, and are tried again like a server's fault.
  409: 'server',
  413: 'too-large',
  425: 'server',
  429: 'rate-limit',
  503: 'overloaded',
  504: 'timeout',
  524: 'timeout',
  529: 'overloaded',
};

/** "Limit 10000, Used 0, Requested ~20000". */
function asksForMoreThanLimit(words: string): boolean {
  const numbers = /limit:? (\d+).{0,60}requested:? ~?(\d+)/i.exec(words);
  return numbers !== null && Number(numbers[2]) > Number(numbers[1]);
}
