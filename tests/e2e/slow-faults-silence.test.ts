/** A slice of the fault laboratory: 45 s of silence in the middle of a reply. All of it: `npm run test:faults`. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { waitThroughSilence } from '../faults/browser-silence.ts';
import { forEachBrowser } from './session.ts';

// Both wait for most of the time, so they wait together.
void describe('slow', { concurrency: true }, () => {
  forEachBrowser((name) => {
    it('45 s of silence in the middle of a reply end with all of it, with the panel open and closed', async () => {
      for (const { figure, measured, wrong } of await waitThroughSilence(name, 'slice', 0)) {
        assert.deepEqual(wrong, [], `${figure}: ${measured}`);
      }
    });
  });
});
