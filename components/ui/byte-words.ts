import { languageTag } from '@/lib/i18n/translate';

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** `1.2 kB`, in the page's language. A kilobyte has 1000 bytes, as networks count. */
export function byteWords(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  return new Intl.NumberFormat(languageTag(), {
    style: 'unit',
    unit: units[power],
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power === 0 ? 0 : 1,
  }).format(bytes / 1000 ** power);
}
