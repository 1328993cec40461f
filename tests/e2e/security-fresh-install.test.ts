/** A slice of the fault laboratory: a fresh installation sends nothing. Ten minutes of it: `npm run test:faults`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stayQuiet } from '../faults/browser-fresh-install.ts';
import { firstSeed } from '../faults/rows.ts';
import { forEachBrowser } from './session.ts';

forEachBrowser((name) => {
  test('nothing is sent, whatever is looked at, before anything was asked', async () => {
    for (const { figure, measured, wrong } of await stayQuiet(name, 'slice', firstSeed())) {
      assert.deepEqual(wrong, [], `${figure}: ${measured}`);
    }
  });
});
