import type { FailureKind } from '@/lib/errors/failure';
import type { StreamPart } from '../provider';

export type FinishEnding = Extract<StreamPart, { type: 'finish' }>['ending'];

/**
 * What a finish reason means. Reasons that fit nothing here count as success: servers invent names for it (`eos`,
 * `end_turn`, `stop_sequence`), and a reason that was sent at all says that the model came to an end.
 */
export function endingOf(reason: string): FinishEnding {
  return endings.find(([pattern]) => pattern.test(reason))?.[1] ?? 'complete';
}

/** The failure that a finish reason stands for, when it stands for one. */
export function failureOfFinish(reason: string): FailureKind | undefined {
  return failures.find(([pattern]) => pattern.test(reason))?.[1];
}

const endings: readonly (readonly [RegExp, FinishEnding])[] = [
  [/length|max.*tokens|context_window/i, 'length'],
  [/filter|safety|recitation|blocklist|prohibited|sensitive/i, 'filtered'],
  [/refus/i, 'refused'],
  [/tool|function_call/i, 'tool-calls'],
  [/abort|cancel/i, 'cut'],
];

const failures: readonly (readonly [RegExp, FailureKind])[] = [
  [/error/i, 'server'],
  [/insufficient_system_resource/i, 'overloaded'],
  [/timeout/i, 'timeout'],
];
