import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { wires } from '@/lib/providers/wire/index';

/** Read by the background when something is asked (lib/browser/wires.ts). */
export default defineUnlistedScript(() => {
  globalThis.avaWires = wires;
});
