import { useEffect, useState } from 'preact/hooks';
import { t } from '@/lib/i18n/translate';
import { IconButton } from './icon-button';

/** How long the button says what became of it. */
const confirmMs = 1500;

export function CopyButton({ label, onCopy }: { readonly label: string; readonly onCopy: () => Promise<void> }) {
  const [outcome, setOutcome] = useState<'copied' | 'notCopied' | undefined>(undefined);
  useEffect(() => {
    if (!outcome) return undefined;
    const timer = setTimeout(() => setOutcome(undefined), confirmMs);
    return () => clearTimeout(timer);
  }, [outcome]);
  return (
    <>
      <IconButton
        label={label}
        icon={outcome ? (outcome === 'copied' ? 'check' : 'close') : 'copy'}
        onClick={() =>
          void onCopy().then(
            () => setOutcome('copied'),
            () => setOutcome('notCopied'),
          )
        }
      />
      <output class="visually-hidden">{outcome && t(outcome)}</output>
    </>
  );
}
