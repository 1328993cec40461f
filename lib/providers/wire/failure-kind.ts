import type { FailureKind } from '@/lib/errors/failure';

/**
 * Names a failure. What the provider says comes before the status, because statuses are used loosely: 429 for an empty
 * account, 400 for a wrong key, 404 for an unknown model. Of rules that fit, the first one wins.
 * `signs`: the codes of the error as `codesIn` gives them, then its words. No status: an error frame inside a stream.
 */
export function failureKind(signs: string, status: number | undefined): FailureKind {
  const plain = signs
    .toLowerCase()
    .replaceAll(',', '')
    .replaceAll(/[ _-]+/g, ' ');
  const fits = ([, pattern, statuses]: Rule): boolean =>
    (status === undefined || !statuses || statuses.test(String(status))) && pattern.test(plain);
  const kind = rules.find(fits)?.[0] ?? kindOfStatus(status);
  // More than the limit alone can never fit, however long one waits.
  return kind === 'rate-limit' && asksForMoreThanLimit(plain) ? 'too-large' : kind;
}

/** What marks a code among the signs, so that the same word in a sentence is none. */
export const codeMark = '§';

/**
 * The signs are in lower case, without commas and with spaces for `_` and `-`, so that a code and the same words are one.
 * The statuses are those that the rule is for; without them, all. Error frames without a status fit every rule.
 */
type Rule = readonly [kind: FailureKind, signs: RegExp, statuses?: RegExp];

const clientErrors = /^4(?!01|29)/;
const framesOnly = /^$/;

const rules: readonly Rule[] = [
  [
    'billing',
    /§.*(?:billing|budget|arrearage|current quota)|§1113$|credits? (?:balance|limit|are depleted)|insufficient (?:account )?(?:balance|credit|fund|quota)|quota not enough|out of credit|(?:no|any|more|included) (?:remaining )?credits|payment required|spending limit|budget has been|api usage limit|monthly.*limit|余额/m,
  ],
  // Google says "exceeded your current quota" of a limit per minute, others say it of an empty account.
  ['rate-limit', /§resource exhausted/, /429/],
  ['billing', /exceeded your current quota/],
  [
    'context-length',
    /context (?:length|window|size|limit)|exceed context|string above max|maximum (?:context|prompt length)|model token limit|range of input length|(?:prompt|input) (?:is )?too long|too many (?:input )?tokens|input token count|reduce the length of|`inputs` (?:tokens|must have)/,
    /^(?:4(?!01|29)|500)/,
  ],
  ['too-large', /(?:request|payload) (?:entity |body )?(?:is )?too large/],
  [
    'content-filter',
    /§.*(?:responsibleai|data inspection)|content ?(?:management )?(?:polic|filter)|flagged|moderation|content exists risk|safety system/,
    clientErrors,
  ],
  ['model-not-found', /§.*(?:model ?not ?(?:found|available)|deploymentnotfound|(?:unknown|invalid) model)/],
  [
    'model-not-found',
    /\b(?:model|deployment)s?\b.{0,120}(?:not found|n(?:o|')t exist|been de(?:commission|precat)ed)|no models loaded|(?:unknown|invalid|no such|not a (?:valid|chat)) model\b|modelnotfound|no endpoints found|^model: [\w. ]+$/m,
    clientErrors,
  ],
  ['loading', /loading model|model .{0,120}loading|model is warming/, /503/],
  // With these statuses the same words tell mostly of a model that cannot be loaded.
  ['loading', /server loading model|model is loading/, /400|500/],
  ['rate-limit', /rate ?limit|too many requests|§.*(?:resource exhausted|throttl)/, /429|503/],
  ['overloaded', /overloaded|at capacity|(?:server|is|too) busy|insufficient system/, /429|5/],
  [
    'auth',
    /§.*(?:authentication|unauthenticated|invalid token)|(?:invalid|incorrect|missing|wrong|expired|no|provide an) (?:api|auth\w*|access) ?(?:key|token|header)|(?:api|access) ?(?:key|token) (?:is )?(?:not valid|invalid|required|missing|expired)/,
    /40[013]/,
  ],
  ['forbidden', /§.*(?:permission ?(?:error|denied)|forbidden)/, /40[03]/],
  ['timeout', /deadline exceeded|timed? ?out/, framesOnly],
  ['bad-request', /§.*(?:invalid request|bad ?request|invalid argument)/, framesOnly],
];

/** "Conflict" (409) and "too early" (425) pass by themselves, and are tried again like a server's fault. */
function kindOfStatus(status = 500): FailureKind {
  return kinds[status] ?? (/^4(?!09|25)/.test(String(status)) ? 'bad-request' : 'server');
}

const kinds: Readonly<Record<number, FailureKind>> = {
  401: 'auth',
  402: 'billing',
  403: 'forbidden',
  404: 'not-found',
  // A path that knows no POST is as wrong as one that is not there.
  405: 'not-found',
  408: 'timeout',
  413: 'too-large',
  429: 'rate-limit',
  503: 'overloaded',
  504: 'timeout',
  524: 'timeout',
  529: 'overloaded',
};

/** "Limit 10,000, Used 0, Requested ~20000", with the commas gone. */
function asksForMoreThanLimit(words: string): boolean {
  const numbers = /limit:? (\d+).{0,60}requested:? ~?(\d+)/.exec(words);
  return numbers !== null && Number(numbers[2]) > Number(numbers[1]);
}
