import { expect, test } from 'vitest';
import { later } from '@/lib/i18n/en/later';
import { describeDiagnosis } from './describe-diagnosis';
import type { DiagnosisKind } from './diagnosis';

const kinds: Record<DiagnosisKind, true> = {
  fine: true,
  answers: true,
  slow: true,
  'no-token': true,
  silent: true,
  'nothing-listening': true,
  'unknown-host': true,
  certificate: true,
  'no-tls': true,
  insecure: true,
  'needs-tls': true,
  unreachable: true,
  'no-access': true,
  'origin-refused': true,
  'wrong-path': true,
  'no-api': true,
  unlisted: true,
  'web-page': true,
  redirect: true,
  'bad-key': true,
  'no-key': true,
  'no-credit': true,
  'model-missing': true,
  'no-models': true,
  other: true,
};

/** Those have been told of by a failure already, in its own words. */
const ofFailures: readonly DiagnosisKind[] = ['no-access', 'redirect', 'bad-key', 'no-credit', 'other'];

test('every diagnosis has a sentence of its own, or that of its failure', () => {
  const all = Object.keys(kinds) as DiagnosisKind[];
  const own = all.filter((kind) => !ofFailures.includes(kind)).map((kind) => describeDiagnosis(kind)[0]);
  expect(own.every((sentence) => sentence !== undefined && later[sentence] !== undefined)).toBe(true);
  expect(new Set(own).size).toBe(own.length);
  for (const kind of ofFailures) expect(describeDiagnosis(kind)[0]).toBeUndefined();
});
