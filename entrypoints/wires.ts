import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script';
import { createPulls } from '@/lib/background/pulls';
import { writeDown } from '@/lib/background/write-down';
import { diagnose } from '@/lib/doctor/diagnose';
import { findServers } from '@/lib/doctor/find-servers';
import { wires } from '@/lib/providers/wire/index';

/** Read by the background when something is asked (lib/browser/wires.ts). */
export default defineUnlistedScript(() => {
  globalThis.avaWires = { wires, doctor: { diagnose, findServers }, writeDown, createPulls };
});
