import { t } from '@/lib/i18n/translate-later';
import type { Options } from '@/lib/panel/options';
import { FoundServers } from '../doctor/found-servers';

/** Looks for model servers on this computer, when it is asked to. */
export function LocalServersSection({ options }: { readonly options: Options }) {
  const { serverSearch } = options;
  return (
    <>
      <h3>{t('thisComputer')}</h3>
      <p class="hint">{t('findServersHint', { ports: serverSearch.ports.join(', ') })}</p>
      <button type="button" class="button find-servers" onClick={options.findServers}>
        {t('findServers')}
      </button>
      <FoundServers
        search={serverSearch}
        known={(options.settings.value?.endpoints ?? []).map(({ baseUrl }) => baseUrl)}
        onUse={(server) => {
          const endpointId = serverSearch.add(server);
          if (server.refusal === 'key') location.hash = `#edit/${endpointId}`;
        }}
        onAddByHand={() => {
          location.hash = '#choose/computer';
        }}
      />
    </>
  );
}
