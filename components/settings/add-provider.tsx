import { useState } from 'preact/hooks';
import type { AnyKey } from '@/lib/i18n/en/later';
import { t } from '@/lib/i18n/translate-later';
import type { Options, ProviderChoice } from '@/lib/panel/options';
import { onDeviceAddress } from '@/lib/providers/provider';
import { hostOf } from '../ui/host-of';
import { Icon } from '../ui/icon';

type ProviderPlace = ProviderChoice['place'];

export const providerPlaces: Readonly<Record<ProviderPlace, AnyKey>> = {
  computer: 'setupLocal',
  vendor: 'setupKey',
  anywhere: 'anyAddress',
};

export interface AddProviderProps {
  readonly options: Options;
  /** The only ones that are shown; all of them without it. */
  readonly place?: ProviderPlace;
}

/** What can be added, by where it is, with a field that finds one by its name or its address. */
export function AddProvider({ options, place }: AddProviderProps) {
  const [sought, setSought] = useState('');
  const places = place ? [place] : (['computer', 'vendor', 'anywhere'] as const);
  const groups = places.map((one) => ({
    place: one,
    providers: options.providers.filter((provider) => provider.place === one && isSought(provider, sought)),
  }));
  const count = groups.reduce((sum, { providers }) => sum + providers.length, 0);
  return (
    <>
      <label class="search">
        <Icon name="find" />
        <input
          type="search"
          aria-label={t('findProvider')}
          placeholder={t('findProvider')}
          value={sought}
          onInput={({ currentTarget }) => setSought(currentTarget.value)}
        />
      </label>
      <output class={count === 0 ? 'hint' : 'visually-hidden'}>
        {count === 0 ? t('noProviders') : sought !== '' && t('providersFound', { count })}
      </output>
      {groups
        .filter(({ providers }) => providers.length > 0)
        .map((group) => (
          <section key={group.place} aria-labelledby={place ? undefined : `place-${group.place}`}>
            {!place && <h4 id={`place-${group.place}`}>{t(providerPlaces[group.place])}</h4>}
            <ul class="choices">
              {group.providers.map((provider) => (
                <ProviderLink key={provider.id} provider={provider} />
              ))}
            </ul>
          </section>
        ))}
    </>
  );
}

function ProviderLink({ provider: { id, label, baseUrl, example, working } }: { readonly provider: ProviderChoice }) {
  return (
    <li>
      <a class="card card-add" href={`#add/${id}`}>
        <b>{label}</b>
        <small class="hint">{working === false ? t('retired') : placeWords(baseUrl || (example ?? ''))}</small>
      </a>
    </li>
  );
}

function placeWords(address: string): string {
  return address === onDeviceAddress ? t('onThisDevice') : hostOf(address);
}

function isSought({ id, label, baseUrl }: ProviderChoice, sought: string): boolean {
  const words = sought.toLowerCase().split(/\s+/u);
  const names = `${id} ${label} ${baseUrl}`.toLowerCase();
  return words.every((word) => names.includes(word));
}
