import type { LaterKey } from '@/lib/i18n/en/later';
import type { DiagnosisKind } from './diagnosis';

/** The one thing that helps. Its button does it, as far as a button can. */
export type Cure =
  | 'ask-one-token'
  | 'check-again'
  | 'choose-model'
  | 'edit-address'
  | 'edit-key'
  | 'grant-access'
  | 'hide-origin'
  | 'open-page'
  | 'use-address';

/** One sentence and one cure for every diagnosis; undefined: the sentence is that of its failure. */
export function describeDiagnosis(kind: DiagnosisKind): readonly [sentence: LaterKey | undefined, cure: Cure] {
  switch (kind) {
    case 'fine':
      return ['doctorFine', 'ask-one-token'];
    case 'answers':
      return ['doctorAnswers', 'check-again'];
    case 'slow':
      return ['doctorSlow', 'choose-model'];
    case 'no-token':
      return ['doctorNoToken', 'choose-model'];
    case 'silent':
      return ['doctorSilent', 'check-again'];
    case 'nothing-listening':
      return ['doctorNothingListening', 'check-again'];
    case 'unknown-host':
      return ['doctorUnknownHost', 'edit-address'];
    case 'certificate':
      return ['doctorCertificate', 'open-page'];
    case 'no-tls':
      return ['doctorNoTls', 'use-address'];
    case 'insecure':
      return ['doctorInsecure', 'open-page'];
    case 'needs-tls':
      return ['doctorNeedsTls', 'use-address'];
    case 'unreachable':
      return ['doctorUnreachable', 'check-again'];
    case 'no-access':
      return [undefined, 'grant-access'];
    case 'origin-refused':
      return ['doctorOriginRefused', 'hide-origin'];
    case 'wrong-path':
      return ['doctorWrongPath', 'use-address'];
    case 'no-api':
      return ['doctorNoApi', 'edit-address'];
    case 'unlisted':
      return ['doctorUnlisted', 'ask-one-token'];
    case 'web-page':
      return ['doctorWebPage', 'edit-address'];
    case 'redirect':
      return [undefined, 'edit-address'];
    case 'bad-key':
      return [undefined, 'edit-key'];
    case 'no-key':
      return ['doctorNoKey', 'edit-key'];
    case 'no-credit':
      return [undefined, 'open-page'];
    case 'model-missing':
      return ['doctorModelMissing', 'choose-model'];
    case 'no-models':
      return ['doctorNoModels', 'check-again'];
    case 'other':
      return [undefined, 'check-again'];
  }
}
