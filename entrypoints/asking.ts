import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { openAsking } from '@/lib/background/asking';
import { sessionKeyValue } from '@/lib/browser/key-value';
import { diagnose } from '@/lib/doctor/diagnose';
import { findServers } from '@/lib/doctor/find-servers';
import { wires } from '@/lib/providers/wire/index';
import { readSecret } from '@/lib/store/read-secret';

/** Read by the background when something is asked (lib/browser/asking.ts). */
export default defineUnlistedScript(() => {
  globalThis.avaAsking = {
    wires,
    findKey: readSecret(indexedDB, sessionKeyValue()),
    openAsking: (world) => openAsking({ ...world, doctor: { diagnose, findServers } }),
  };
});
