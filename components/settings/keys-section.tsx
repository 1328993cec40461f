import type { AnyKey } from '@/lib/i18n/en/later';
import { t } from '@/lib/i18n/translate-later';
import type { LockState, SavedKey } from '@/lib/panel/keys';
import type { Options } from '@/lib/panel/options';
import { KeyLockView } from './key-lock-view';
import { KeyRemoval } from './key-removal';

/** Every saved key with the address it is for, and the lock that they can be put behind. */
export function KeysSection({ options }: { readonly options: Options }) {
  const { saved, lock } = options.keys;
  return (
    <section>
      <h2>{t('keys')}</h2>
      <p class="hint">{t('keysHint')}</p>
      <ul class="cards">
        {saved.value.map((key) => (
          <KeyCard key={key.endpointId} options={options} saved={key} lock={lock.value} />
        ))}
      </ul>
      {saved.value.length === 0 && <p>{t('noKeys')}</p>}
      {lock.value !== undefined && <KeyLockView keys={options.keys} state={lock.value} />}
    </section>
  );
}

interface KeyCardProps {
  readonly options: Options;
  readonly saved: SavedKey;
  readonly lock: LockState | undefined;
}

function KeyCard({ options, saved, lock }: KeyCardProps) {
  const { endpointId, origin, last } = saved;
  const label = options.settings.value?.endpoints.find(({ id }) => id === endpointId)?.label ?? t('noProviderOfKey');
  return (
    <li class="card" data-key-of={endpointId} data-kept={saved.kept}>
      <div class="card-text">
        <b>{label}</b> <span class="hint">{origin}</span>
        <small class={last === undefined ? 'failed' : 'hint'}>{t(stateOf(saved, lock), { last: last ?? '' })}</small>
      </div>
      <KeyRemoval options={options} endpointId={endpointId} label={label} />
    </li>
  );
}

function stateOf({ kept, last }: SavedKey, lock: LockState | undefined): AnyKey {
  switch (kept) {
    case 'browser':
      return last === '' ? 'keyIsClearShort' : 'keyIsClear';
    case 'session':
      if (last === undefined) return 'keyGone';
      return last === '' ? 'keyIsForSessionShort' : 'keyIsForSession';
    case 'locked':
      // An open lock that did not open this one: its record is damaged.
      if (last === undefined) return lock === 'shut' ? 'keyLocked' : 'keyDamaged';
      return last === '' ? 'keyIsOpenShort' : 'keyIsOpen';
  }
}
