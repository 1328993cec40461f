import { useEffect, useRef } from 'preact/hooks';
import type { FoundServer } from '@/lib/doctor/diagnosis';
import { t } from '@/lib/i18n/translate-later';
import type { ServerSearch } from '@/lib/panel/server-search';
import './doctor.css';

export interface FoundServersProps {
  readonly search: ServerSearch;
  /** Base URLs of endpoints that are there already. */
  readonly known: readonly string[];
  /** Asks the browser for access to this computer, in the click itself, and looks; where a button beside it does so, none. */
  readonly onLook?: () => void;
  readonly onUse: (server: FoundServer) => void;
  readonly onAddByHand: () => void;
}

/** What was found on this computer; before anybody has asked, nothing. */
export function FoundServers({ search, known, onLook, onUse, onAddByHand }: FoundServersProps) {
  const result = search.result.value;
  const view = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that was pressed may have gone.
    if (document.activeElement === document.body) view.current?.focus();
  }, [result]);
  if (result.state === 'idle') return null;
  const servers = result.state === 'found' ? result.servers : [];
  return (
    <div class="found-servers" ref={view} tabIndex={-1} data-state={result.state}>
      <output>
        {result.state === 'looking' && t('serversLooking')}
        {result.state === 'refused' && t('serversNoAccess')}
        {result.state === 'found' &&
          (servers.length === 0 ? t('serversFoundNone') : t('serversFound', { count: servers.length }))}
      </output>
      {servers.length > 0 && (
        <ul class="found-list">
          {servers.map((server) => (
            <li key={server.baseUrl} data-server={server.kind}>
              <FoundRow server={server} isKnown={known.includes(server.baseUrl)} onUse={onUse} />
            </li>
          ))}
        </ul>
      )}
      {result.state === 'found' && servers.length === 0 && (
        <p class="hint">
          {t('serversNone', { ports: search.ports.join(', ') })} {t('serversStart')}
        </p>
      )}
      {(result.state === 'refused' || servers.length === 0) && result.state !== 'looking' && (
        <div class="buttons">
          {onLook && (
            <button type="button" class="button primary" onClick={onLook}>
              {t('serversAgain')}
            </button>
          )}
          <button type="button" class="button" onClick={onAddByHand}>
            {t('serversByHand')}
          </button>
        </div>
      )}
    </div>
  );
}

interface FoundRowProps extends Pick<FoundServersProps, 'onUse'> {
  readonly server: FoundServer;
  readonly isKnown: boolean;
}

function FoundRow({ server, isKnown, onUse }: FoundRowProps) {
  const label = t('onThisComputer', { label: server.label || t('unknownServer') });
  return (
    <div class="found-row">
      <span class="dot" aria-hidden="true" />
      <span class="found-text">
        <span>{label}</span>
        <small>{factsOf(server)}</small>
      </span>
      {isKnown ? (
        <span class="hint">{t('serverAdded')}</span>
      ) : (
        <button type="button" class="button" aria-label={`${t('useServer')}: ${label}`} onClick={() => onUse(server)}>
          {t('useServer')}
        </button>
      )}
    </div>
  );
}

function factsOf({ modelCount, refusal, baseUrl, runsHere }: FoundServer): string {
  const port = new URL(baseUrl).port;
  if (refusal === 'key') return t('serverWantsKey', { port });
  if (refusal === 'origin') return t('serverRefuses', { port });
  const words = t('serverModels', { count: modelCount ?? 0, port });
  return runsHere ? `${words} · ${t('leavesNothing')}` : words;
}
