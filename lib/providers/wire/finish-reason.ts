import type { StreamPart } from '../provider';

export type FinishEnding = Extract<StreamPart, { type: 'finish' }>['ending'];
/** The failures that a finish reason may stand for. */
export type FinishFailure = 'server' | 'overloaded' | 'timeout';

/**
 * What a finish reason means. Reasons that fit nothing here count as success: servers invent names for it (`eos`,
 * `end_turn`, `stop_sequence`), and a reason that was sent at all says that the model came to an end.
 */
export function meaningOf(reason: string): FinishEnding | FinishFailure {
  return meanings.find(([pattern]) => pattern.test(reason))?.[1] ?? 'complete';
}

const meanings: readonly (readonly [RegExp, FinishEnding | FinishFailure])[] = [
  [/error|failed/i, 'server'],
  [/insufficient_system_resource/i, 'overloaded'],
  [/timeout/i, 'timeout'],
  [/length|max|context_window|token_limit|^limit$/i, 'length'],
  [/filter|safety|recitation|block|prohibited|sensitive|guardrail|spii|censor|moderat/i, 'filtered'],
  [/refus/i, 'refused'],
  [/tool|function/i, 'tool-calls'],
  [/abort|cancel|time_limit|disconnect|incomplete|pause_turn/i, 'cut'],
];
