import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { writeDown } from '@/lib/background/write-down';
import { wires } from '@/lib/providers/wire/index';

/** Read by the background when something is asked (lib/browser/wires.ts). */
export default defineUnlistedScript(() => {
  globalThis.avaWires = wires;
  globalThis.avaWriteDown = writeDown;
});
