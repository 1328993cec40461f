import type { Summary } from '@/lib/chat/types';
import { languageTag } from '@/lib/i18n/translate';
import { t } from '@/lib/i18n/translate-later';

export interface DayGroup {
  readonly label: string;
  readonly summaries: readonly Summary[];
}

/** The summaries by the day of their last change, in the order in which they come. */
export function groupByDay(summaries: readonly Summary[], now: number): readonly DayGroup[] {
  const groups = Map.groupBy(summaries, ({ updatedAt }) => startOfDay(updatedAt));
  return [...groups].map(([day, list]) => ({ label: dayLabel(day, now), summaries: list }));
}

export function timeLabel(at: number): string {
  return new Intl.DateTimeFormat(languageTag(), { hour: 'numeric', minute: '2-digit' }).format(at);
}

function dayLabel(day: number, now: number): string {
  const today = new Date(startOfDay(now));
  const yesterday = new Date(today).setDate(today.getDate() - 1);
  if (day === today.getTime()) return t('today');
  if (day === yesterday) return t('yesterday');
  const isThisYear = new Date(day).getFullYear() === today.getFullYear();
  return new Intl.DateTimeFormat(languageTag(), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric', weekday: undefined }),
  }).format(day);
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
