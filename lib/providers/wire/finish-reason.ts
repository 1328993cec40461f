import type { FailureKind } from '@/lib/errors/failure';
import type { StreamPart } from '../provider';

export type FinishEnding = Extract<StreamPart, { type: 'finish' }>['ending'];

/**
 * What a finish reason means. Reasons that are not known here count as success: servers invent names for it (`eos`,
 * `end_turn`, `stop_sequence`), and a reason that was sent at all says that the model came to an end.
 */
export function endingOf(reason: string): FinishEnding {
  return endings.get(reason.toLowerCase()) ?? 'complete';
}

/** The failure that a finish reason stands for, when it stands for one. */
export function failureOfFinish(reason: string): FailureKind | undefined {
  return failures.get(reason.toLowerCase());
}

const endings: ReadonlyMap<string, FinishEnding> = new Map<string, FinishEnding>([
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['max_output_tokens', 'length'],
  ['model_length', 'length'],
  ['content_filter', 'filtered'],
  ['content_filtered', 'filtered'],
  ['safety', 'filtered'],
  ['recitation', 'filtered'],
  ['blocklist', 'filtered'],
  ['prohibited_content', 'filtered'],
  ['sensitive', 'filtered'],
  ['refusal', 'refused'],
  ['tool_calls', 'tool-calls'],
  ['tool_use', 'tool-calls'],
  ['function_call', 'tool-calls'],
  ['abort', 'cut'],
  ['aborted', 'cut'],
  ['cancelled', 'cut'],
]);

const failures: ReadonlyMap<string, FailureKind> = new Map<string, FailureKind>([
  ['error', 'server'],
  ['network_error', 'server'],
  ['server_error', 'server'],
  ['insufficient_system_resource', 'overloaded'],
  ['timeout', 'timeout'],
]);
