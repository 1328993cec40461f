import { useEffect, useMemo } from 'preact/hooks';
import { createServerSearch } from '@/lib/panel/server-search';
import type { Panel } from '@/lib/panel/panel';
import { FoundServers } from '../doctor/found-servers';

export interface LocalServersProps {
  readonly panel: Panel;
  /** What the browser answers to the question for access, which was asked in the click itself. */
  readonly access: Promise<boolean>;
  /** Asks the browser for access again, in the click itself. */
  readonly onLook: () => void;
}

/** The servers of this computer on the first screen; one click, and one of them answers. */
export function LocalServers({ panel, access, onLook }: LocalServersProps) {
  const search = useMemo(() => createServerSearch({ line: panel.line, newId: panel.newId }), [panel]);
  useEffect(() => search.start(access), [access]);
  return (
    <FoundServers
      search={search}
      known={[]}
      onLook={onLook}
      onUse={(server) => {
        const endpointId = search.add(server);
        if (server.refusal === 'key') panel.openOptions(`edit/${endpointId}`);
        // This screen goes with the first provider: the field takes the focus.
        panel.newChat();
      }}
      onAddByHand={() => panel.openOptions('choose/computer')}
    />
  );
}
