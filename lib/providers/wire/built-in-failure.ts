import { defined } from '@/lib/errors/defined';
import { type Failure, type FailureKind, isChatError } from '@/lib/errors/failure';

/** Who answers, as failures name it. */
export const builtInHost = 'Chrome';

/** What becomes of an answer that has begun; undefined for what is a failure then, too. */
export function endingOfError(error: unknown): 'filtered' | 'cut' | undefined {
  switch (nameOf(error)) {
    case 'NotReadableError':
      return 'filtered';
    // The session was destroyed, or the browser ended what it ran in.
    case 'AbortError':
    case 'InvalidStateError':
      return 'cut';
    default:
      return undefined;
  }
}

/**
 * What an error of the Prompt API means (https://webmachinelearning.github.io/prompt-api/#language-model-errors, and its
 * algorithms); undefined for what is none of its errors. `step`: what was being done. `contextWindow`: how many tokens it
 * takes, where the error does not say.
 */
export function failureOfModel(
  error: unknown,
  { step, contextWindow }: { readonly step: 'create' | 'prompt'; readonly contextWindow?: number | undefined },
): Failure | undefined {
  if (isChatError(error)) return error.failure;
  const kind = kindOf(nameOf(error), step);
  if (!kind || !(error instanceof Error)) return undefined;
  const { requested, quota = contextWindow } = error as { readonly requested?: number; readonly quota?: number };
  const numbers = kind === 'context-length' && quota ? [`${requested ?? '?'} / ${quota}`] : [];
  const message = [error.message, ...numbers].filter(Boolean).join(' · ').slice(0, 500);
  return defined({ kind, host: builtInHost, message: message || undefined });
}

function kindOf(name: string, step: 'create' | 'prompt'): FailureKind | undefined {
  switch (name) {
    case 'QuotaExceededError':
      return 'context-length';
    // By the user's choice, or by a policy.
    case 'NotAllowedError':
      return 'forbidden';
    case 'NotReadableError':
      return 'content-filter';
    // A model that can't be had; later, a language that it was not made for.
    case 'NotSupportedError':
      return step === 'create' ? 'unavailable-here' : 'bad-request';
    case 'RangeError':
      return 'bad-request';
    // The download broke off.
    case 'NetworkError':
      return 'not-downloaded';
    case 'AbortError':
    case 'InvalidStateError':
    case 'OperationError':
    case 'UnknownError':
      return 'server';
    default:
      return undefined;
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
