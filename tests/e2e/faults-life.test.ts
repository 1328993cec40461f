/** A slice of the fault laboratory: what people and browsers do to a panel. All of it: `npm run test:faults`. */
import { useEntries } from '../faults/browser-entries.ts';
import { liveThrough } from '../faults/browser-life.ts';
import { testRows } from './fault-rows.ts';

testRows([
  [
    'closed panels, clicks that come twice, lost access, a lost network, two windows: nothing is lost or sent twice',
    liveThrough,
  ],
  ['menu and shortcut with a dead worker and a closed panel deliver exactly once', useEntries],
]);
