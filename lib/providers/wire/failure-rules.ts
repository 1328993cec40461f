import type { FailureKind } from '@/lib/errors/failure';

/**
 * The signs are in lower case, without commas and with spaces for `_` and `-`, so that a code and the same words are one.
 * The statuses are those that the rule is for; without them, all. Error frames without a status fit every rule.
 */
export type FailureRule = readonly [kind: FailureKind, signs: RegExp, statuses?: RegExp];

const clientErrors = /^4(?!01|29)/;
const framesOnly = /^$/;

/** The first rule that fits names the failure. */
export const failureRules: readonly FailureRule[] = [
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
  // Nothing in the words: the status. An error frame that names none is the server's.
  // "Conflict" and "too early" pass by themselves, and are tried again like a server's fault.
  ['server', /^/, /^(?:409|425|5(?!03|04|24|29))/],
  ['auth', /^/, /401/],
  ['billing', /^/, /402/],
  ['forbidden', /^/, /403/],
  // A path that knows no POST is as wrong as one that is not there.
  ['not-found', /^/, /40[45]/],
  ['timeout', /^/, /408|504|524/],
  ['too-large', /^/, /413/],
  ['rate-limit', /^/, /429/],
  ['overloaded', /^/, /503|529/],
];
