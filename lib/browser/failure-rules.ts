import type { FailureRules } from '@/lib/providers/provider';

let loading: Promise<FailureRules> | undefined;

/** From our own package, once for each worker that asks somebody. Without it, failures are named by their status alone. */
export function loadFailureRules(): Promise<FailureRules> {
  loading ??= fetch('/failure-rules.json').then(
    (response) => response.json() as Promise<FailureRules>,
    () => [],
  );
  return loading;
}
