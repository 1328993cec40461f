/** Counts of tests, however they were run. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export interface StepResult extends Tally {
  /** What to print: details of what failed, or a line worth knowing; '' for nothing. */
  readonly details: string;
}

export const passedOnce: StepResult = { passed: 1, failed: 0, skipped: 0, details: '' };

export function failedOnce(details: string): StepResult {
  return { passed: 0, failed: 1, skipped: 0, details };
}

export function addTallies(tallies: readonly Tally[]): Tally {
  const sum = (key: keyof Tally): number => tallies.reduce((total, tally) => total + tally[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

export function describeTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
