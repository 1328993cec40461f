import { t } from '@/lib/i18n/translate';
import { IconButton } from '../ui/icon-button';

export interface VersionsProps {
  readonly version: number;
  readonly versions: number;
  readonly onStep: (step: 1 | -1) => void;
}

/** ‹ 1/2 ›: the way between edits of a question, or versions of a reply. */
export function Versions({ version, versions, onStep }: VersionsProps) {
  if (versions < 2) return null;
  const name = t('version', { version, versions });
  return (
    <span class="versions" role="group" aria-label={name}>
      <IconButton
        label={t('previousVersion')}
        icon="previous"
        aria-disabled={version === 1}
        onClick={() => version > 1 && onStep(-1)}
      />
      <span class="tabular" aria-hidden="true">
        {version}/{versions}
      </span>
      <IconButton
        label={t('nextVersion')}
        icon="next"
        aria-disabled={version === versions}
        onClick={() => version < versions && onStep(1)}
      />
    </span>
  );
}
