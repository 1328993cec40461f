import type { FailureKind } from '@/lib/errors/failure';
import { type FailureRule, failureRules } from './failure-rules';

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
  const fits = ([, pattern, statuses]: FailureRule): boolean =>
    (status === undefined || statuses === undefined || statuses.test(String(status))) && pattern.test(plain);
  const kind = failureRules.find(fits)?.[0] ?? (`${status}`.startsWith('4') ? 'bad-request' : 'server');
  // More than the limit alone can never fit, however long one waits.
  return kind === 'rate-limit' && asksForMoreThanLimit(plain) ? 'too-large' : kind;
}

/** What marks a code among the signs, so that the same word in a sentence is none. */
export const codeMark = '§';

/** "Limit 10,000, Used 0, Requested ~20000", with the commas gone. */
function asksForMoreThanLimit(words: string): boolean {
  const numbers = /limit:? (\d+).{0,60}requested:? ~?(\d+)/.exec(words);
  return numbers !== null && Number(numbers[2]) > Number(numbers[1]);
}
