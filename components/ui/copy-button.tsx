import { useEffect, useState } from 'preact/hooks';
import { t } from '@/lib/i18n/translate';
import { IconButton } from './icon-button';

/** How long the button says that it has copied. */
const confirmMs = 1500;

export function CopyButton({ label, onCopy }: { readonly label: string; readonly onCopy: () => Promise<void> }) {
  const [isCopied, setIsCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setIsCopied(false), confirmMs);
    return () => clearTimeout(timer);
  }, [isCopied]);
  return (
    <>
      <IconButton
        label={label}
        icon={isCopied ? 'check' : 'copy'}
        onClick={() => {
          void onCopy().then(() => setIsCopied(true));
        }}
      />
      <output class="visually-hidden">{isCopied ? t('copied') : ''}</output>
    </>
  );
}
