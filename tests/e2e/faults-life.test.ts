/** A slice of the fault laboratory: what people and browsers do to a panel. All of it: `npm run test:faults`. */
import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { useEntries } from '../faults/browser-entries.ts';
import { liveThrough } from '../faults/browser-life.ts';
import { openStage, type RowOfStage, type Stage } from '../faults/browser-stage.ts';
import { firstSeed } from '../faults/rows.ts';
import { forEachBrowser } from './session.ts';

const rows: readonly (readonly [title: string, row: RowOfStage])[] = [
  [
    'closed panels, clicks that come twice, lost access, a lost network, two windows: nothing is lost or sent twice',
    liveThrough,
  ],
  ['menu and shortcut with a dead worker and a closed panel deliver exactly once', useEntries],
];

forEachBrowser((name) => {
  let stage: Stage;
  before(async () => {
    stage = await openStage(name);
  });
  after(async () => {
    const faults = await stage.faults();
    await stage.close();
    assert.deepEqual(faults, [], 'uncaught errors');
  });

  for (const [title, row] of rows) {
    it(title, async () => {
      for (const { figure, measured, wrong } of await row(stage, 'slice', firstSeed())) {
        assert.deepEqual(wrong, [], `${figure}: ${measured}`);
      }
    });
  }
});
