import { t } from '@/lib/i18n/translate-later';
import type { Options } from '@/lib/panel/options';
import { AddProvider } from './add-provider';
import { LocalServersSection } from './local-servers-section';
import { ProviderCard } from './provider-card';

/** The user's endpoints with the state each is in, and the kinds that can be added. */
export function ProvidersSection({ options }: { readonly options: Options }) {
  return (
    <section>
      <h2>{t('providers')}</h2>
      <p class="hint">{t('providersHint')}</p>
      <ul class="cards">
        {options.groups.value.map((group) => (
          <ProviderCard
            key={group.endpoint.id}
            options={options}
            group={group}
            provider={options.providers.find(({ id }) => id === group.endpoint.providerId)}
          />
        ))}
      </ul>
      <LocalServersSection options={options} />
      <h3>{t('addProvider')}</h3>
      <AddProvider options={options} />
    </section>
  );
}
