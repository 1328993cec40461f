import { useEffect, useRef } from 'preact/hooks';
import type { AnyKey } from '@/lib/i18n/en/later';
import { t } from '@/lib/i18n/translate-later';
import type { Options } from '@/lib/panel/options';
import { onDeviceAddress } from '@/lib/providers/provider';
import { failureSentence } from '../ui/failure-sentence';
import { AddProvider, providerPlaces } from './add-provider';
import { BuiltInFormView } from './built-in-form-view';
import { ChatSection } from './chat-section';
import { KeysSection } from './keys-section';
import { ModelDefaultsView } from './model-defaults-view';
import { AboutSection, GeneralSection, ShortcutsSection } from './sections';
import { type Place, placeOfModel, type Section, sections, usePlace } from './place';
import { PrivacySection } from './privacy-section';
import { ProviderFormView, type ProviderFormViewProps } from './provider-form-view';
import { ProvidersSection } from './providers-section';
import './options.css';

const sectionNames: Readonly<Record<Section, AnyKey>> = {
  providers: 'providers',
  chat: 'chat',
  keys: 'keys',
  general: 'general',
  shortcuts: 'shortcuts',
  privacy: 'privacy',
  about: 'about',
};

/** The options page. `locales`: the languages the pages speak, each by its own name. */
export function OptionsView({
  options,
  locales,
}: {
  readonly options: Options;
  readonly locales: readonly LocaleName[];
}) {
  const place = usePlace();
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    // The page opens as pages do; after that, whoever goes to a section is taken to its beginning.
    if (!isFirst.current && !main.current?.contains(document.activeElement)) main.current?.focus();
    isFirst.current = false;
  }, [JSON.stringify(place)]);
  const shown: Section = sectionOf(place);
  return (
    <div class="options">
      <nav aria-label={t('options')}>
        <h1>{t('name')}</h1>
        <ul>
          {sections.map((section) => (
            <li key={section}>
              <a href={`#${section}`} aria-current={section === shown ? 'page' : undefined}>
                {t(sectionNames[section])}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main ref={main} tabIndex={-1}>
        <output class="failed">
          {options.notSaving.value && t('notSaving', { reason: failureSentence(options.notSaving.value) })}
        </output>
        {options.settings.value && <PlaceView place={place} options={options} locales={locales} />}
      </main>
    </div>
  );
}

function sectionOf(place: Place): Section {
  switch (place.type) {
    case 'section':
      return place.section;
    case 'model-defaults':
      return 'chat';
    case 'choose':
    case 'add':
    case 'edit':
      return 'providers';
  }
}

export interface LocaleName {
  readonly tag: string;
  readonly name: string;
}

interface PlaceViewProps {
  readonly place: Place;
  readonly options: Options;
  readonly locales: readonly LocaleName[];
}

function PlaceView({ place, options, locales }: PlaceViewProps) {
  if (place.type === 'edit') {
    const endpoint = options.settings.value?.endpoints.find(({ id }) => id === place.endpointId);
    const provider = options.providers.find(({ id }) => id === endpoint?.providerId);
    return endpoint && provider ? (
      <FormView key={endpoint.id} options={options} provider={provider} endpoint={endpoint} />
    ) : (
      <ProvidersSection options={options} />
    );
  }
  if (place.type === 'choose') {
    return (
      <section>
        <h2>{t(providerPlaces[place.from])}</h2>
        <AddProvider key={place.from} options={options} place={place.from} />
      </section>
    );
  }
  if (place.type === 'add') {
    const provider = options.providers.find(({ id }) => id === place.providerId);
    return provider ? (
      <FormView key={provider.id} options={options} provider={provider} endpoint={undefined} />
    ) : (
      <ProvidersSection options={options} />
    );
  }
  if (place.type === 'model-defaults') {
    return <ModelDefaultsView key={placeOfModel({ ...place, label: '' })} options={options} {...place} />;
  }
  switch (place.section) {
    case 'providers':
      return <ProvidersSection options={options} />;
    case 'chat':
      return <ChatSection options={options} />;
    case 'keys':
      return <KeysSection options={options} />;
    case 'general':
      return <GeneralSection options={options} locales={locales} />;
    case 'shortcuts':
      return <ShortcutsSection options={options} />;
    case 'privacy':
      return <PrivacySection options={options} />;
    case 'about':
      return <AboutSection options={options} />;
  }
}

function FormView(props: ProviderFormViewProps) {
  const { builtIn } = props.options;
  return builtIn && props.provider.baseUrl === onDeviceAddress ? (
    <BuiltInFormView {...props} builtIn={builtIn} />
  ) : (
    <ProviderFormView {...props} />
  );
}
