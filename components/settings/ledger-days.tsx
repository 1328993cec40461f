import { useState } from 'preact/hooks';
import type { AnyKey } from '@/lib/i18n/en/later';
import { languageTag } from '@/lib/i18n/translate';
import { t } from '@/lib/i18n/translate-later';
import type { LedgerDay, LedgerEntry, ReadLedger } from '@/lib/panel/privacy';
import { byteWords } from '../ui/byte-words';
import { contextWords } from '../ui/context-words';
import { failureSentence } from '../ui/failure-sentence';
import { hostOf } from '../ui/host-of';
import { timeWords } from '../ui/time-words';

export interface LedgerDaysProps {
  /** undefined until it has been read. */
  readonly ledger: ReadLedger | undefined;
  readonly onMore: () => void;
}

/** The requests that were made, by day and origin, the newest day first. */
export function LedgerDays({ ledger, onMore }: LedgerDaysProps) {
  if (!ledger) return null;
  if (ledger.days.length === 0) return <p>{t('ledgerEmpty')}</p>;
  return (
    <>
      {ledger.days.map((day) => (
        <Day key={day.day} day={day} />
      ))}
      {ledger.hasMore && (
        <button type="button" class="button" onClick={onMore}>
          {t('showMore')}
        </button>
      )}
    </>
  );
}

function Day({ day }: { readonly day: LedgerDay }) {
  const origins = Map.groupBy(day.entries, ({ origin }) => origin);
  return (
    <section class="ledger-day" data-day={day.day}>
      <h4>{dayWords(day.day)}</h4>
      {day.isDamaged && <p class="failed">{t('ledgerDamaged')}</p>}
      {[...origins].map(([origin, entries]) => (
        <Origin key={origin} origin={origin} entries={entries} />
      ))}
      {day.dropped > 0 && <p class="hint">{t('ledgerDropped', { count: day.dropped })}</p>}
    </section>
  );
}

interface OriginProps {
  readonly origin: string;
  readonly entries: readonly LedgerEntry[];
}

function Origin({ origin, entries }: OriginProps) {
  const [isOpen, setIsOpen] = useState(false);
  const sum = (count: (entry: LedgerEntry) => number): number =>
    entries.reduce((total, entry) => total + count(entry), 0);
  const facts = [
    t('requests', { count: entries.length }),
    t('bytesOut', { bytes: byteWords(sum(({ bytesOut }) => bytesOut)) }),
    t('bytesIn', { bytes: byteWords(sum(({ bytesIn }) => bytesIn)) }),
  ];
  return (
    <details class="ledger-origin" data-origin={origin} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <b>{origin}</b> <span class="hint">{facts.join(' · ')}</span>
      </summary>
      {/* A busy day has hundreds: they are drawn when they are looked at. */}
      {isOpen && (
        <ul class="ledger-entries">
          {entries.toReversed().map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
        </ul>
      )}
    </details>
  );
}

function Entry({ entry }: { readonly entry: LedgerEntry }) {
  const { at, purpose, kinds, bytesOut, bytesIn, ms } = entry;
  const facts = [
    t(purposes[purpose]),
    ...kinds.map(contextWords),
    t('bytesOut', { bytes: byteWords(bytesOut) }),
    t('bytesIn', { bytes: byteWords(bytesIn) }),
    ...(ms === undefined ? [] : [timeWords(ms)]),
  ];
  return (
    <li>
      <time dateTime={new Date(at).toISOString()}>
        {new Date(at).toLocaleTimeString(languageTag(), { timeStyle: 'medium' })}
      </time>{' '}
      <b>{outcomeOf(entry)}</b>
      <br />
      <span class="hint">{facts.join(' · ')}</span>
    </li>
  );
}

const purposes: Readonly<Record<LedgerEntry['purpose'], AnyKey>> = {
  chat: 'purposeChat',
  models: 'purposeModels',
  test: 'purposeTest',
  pull: 'purposePull',
};

function outcomeOf({ status, failure, ms, origin }: LedgerEntry): string {
  const words = [
    ...(status === undefined ? [] : [t('status', { status: String(status) })]),
    ...(failure === undefined ? [] : [failureSentence({ kind: failure, host: hostOf(origin) })]),
  ];
  if (words.length > 0) return words.join(' · ');
  return t(ms === undefined ? 'requestOpen' : 'requestStopped');
}

/** The day in words. Its name is a date without a time, which `Date` would take for one in Greenwich. */
function dayWords(day: string): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date).toLocaleDateString(languageTag(), { dateStyle: 'full' });
}
