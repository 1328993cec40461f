import { languageTag } from '@/lib/i18n/translate';

/** `412 ms` or `3.1 s`, in the page's language. */
export function timeWords(ms: number): string {
  const isShort = ms < 1000;
  return new Intl.NumberFormat(languageTag(), {
    style: 'unit',
    unit: isShort ? 'millisecond' : 'second',
    unitDisplay: 'short',
    maximumFractionDigits: isShort ? 0 : 1,
  }).format(isShort ? ms : ms / 1000);
}
