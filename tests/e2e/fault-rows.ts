import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { type Finding, openStage, type RowOfStage, type Stage, type StageOptions } from '../faults/browser-stage.ts';
import { firstSeed } from '../faults/rows.ts';
import type { BrowserName } from '../support/browser/find-browser.ts';
import { forEachBrowser } from './session.ts';

/** Tests a slice of each row, those of a browser in one stage, in which nothing may be uncaught. */
export function testRows(rows: readonly (readonly [title: string, row: RowOfStage])[]): void {
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
        assertRight(await row(stage, 'slice', firstSeed()));
      });
    }
  });
}

/** Fails for what is wrong, with the seed that brings it back. */
export function assertRight(findings: readonly Finding[]): void {
  for (const { figure, measured, wrong, seed } of findings) {
    assert.deepEqual(wrong, [], `AVA_FAULTS_SEED=${seed}: ${figure}: ${measured}`);
  }
}

/** The same in a stage of its own. */
export async function assertRightIn(
  name: BrowserName,
  options: StageOptions,
  act: (stage: Stage) => Promise<readonly Finding[]>,
): Promise<void> {
  const stage = await openStage(name, options);
  try {
    assertRight(await act(stage));
    assert.deepEqual(await stage.faults(), [], 'uncaught errors');
  } finally {
    await stage.close();
  }
}
